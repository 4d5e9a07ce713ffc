#include <fmt/format.h>

#include <algorithm>
#include <tuple>

#include "base/sha256.h"
#include "model/comparison.h"
#include "model/epoch.h"
#include "model/expected.h"
#include "model/fairness.h"
#include "model/finding.h"
#include "model/incident.h"
#include "model/metric.h"
#include "model/ranking.h"
#include "model/side_by_side.h"
#include "model/signs.h"
#include "model/total_move.h"

namespace ripen {

std::string PendingReasonName(PendingReason reason) {
  switch (reason) {
    case PendingReason::kWindowOpen: return "window_open";
    case PendingReason::kNoOutcomeTimes: return "no_outcome_times";
    case PendingReason::kAnswersOfFastOnly: return "answers_of_fast_only";
    case PendingReason::kNotYetSnapshot: return "not_yet_snapshot";
    case PendingReason::kTooFew: return "too_few";
    case PendingReason::kDelayChanged: return "delay_changed";
    case PendingReason::kNoBaseEvents: return "no_base_events";
    case PendingReason::kStageNotGiven: return "stage_not_given";
  }
  return "unknown";
}

std::string NotComparableName(NotComparable reason) {
  switch (reason) {
    case NotComparable::kNoPeriodBefore: return "no_period_before";
    case NotComparable::kNoOutcomeTimes: return "no_outcome_times";
    case NotComparable::kDelayChanged: return "delay_changed";
    case NotComparable::kOutcomesMissing: return "outcomes_missing";
    case NotComparable::kNoCollection: return "no_collection";
    case NotComparable::kLaunchUnknown: return "launch_unknown";
    case NotComparable::kStageNotGiven: return "stage_not_given";
  }
  return "unknown";
}

std::string NotSideBySideName(NotSideBySide reason) {
  switch (reason) {
    case NotSideBySide::kStageNotGiven: return "stage_not_given";
    case NotSideBySide::kNotSameDays: return "not_same_days";
    case NotSideBySide::kNotSettled: return "not_settled";
    case NotSideBySide::kTooFew: return "too_few";
    case NotSideBySide::kMixDiffers: return "mix_differs";
  }
  return "unknown";
}

std::string SidesVerdictName(SidesVerdict verdict) {
  switch (verdict) {
    case SidesVerdict::kMore: return "more";
    case SidesVerdict::kFewer: return "fewer";
    case SidesVerdict::kFaded: return "faded";
    case SidesVerdict::kNoneYet: return "none_yet";
  }
  return "unknown";
}

std::string NoMoveName(NoMove reason) {
  switch (reason) {
    case NoMove::kStageNotGiven: return "stage_not_given";
    case NoMove::kOutsideData: return "outside_data";
    case NoMove::kNoTwoWeeks: return "no_two_weeks";
    case NoMove::kNotKnown: return "not_known";
    case NoMove::kOutcomesMissing: return "outcomes_missing";
    case NoMove::kNoGroups: return "no_groups";
  }
  return "unknown";
}

std::string EpochStateName(EpochState state) {
  switch (state) {
    case EpochState::kPast: return "past";
    case EpochState::kCollecting: return "collecting";
    case EpochState::kJudging: return "judging";
  }
  return "unknown";
}

std::string FairnessReasonName(FairnessReason reason) {
  switch (reason) {
    case FairnessReason::kStageNotGiven: return "stage_not_given";
    case FairnessReason::kStartNotSettled: return "start_not_settled";
    case FairnessReason::kTooFewGroups: return "too_few_groups";
    case FairnessReason::kNothingSince: return "nothing_since";
  }
  return "unknown";
}

std::string FourFifthsName(FourFifths verdict) {
  switch (verdict) {
    case FourFifths::kBelow: return "below";
    case FourFifths::kMayBeBelow: return "may_be_below";
    case FourFifths::kNotBelow: return "not_below";
    case FourFifths::kCannotSayYet: return "cannot_say_yet";
  }
  return "unknown";
}

std::string GapVerdictName(GapVerdict verdict) {
  switch (verdict) {
    case GapVerdict::kWider: return "wider";
    case GapVerdict::kNarrower: return "narrower";
    case GapVerdict::kNoClearChange: return "no_clear_change";
    case GapVerdict::kCannotSayYet: return "cannot_say_yet";
  }
  return "unknown";
}

std::string FindingKindName(FindingKind kind) {
  switch (kind) {
    case FindingKind::kRateShift: return "rate_shift";
    case FindingKind::kDelayShift: return "delay_shift";
    case FindingKind::kExposureShift: return "exposure_shift";
    case FindingKind::kFairnessGap: return "fairness_gap";
    case FindingKind::kMixShift: return "mix_shift";
    case FindingKind::kVolumeShift: return "volume_shift";
    case FindingKind::kDataProblem: return "data_problem";
    case FindingKind::kEstimateCheck: return "estimate_check";
    case FindingKind::kLeadingSign: return "leading_sign";
    case FindingKind::kLaunch: return "launch";
  }
  return "unknown";
}

std::string NoExpectationName(NoExpectation reason) {
  switch (reason) {
    case NoExpectation::kNoScores: return "no_scores";
    case NoExpectation::kStageNotGiven: return "stage_not_given";
    case NoExpectation::kStageOfStage: return "stage_of_stage";
    case NoExpectation::kTooFewSettled: return "too_few_settled";
    case NoExpectation::kTooFew: return "too_few";
    case NoExpectation::kOutsideRange: return "outside_range";
  }
  return "unknown";
}

std::string SignCodeName(SignCode code) {
  switch (code) {
    case SignCode::kNewItems: return "new_items";
    case SignCode::kFallbackShare: return "fallback_share";
    case SignCode::kScoreDistribution: return "score_distribution";
    case SignCode::kPositionMix: return "position_mix";
    case SignCode::kEarlyClicks: return "early_clicks";
  }
  return "unknown";
}

std::string NoSignName(NoSign reason) {
  switch (reason) {
    case NoSign::kNotGiven: return "not_given";
    case NoSign::kNoFallbackKnown: return "no_fallback_known";
    case NoSign::kTooFewDays: return "too_few_days";
    case NoSign::kTooFew: return "too_few";
  }
  return "unknown";
}

std::string EffectMeasureName(EffectMeasure measure) {
  return measure == EffectMeasure::kJensenShannon ? "jensen_shannon" : "standardised_mean";
}

std::string LevelName(Level level) {
  switch (level) {
    case Level::kAlert: return "alert";
    case Level::kWatch: return "watch";
    case Level::kInfo: return "info";
  }
  return "unknown";
}

std::string CertaintyName(Certainty certainty) {
  switch (certainty) {
    case Certainty::kVerySure: return "very_sure";
    case Certainty::kFairlySure: return "fairly_sure";
    case Certainty::kTooEarly: return "too_early";
  }
  return "unknown";
}

std::string IncidentStateName(IncidentState state) {
  switch (state) {
    case IncidentState::kOpened: return "opened";
    case IncidentState::kGrowing: return "growing";
    case IncidentState::kAcknowledged: return "acknowledged";
    case IncidentState::kAccepted: return "accepted";
    case IncidentState::kRecovered: return "recovered";
    case IncidentState::kJudgedFalse: return "judged_false";
    case IncidentState::kFaded: return "faded";
    case IncidentState::kMerged: return "merged";
  }
  return "unknown";
}

bool IsOpen(IncidentState state) {
  return state == IncidentState::kOpened || state == IncidentState::kGrowing ||
         state == IncidentState::kAcknowledged;
}

std::string JudgementActionName(JudgementAction action) {
  switch (action) {
    case JudgementAction::kAcknowledge: return "acknowledge";
    case JudgementAction::kAccept: return "accept";
    case JudgementAction::kFalse: return "false";
  }
  return "unknown";
}

std::optional<JudgementAction> ParseJudgementAction(const std::string& name) {
  for (const JudgementAction action :
       {JudgementAction::kAcknowledge, JudgementAction::kAccept, JudgementAction::kFalse}) {
    if (name == JudgementActionName(action)) return action;
  }
  return std::nullopt;
}

std::string SuspectVerdictName(SuspectVerdict verdict) {
  switch (verdict) {
    case SuspectVerdict::kSameEverywhere: return "same_everywhere";
    case SuspectVerdict::kOnlyWith: return "only_with";
    case SuspectVerdict::kStrongerWith: return "stronger_with";
    case SuspectVerdict::kSwitched: return "switched";
    case SuspectVerdict::kTooFew: return "too_few";
  }
  return "unknown";
}

std::string RankingMeasureName(RankingMeasure measure) {
  switch (measure) {
    case RankingMeasure::kNdcg: return "ndcg";
    case RankingMeasure::kMrr: return "mrr";
    case RankingMeasure::kHitRate: return "hit_rate";
    case RankingMeasure::kPrecision: return "precision";
  }
  return "unknown";
}

std::string RankingColumnName(RankingColumn column) {
  switch (column) {
    case RankingColumn::kListId: return "list_id";
    case RankingColumn::kPosition: return "position";
    case RankingColumn::kItemId: return "item_id";
  }
  return "unknown";
}

std::string MoveName(Move move) { return move == Move::kFall ? "fall" : "rise"; }

std::string FindingId(const Finding& finding, int episode) {
  const std::string text = fmt::format(
      "{}\n{}\n{}\n{}\n{}\n{}", FindingKindName(finding.kind), finding.stage.value_or(""),
      finding.slice.Canonical(), finding.item_slice ? finding.item_slice->Canonical() : "",
      finding.against ? finding.against->Canonical() : "", episode);
  return Sha256Hex(text).substr(0, 12);
}

void SortFindings(std::vector<Finding>& findings) {
  const auto key = [](const Finding& finding) {
    return std::make_tuple(finding.level, !finding.evidence_days.has_value(),
                           -finding.evidence_days.value_or(0), FindingKindName(finding.kind),
                           finding.stage.value_or(""), finding.slice.Canonical(), finding.id);
  };
  std::sort(findings.begin(), findings.end(),
            [&](const Finding& a, const Finding& b) { return key(a) < key(b); });
}

}  // namespace ripen
