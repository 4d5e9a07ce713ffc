// What is settled: the rules of the contract on which days are confirmed, and when the others are.
#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "cube/snapshot.h"
#include "model/metric.h"

namespace ripen::monitor {

// The settling calendar of a snapshot. Keeps a reference to it.
class Settling {
 public:
  explicit Settling(const cube::Snapshot& snapshot);

  // Whether all rows of the day are settled for the stage. A day without rows is confirmed.
  bool Confirmed(std::size_t stage, Day shown) const;
  // The morning on which the day is settled by its window: shown + windows + lateness + 1.
  Day SettlesOn(std::size_t stage, Day shown) const;
  // Why the day is not confirmed. Requires: it is not.
  PendingReason ReasonFor(std::size_t stage, Day shown) const;
  // Whether every day that is not confirmed only waits for its window to pass: outcomes come with
  // their times, and no answer is kept back by a flag.
  bool OnlyWindowsOpen(std::size_t stage) const;
  // Rows of the day whose outcome may still come or is not told; 0 on a confirmed day.
  std::int64_t OpenRows(std::size_t stage, Day shown) const;
  // The days on which a rate detector of the stage may rest, in order: settled by their window, or
  // known row by row together with every earlier day (else days would be chosen by outcome).
  std::vector<Day> DetectorDays(std::size_t stage) const;
  // The share of all recommendations whose answer is settled for the stage.
  double SettledShare(std::size_t stage) const;
  // The last day up to which every day is confirmed.
  std::optional<Day> ConfirmedThrough(std::size_t stage) const;

 private:
  const cube::DayTruth* TruthOf(Day shown) const;
  bool WindowPassed(std::size_t stage, Day shown) const;
  bool NotYetKnown(std::size_t stage) const;

  const cube::Snapshot& snapshot_;
};

}  // namespace ripen::monitor
