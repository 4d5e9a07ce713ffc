// What of a stage's trials can be judged by now: n G(age).
//
// A day shown a week ago has seen a part of its purchases; its trials count by that part. For a
// stage of a stage every base event counts by the age of its own day: E_d = sum_u N_du G(T - d -
// u). Where days are settled an exposure is the number of trials itself.
#pragma once

#include <cstddef>
#include <vector>

#include "monitor/arrivals.h"
#include "monitor/cube_index.h"

namespace ripen::monitor {

class Exposures {
 public:
  // Every trial counts in full: for settled days, and stages without outcome times.
  static Exposures Whole(const CubeIndex& index, std::size_t stage);
  // Trials count by the arrivals' curve. Requires: arrivals.curve. Cost: the snapshot's rows of the
  // stage's base times the groupings.
  static Exposures Arrived(const CubeIndex& index, std::size_t stage,
                           const StageArrivals& arrivals);

  double At(std::size_t stream, std::size_t day) const { return table_[stream * days_ + day]; }
  // Of one entry of a family's cells.
  double OfEntry(std::size_t family, std::size_t entry) const {
    return static_cast<double>(entries_[family][entry]);
  }
  // The total's exposure over its trials; 1 on a day without trials.
  double ShareOfDay(std::size_t day) const { return share_[day]; }
  // Whether the day's trials count in full because their answers are all in.
  bool IsSettled(std::size_t day) const { return settled_[day]; }
  // The most that an exposure of the day may count: 1 / cv^2 of its share. An error of the curve is
  // common to all groups, and large exposures would take it for a change.
  double MostOfDay(std::size_t day) const { return most_[day]; }

 private:
  Exposures(const CubeIndex& index, std::size_t stage);
  void Tabulate(const CubeIndex& index, std::size_t stage);

  std::size_t days_;
  std::vector<std::vector<float>> entries_;  // by family, as FlatFamily's entries
  std::vector<double> table_;                // streams x days
  std::vector<double> share_;                // by day
  std::vector<double> most_;                 // by day
  std::vector<bool> settled_;                // by day
};

}  // namespace ripen::monitor
