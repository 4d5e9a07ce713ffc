// Findings: typed statements with their evidence, from one look at one as-of day.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/day.h"
#include "model/metric.h"
#include "model/responsible.h"
#include "model/slice.h"

namespace ripen {

enum class FindingKind {
  kRateShift,
  kDelayShift,
  kExposureShift,
  kFairnessGap,
  kMixShift,
  kVolumeShift,
  kDataProblem,
  kEstimateCheck,
  kLeadingSign,
  kLaunch,
};
enum class Level { kAlert, kWatch, kInfo };  // in the order in which they are listed
enum class Certainty { kVerySure, kFairlySure, kTooEarly };
enum class Move { kFall, kRise };

std::string FindingKindName(FindingKind kind);   // "rate_shift"
std::string LevelName(Level level);              // "alert"
std::string CertaintyName(Certainty certainty);  // "very_sure"
std::string MoveName(Move move);                 // "fall"

// One value of one attribute's part in a mix shift.
struct MixTerm {
  AttributeValue value;
  double share_before = 0;
  double share_after = 0;
};

struct Finding {
  std::string id;  // see FindingId below
  FindingKind kind = FindingKind::kRateShift;
  Level level = Level::kInfo;
  std::optional<std::string> stage;
  Slice slice;
  std::optional<Slice> item_slice;  // exposure_shift
  std::optional<Slice> against;     // fairness_gap
  // fairness_gap: rates of `against`; `before` and `after` are those of the slice less these.
  std::optional<double> against_before;
  std::optional<double> against_after;
  std::optional<Move> direction;
  std::optional<bool> worse;
  std::optional<Day> since;
  std::optional<Day> since_earliest;  // the smallest set of starts with 90 % of the evidence
  std::optional<Day> since_latest;
  bool gradual = false;  // the level kept moving after `since`: a drift, not a step
  std::optional<double> before;
  std::optional<double> after;
  std::optional<Maturity> maturity;
  std::optional<double> evidence_days;  // evidence x weight, 3 significant digits, capped at 36500
  Certainty certainty = Certainty::kTooEarly;
  std::optional<std::int64_t> trials_since;
  std::optional<std::string> explained_by;  // the id of the finding whose shadow this one is
  std::vector<std::string> same_in;  // attributes inside which the change is the same everywhere
  std::vector<Slice> competitors;    // slices that cannot be told apart from this one
  // Unexplained alerts of rates: what the search over all attributes found.
  std::optional<Responsible> responsible;
  // data_problem: the rule's code ("too_many_rejected", "stage_silent", ...) and what it saw.
  // leading_sign: the sign's ("fallback_share", ...); before and after are a share or a mean.
  // launch: how it is known ("declared", "found"); before and after are shares of what was shown.
  std::optional<std::string> code;
  std::optional<double> observed;
  std::optional<double> expected;
  // mix_shift: the attribute whose shares moved, its largest movers, and the move of the total
  // that the change of customers explains (a difference of rates).
  std::optional<std::string> mix_attribute;
  std::vector<MixTerm> mix_terms;
  std::optional<double> mix_effect;
};

// The first 12 hex digits of SHA-256 over kind, stage, slice, item_slice, against and the ordinal
// of the episode (1 for the first), joined by '\n' with absent parts empty.
std::string FindingId(const Finding& finding, int episode);

// The contract's order: level, evidence (largest first, absent last), kind, stage, slice, id.
void SortFindings(std::vector<Finding>& findings);

}  // namespace ripen
