// What the comparisons of one switch and stage read: the cells of both collections, the days that
// may be compared, and counts up to one age.
#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <vector>

#include "monitor/aged_counts.h"
#include "monitor/collection_launch.h"
#include "monitor/privacy.h"
#include "monitor/settling.h"

namespace ripen::monitor {

constexpr int kWeekDays = 7;
constexpr int kMostDaysCompared = 56;   // since a launch: what comes later is no switch any more
constexpr int kDaysBeforeLaunch = 28;   // of the old collection, before the new one
constexpr double kLeastShownOfDay = 5;  // of both, for a day on which both are shown
constexpr double kPairLevel = .9;

// Whether a day shown may be compared at the stage's age.
enum class DayState {
  kYoung,   // has not reached the age
  kGapped,  // days without any outcome took some of its own
  kUntold,  // answers that should be in are not told
  kGood,
};

// Counts of one collection by days; trials and events by day for a range to be widened by.
struct DailyCounts {
  std::vector<stats::BinomialCount> days;
  stats::BinomialCount Total() const;
  // On effective counts of days that vary with rho.
  stats::BinomialCount Effective(double rho) const;
};

// Keeps references; all must outlive it.
struct SwitchData {
  const CubeIndex& index;
  const Settling& settling;
  const Visibility& visibility;
  const AgedCounts& counts;             // of the family that tells collections apart
  const std::vector<DayState>& states;  // by day
  std::size_t family = 0;
  std::size_t own_column = 0;  // of the family's key
  std::size_t attribute = 0;   // of the snapshot
  std::size_t stage = 0;
  int age_days = 0;

  const FlatFamily& flat() const { return index.families()[family]; }
  std::size_t ValueOf(std::size_t cell, std::size_t column) const {
    return flat().values[cell * flat().columns() + column];
  }
  // Cells of a collection.
  std::vector<std::size_t> CellsOf(std::size_t value) const;
  DailyCounts Daily(const std::vector<std::size_t>& cells,
                    const std::vector<std::size_t>& days) const;
  stats::BinomialCount Sum(std::size_t cell, const std::vector<std::size_t>& days) const;
  // Days of the cube first, first + 1, ... below `end` that are good; outside the data left out.
  std::vector<std::size_t> GoodDays(Day first, int many) const;
  // The same, of whole good weeks from `first` on alone.
  std::vector<std::size_t> GoodWeeks(Day first, int many) const;
};

// Of the days that a collection was shown.
CollectionSide SideOf(const CubeIndex& index, const std::vector<std::size_t>& days,
                      const stats::BinomialCount& total, double rate);

}  // namespace ripen::monitor
