// Leading signs: what moves before any outcome is known. Hints, never alerts.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/day.h"
#include "model/finding.h"
#include "model/slice.h"

namespace ripen {

enum class SignCode {
  kNewItems,           // share of items that were not shown two weeks ago
  kFallbackShare,      // share of recommendations that the model did not make
  kScoreDistribution,  // the model's scores
  kPositionMix,        // where items are shown
  kEarlyClicks,        // first outcomes that are known at the end of the day shown
};
inline constexpr std::array kAllSigns{SignCode::kNewItems, SignCode::kFallbackShare,
                                      SignCode::kScoreDistribution, SignCode::kPositionMix,
                                      SignCode::kEarlyClicks};
std::string SignCodeName(SignCode code);  // "new_items"

// Why a sign cannot be told.
enum class NoSign {
  kNotGiven,         // the data hold nothing of it
  kNoFallbackKnown,  // no value is configured or named like one
  kTooFewDays,       // ten days of reference and one to judge
  kTooFew,           // under smallest_group recommendations a day
};
std::string NoSignName(NoSign reason);

struct SignDay {
  Day shown;
  std::int64_t trials = 0;      // recommendations of which the sign can be told
  std::optional<double> value;  // share or mean; absent without trials
};

// One part of a distribution: scores from..to (of tenths of the first two weeks), or a position.
struct SignPart {
  std::optional<double> from;  // absent: from the lowest on; for positions: the last part, from 11
  std::optional<double> to;
  double usual = 0;
  double share = 0;  // since the change, else on the last seven days
};

enum class EffectMeasure { kJensenShannon, kStandardisedMean };
std::string EffectMeasureName(EffectMeasure measure);

struct SignEffect {
  EffectMeasure measure = EffectMeasure::kJensenShannon;
  double value = 0;
  double low = 0;  // 90 % range
  double high = 0;
  double threshold = 0;  // below it there is no finding
};

struct Sign {
  SignCode code = SignCode::kNewItems;
  std::optional<NoSign> refused;  // then there is nothing below
  bool is_share = true;           // else a mean
  std::vector<SignDay> days;
  std::optional<double> usual;  // mean of the days before the change, else of all days
  double usual_low = 0;         // nine in ten days lie between
  double usual_high = 0;
  std::vector<SignPart> parts;
  std::optional<double> evidence_days;  // M times the sign's share; not rounded
  std::optional<SignEffect> effect;
  std::optional<Finding> finding;  // where both evidence and effect suffice
};

struct SignReport {
  Day as_of;
  std::optional<std::string> early_stage;  // whose outcomes the early ones are
  std::vector<Slice> fallback;             // what counts as a fallback
  std::vector<Sign> signs;                 // in the order of kAllSigns
};

}  // namespace ripen
