// What the cells of the cross show before a change and since, on the days that the streams of the
// stage rest on: trials by exposure, as in exposures.h, with other causes undone.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "cube/cross.h"
#include "monitor/arrivals.h"
#include "monitor/rate_streams.h"

namespace ripen::monitor {

// Another cause of the same look: taken out of the counts.
struct OtherCause {
  Slice slice;
  Day start;
  double ratio = 1;  // theta, as in causes.h
};

struct CrossCounts {
  std::vector<double> trials_before;  // by cell
  std::vector<double> events_before;
  std::vector<double> trials_since;
  std::vector<double> events_since;  // with other causes undone; not negative
  std::vector<double> expected;      // events since, at the rates of before
  std::vector<double> shown;         // recommendations, before and since
};

// Whether each cell has the slice's values. Values that the snapshot does not know are in no cell.
std::vector<bool> CellsIn(const cube::Snapshot& snapshot, const cube::Cross& cross,
                          const Slice& slice);

// Rates of before: a cell's own shrunk by 20 trials towards the raked main effects of all
// attributes. `start`: the first day of the change. `arrivals`: of the stage; null where it has no
// outcome times. Cost: the cross's rows, and its cells times the attributes.
CrossCounts CountCross(const RateStreams& streams, const StageArrivals* arrivals,
                       const cube::Cross& cross, Day start, std::span<const OtherCause> others);

}  // namespace ripen::monitor
