// When collections were launched and which one each replaces, so that neither ever changes later.
//
// Counts are replayed in the order in which they became known. A value is launched on the first day
// that, by what was known on some day, holds 5 in 100 recommendations of it (and at least 5), where
// it had no such day in the eight weeks before. What arrives later can only add to it, so a launch
// once found stays. It replaces the collection launched last before it, at least a week earlier,
// among those with 5 in 100 of the seven days before; where there is none, the one launched last.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

#include "model/annotation.h"
#include "model/collections.h"
#include "monitor/cube_index.h"

namespace ripen::monitor {

// A launch that somebody told of.
struct DeclaredLaunch {
  Segment item;
  Day day;
};
std::vector<DeclaredLaunch> DeclaredLaunches(std::span<const Annotation> annotations);

struct CollectionLaunch {
  std::size_t value = 0;  // of the attribute
  LaunchOrigin origin = LaunchOrigin::kFound;
  Day first;     // the launch; the first day of the data where it was there before
  Day known_on;  // the as-of day of which it is known
  std::optional<std::size_t> replaces;  // index into the launches
  std::optional<std::size_t> next;      // the value's next launch
};

// By day. A launch in the first seven days of the data was there before. A declared launch within
// four weeks of a found one gives it its day; those of other attributes are passed over. Requires:
// an attribute of the snapshot. Cost: the
// rows of what was shown of one family, sorted.
std::vector<CollectionLaunch> FindLaunches(const CubeIndex& index, std::size_t attribute,
                                           std::span<const DeclaredLaunch> declared = {});

// The item attribute whose name says that it tells collections apart; nullopt where none does.
std::optional<std::size_t> CollectionAttribute(const CubeIndex& index);

}  // namespace ripen::monitor
