#include "model/collections.h"

namespace ripen {

std::string NoCollectionsName(NoCollections reason) {
  return reason == NoCollections::kNoCollection ? "no_collection" : "one_collection";
}

std::string LaunchOriginName(LaunchOrigin origin) {
  switch (origin) {
    case LaunchOrigin::kDeclared: return "declared";
    case LaunchOrigin::kFound: return "found";
    case LaunchOrigin::kBeforeData: return "before_data";
  }
  return "unknown";
}

std::string SwitchComparisonName(SwitchComparison kind) {
  switch (kind) {
    case SwitchComparison::kOverlap: return "overlap";
    case SwitchComparison::kSameAge: return "same_age";
    case SwitchComparison::kGroups: return "groups";
    case SwitchComparison::kLastYear: return "last_year";
  }
  return "unknown";
}

std::string SwitchRefusalName(SwitchRefusal reason) {
  switch (reason) {
    case SwitchRefusal::kTooYoung: return "too_young";
    case SwitchRefusal::kNoOverlap: return "no_overlap";
    case SwitchRefusal::kLaunchUnknown: return "launch_unknown";
    case SwitchRefusal::kOldNotBefore: return "old_not_before";
    case SwitchRefusal::kNoYearBefore: return "no_year_before";
    case SwitchRefusal::kMixDiffers: return "mix_differs";
    case SwitchRefusal::kTooFew: return "too_few";
    case SwitchRefusal::kNoGroups: return "no_groups";
    case SwitchRefusal::kOutcomesMissing: return "outcomes_missing";
    case SwitchRefusal::kAnswersMissing: return "answers_missing";
    case SwitchRefusal::kStageNotGiven: return "stage_not_given";
  }
  return "unknown";
}

std::string SwitchVerdictName(SwitchVerdict verdict) {
  switch (verdict) {
    case SwitchVerdict::kHigher: return "higher";
    case SwitchVerdict::kLower: return "lower";
    case SwitchVerdict::kNoneYet: return "none_yet";
  }
  return "unknown";
}

std::string ReceptionName(Reception reception) {
  switch (reception) {
    case Reception::kWorse: return "worse";
    case Reception::kBetter: return "better";
    case Reception::kAsOthers: return "as_others";
    case Reception::kTooFew: return "too_few";
  }
  return "unknown";
}

}  // namespace ripen
