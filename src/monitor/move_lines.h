// The lines a move is told by, one for each group that may be shown and one for all others, with
// their counts and draws in a period.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>
#include <vector>

#include "monitor/total_move.h"
#include "stats/move_ranges.h"

namespace ripen::monitor {

// Days of the cube, inclusive.
struct MoveDays {
  std::size_t from = 0;
  std::size_t to = 0;
};

struct MoveLine {
  std::optional<std::size_t> value;  // of the attribute; absent: the others
  std::vector<std::size_t> streams;
};

// In order of the values, the others last. Groups without a trial in both periods are none. Where
// only one group would stand behind "others", the smallest visible one joins it, or the difference
// to the total would give it away.
std::vector<MoveLine> LinesOf(const CubeIndex& index, const Visibility& visibility,
                              std::size_t stage, const Grouping& grouping, MoveDays before,
                              MoveDays after);

struct LineCounts {
  std::vector<stats::CountedGroup> point;               // sums to the total's printed figure
  std::vector<std::vector<stats::CountedGroup>> draws;  // by draw
};

// Keeps references.
class LineReader {
 public:
  LineReader(const MoveSource& source, std::size_t stage, const std::vector<MoveLine>& lines)
      : source_(source), stage_(stage), lines_(lines) {}

  // `total`: the overall figure of the days, not pending. `period` keys the draws. In a draw what
  // has come follows its sampling law (stats/move_ranges.h) and what is to come the draws of the
  // forecast, in both the groups tied to the total. What is to come of the others is the total's,
  // by their part of what has come.
  LineCounts Read(MoveDays days, const Metric& total, std::string_view period) const;

 private:
  struct Known {
    std::vector<stats::CountedGroup> lines;
    stats::CountedGroup total;
  };
  Known Count(MoveDays days, bool settled) const;
  std::vector<StageForecast::Eventual> Predict(MoveDays days, const Known& known,
                                               const StageForecast::Eventual& total) const;

  const MoveSource& source_;
  std::size_t stage_;
  const std::vector<MoveLine>& lines_;
};

}  // namespace ripen::monitor
