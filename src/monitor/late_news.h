// What came in after days were confirmed: it moves their figures, and the former value is kept.
#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <vector>

#include "monitor/cube_index.h"

namespace ripen::monitor {

// The late rows of one stage. Cost: the snapshot's rows; few are late.
class LateNews {
 public:
  LateNews(const CubeIndex& index, std::size_t stage);

  // The rate of the days from..to (indices) as it stood when the last of them was confirmed, if
  // what came later moved it. `trials`, `events`: as they are now.
  std::optional<double> RateBefore(std::size_t stream, std::size_t from, std::size_t to,
                                   double trials, double events) const;

 private:
  struct Row {
    std::size_t day;
    Day known;
    double trials;
    double events;
  };
  void Add(const CubeIndex& index, std::size_t family, const std::vector<cube::CountRow>& rows,
           bool are_trials);

  Day first_day_;
  int settling_days_;
  std::map<std::size_t, std::vector<Row>> rows_;  // by stream
};

}  // namespace ripen::monitor
