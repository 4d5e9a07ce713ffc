// Whom a drill changes: the group as cells of the cube, with a sentence for every reason why it
// cannot be drilled; and the cube without what such a drill never looks at.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "base/result.h"
#include "cube/snapshot.h"
#include "model/drill.h"

namespace ripen::drill {

struct Target {
  Slice slice;
  std::size_t stage = 0;
  // Cells of the base family that hold the group, or a part of it where the group names a further
  // attribute. By cell.
  std::vector<bool> base_cells;
  // The family of the group's further attribute, and its cells that are the group.
  std::optional<std::size_t> family;
  std::vector<bool> cells;
};

// Errors: kNotFound for an unknown stage, attribute or value; kInvalidArgument for a stage
// that is not in the data or has no outcome times, a group of two attributes
// whose counts together are not kept or that is under `smallest_group`, a change or a number
// of days outside its bounds.
[[nodiscard]] Result<Target> FindTarget(const cube::Snapshot& snapshot, const DrillRequest& request,
                                        std::int64_t smallest_group);

// The snapshot with the counts that can bear on what is said of `stage`: its own, those it counts
// from, the stages of shown before it (whose causes are undone in it) and the first stage (which
// tells a change of volume). The other stages count as not given.
cube::Snapshot OnlyFor(const cube::Snapshot& snapshot, std::size_t stage);

}  // namespace ripen::drill
