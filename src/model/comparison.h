// Period against period at the same maturity, and what changed since we last looked.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/day.h"
#include "model/metric.h"
#include "model/slice.h"

namespace ripen {

// What a period is compared with.
enum class Against { kBefore, kLastCollection };
enum class PeriodLength { kWeek, kMonth };

// Why nothing can be compared honestly. Wording turns it into a sentence; JSON prints the name.
enum class NotComparable {
  kNoPeriodBefore,   // the data do not reach back far enough
  kNoOutcomeTimes,   // the days are not settled and outcomes carry no times
  kDelayChanged,     // outcomes arrive at another speed now
  kOutcomesMissing,  // days without any outcome lie in one of the periods
  kNoCollection,     // no item attribute tells collections apart
  kLaunchUnknown,    // the last collection was there before the data begin
  kStageNotGiven,    // the data hold no such stage
};
std::string NotComparableName(NotComparable reason);

// One slice of one stage in two periods; every day is compared with the day of the same age.
struct PeriodLine {
  Slice slice;
  std::int64_t trials_now = 0;
  std::int64_t trials_before = 0;
  std::int64_t events_now = 0;
  std::int64_t events_before = 0;
  double rate_now = 0;
  double rate_before = 0;
  // now over before with its 90 % range; absent where before had no outcome.
  std::optional<double> ratio;
  std::optional<double> ratio_low;
  std::optional<double> ratio_high;
};

struct PeriodComparison {
  Day as_of;
  std::string stage;
  PeriodLength length = PeriodLength::kWeek;
  Against against = Against::kBefore;
  // Days compared; a longer period is cut to the days that both have.
  std::optional<Day> now_from;
  std::optional<Day> now_to;
  std::optional<Day> before_from;
  std::optional<Day> before_to;
  // Both periods are settled: their figures will not change any more, but for corrections.
  bool confirmed = false;
  int youngest_age = 0;                       // days; of the youngest pair of days
  std::optional<std::string> collection_now;  // against the last collection
  std::optional<std::string> collection_before;
  std::optional<NotComparable> refused;  // then there are no lines
  std::vector<PeriodLine> lines;         // the total, then every visible group
};

// Why a figure is another one now.
struct ChangeCauses {
  std::int64_t new_outcomes = 0;   // came in while the days were still open
  std::int64_t late_outcomes = 0;  // came in after the days were confirmed
  std::int64_t corrections = 0;    // taken back
  std::int64_t late_trials = 0;    // recommendations (or base events) of those days, known since
};
// One figure then and now.
struct Change {
  Metric then;
  Metric now;
  ChangeCauses causes;
};
struct ChangeReport {
  Day since;
  Day as_of;
  std::vector<Change> changes;  // by stage, slice, from
  int unchanged = 0;            // figures that are as they were
};

}  // namespace ripen
