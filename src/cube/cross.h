// The counts of some days by the cross of all attributes, as they were known on one day: what the
// search for the responsible group reads. Too large to be kept for every day of a long history, it
// is counted when it is asked for.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

#include "base/result.h"
#include "cube/snapshot.h"

namespace ripen::cube {

// One count of a cell: recommendations, or outcomes that became known `delay` days after the base
// event, which lies `base_offset` days after the day shown. Retractions are taken off.
struct CrossRow {
  std::int32_t cell = 0;
  Day shown;
  std::int32_t base_offset = 0;
  std::int32_t delay = 0;
  std::int32_t count = 0;
};

struct Cross {
  // By attribute of the snapshot: the place in its values of every cell.
  std::vector<std::vector<std::uint16_t>> columns;
  std::vector<CrossRow> shown;                // by cell
  std::vector<std::vector<CrossRow>> stages;  // by stage of the ladder; by cell
  std::size_t cells = 0;
};

// Counts the days first..last for the snapshot it was made for.
using CrossReader = std::function<Result<Cross>(Day first, Day last)>;

// The cross that the snapshot itself holds: where all attributes are adjustment attributes. Else
// nullopt. Cost: the base family's rows.
std::optional<Cross> CrossWithin(const Snapshot& snapshot, Day first, Day last);

}  // namespace ripen::cube
