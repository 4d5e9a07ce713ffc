// What the model's own scores would have us expect: a third line, unconfirmed by nature.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/day.h"
#include "model/slice.h"

namespace ripen {

// Why there is no line.
enum class NoExpectation {
  kNoScores,
  kStageNotGiven,
  kStageOfStage,   // scores are of what was shown, not of what was bought
  kTooFewSettled,  // under 200 settled recommendations with a score, or under 20 outcomes
  kTooFew,         // a group under smallest_group
  kOutsideRange,   // scores lie where nothing was calibrated
};
std::string NoExpectationName(NoExpectation reason);

struct ExpectedSpan {
  Day from;
  Day to;
  std::int64_t scored = 0;         // recommendations with a score
  std::optional<double> expected;  // rate; absent without scores
  double low = 0;                  // 90 % range of the eventual rate, if scores still mean the same
  double high = 0;
  std::int64_t outcomes_so_far = 0;
  std::optional<double> expected_so_far;  // outcomes that should be in; absent where not known
  std::optional<double> ratio;            // absent where under 5 are expected by now
  double ratio_low = 0;
  double ratio_high = 0;
};

struct CalibrationPart {
  double score = 0;  // typical
  std::int64_t scored = 0;
  double observed = 0;
  double calibrated = 0;
};
struct ScoreCalibration {
  bool isotonic = true;  // else Platt's logistic line
  Day from;
  Day to;
  std::int64_t scored = 0;
  std::optional<double> error;  // absent where scores are no rates
  std::vector<CalibrationPart> parts;
};

struct ExpectedReport {
  Day as_of;
  std::string stage;
  Slice slice;
  std::optional<NoExpectation> refused;  // then there is nothing below
  // The rate moved and the expectation did not: the scores know nothing of what changed.
  bool scores_cannot_see = false;
  // What came is clearly other than expected, because the scores moved and the rate did not.
  bool scores_mean_other = false;
  std::optional<std::string> finding;  // the id of the finding that names the change
  std::optional<ExpectedSpan> recent;  // the last seven days shown
  std::vector<ExpectedSpan> days;
  std::vector<ExpectedSpan> weeks;  // Monday to Sunday
  std::optional<ScoreCalibration> calibration;
};

}  // namespace ripen
