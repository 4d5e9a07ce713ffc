// When will we know: the settling calendar of every stage and what becomes known next.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/day.h"
#include "model/check_report.h"
#include "model/metric.h"
#include "model/slice.h"

namespace ripen {

// The settling calendar of one stage.
struct TruthDay {
  Day shown;
  Maturity maturity = Maturity::kPending;
  std::int64_t trials = 0;
  std::optional<double> arrived_share;  // of the eventual outcomes; absent when not known
  std::optional<Day> first_estimate_on;
  std::optional<Day> settles_on;
};
struct TruthStage {
  StageSummary summary;
  // The newest day on which an outcome became known; absent where outcomes carry no times.
  std::optional<Day> last_arrival;
  // Since this day not one has become known although at least 20 a day were due: the source is
  // late.
  std::optional<Day> late_since;
  std::vector<TruthDay> days;
};
// What becomes known next.
struct NextAnswer {
  Day on;
  std::string stage;
  Day from;  // the cohort days it is about
  Day to;
  bool confirmed = true;  // false: the first estimate
};
struct Truth {
  Day as_of;
  Slice slice;  // whose days these are; everything when empty
  std::vector<TruthStage> stages;
  std::vector<NextAnswer> next;
};

}  // namespace ripen
