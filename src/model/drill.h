// The drill: would a change of this size be noticed, when, and as what?
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/day.h"
#include "model/check_report.h"
#include "model/slice.h"

namespace ripen {

struct DrillRequest {
  std::optional<Day> as_of;  // the history ends here; absent = the store's default day
  Slice slice;
  std::string stage;
  double change = 0;  // -.25: a fall of a quarter
  int days = 10;      // whole days in which it should be noticed
};

constexpr double kLargestFall = -.95;
constexpr double kLargestRise = 4;
constexpr int kMostDrillDays = 60;

// What became of a change of one size in all replays.
struct DrillSize {
  double change = 0;
  int runs = 0;
  int noticed = 0;
  double low = 0;  // 90 % range of the share noticed
  double high = 1;
  // Whole days known until half, or nine in ten, of all replays had noticed it.
  std::optional<int> days_median;
  std::optional<int> days_nine_in_ten;
  // As what it was noticed; they add up to `noticed`.
  int exactly = 0;
  int wider = 0;
  int narrower = 0;

  double share() const { return runs > 0 ? static_cast<double>(noticed) / runs : 0; }
};

struct DrillReport {
  Day as_of;
  std::string stage;
  Slice slice;
  double change = 0;
  int days = 0;
  double rate = 0;  // of the group, over the history
  Day first_start;  // between which days the change began
  Day last_start;
  std::vector<DrillSize> sizes;  // smallest first; the change asked for is among them
  // What the words need: the ladder, and the attributes without their values.
  std::vector<StageSummary> stages;
  std::vector<SegmentSummary> segments;
};

}  // namespace ripen
