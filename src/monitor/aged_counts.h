// Counts of a stage by cell and day shown, with outcomes up to one age: the same for every day that
// has reached it, whatever comes later.
#pragma once

#include <cstddef>
#include <limits>
#include <vector>

#include "monitor/cube_index.h"
#include "stats/difference_in_differences.h"

namespace ripen::monitor {

class AgedCounts {
 public:
  static constexpr int kWhole = std::numeric_limits<int>::max();  // everything known by now

  // `family`: index into the cube's families. `age_days`: from the day shown to the day on which an
  // outcome (and for a stage of a stage its base event) became known. Cost: the family's rows of
  // the stage and its base.
  AgedCounts(const CubeIndex& index, std::size_t family, std::size_t stage, int age_days);

  const stats::BinomialCount& At(std::size_t cell, std::size_t day) const {
    return counts_[cell * days_ + day];
  }

 private:
  std::size_t days_;
  std::vector<stats::BinomialCount> counts_;  // cells x days
};

}  // namespace ripen::monitor
