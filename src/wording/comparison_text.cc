#include "wording/comparison_text.h"

#include <cmath>
#include <variant>

#include "wording/group_name.h"
#include "wording/message_format.h"
#include "wording/stage_words.h"

namespace ripen::wording {
namespace {

// A group as the head of a line.
std::string Head(const Slice& slice, const CheckReport& report, const Phrasebook& phrasebook) {
  return Capitalised(GroupNames(phrasebook, report.segments).Name(slice));
}

std::string StateText(const Metric& metric, const StageWords& stages,
                      const Phrasebook& phrasebook) {
  if (const auto* rate = std::get_if<ConfirmedRate>(&metric.state)) {
    return phrasebook.Say("changes.state.confirmed",
                          {{"figure", stages.Figure(metric.stage, rate->rate)}});
  }
  if (const auto* rate = std::get_if<ProvisionalRate>(&metric.state)) {
    return phrasebook.Say("changes.state.provisional",
                          {{"figure", stages.Figure(metric.stage, rate->rate)},
                           {"range", phrasebook.InHundredRange(rate->low, rate->high)}});
  }
  return phrasebook.Say("changes.state.pending");
}

}  // namespace

MessageText PeriodText(const PeriodComparison& comparison, const Phrasebook& phrasebook) {
  MessageText text;
  if (comparison.refused) {
    text.headline = phrasebook.Say("period.refused." + NotComparableName(*comparison.refused));
    return text;
  }
  const Day as_of = comparison.as_of;
  Args args{{"now", phrasebook.Span(*comparison.now_from, *comparison.now_to, as_of)},
            {"before", phrasebook.Span(*comparison.before_from, *comparison.before_to, as_of)}};
  if (comparison.against == Against::kLastCollection) {
    args.emplace_back("collection", phrasebook.Quote(comparison.collection_now.value_or("")));
    args.emplace_back("last", phrasebook.Quote(comparison.collection_before.value_or("")));
    text.headline = phrasebook.Say("period.header.collection", args);
  } else {
    text.headline =
        phrasebook.Say(comparison.length == PeriodLength::kWeek ? "period.header.before.week"
                                                                : "period.header.before.month",
                       args);
  }
  text.details.push_back(phrasebook.Say(comparison.confirmed ? "period.settled" : "period.open"));
  return text;
}

std::string PeriodLineText(const PeriodLine& line, const PeriodComparison& comparison,
                           const CheckReport& report, const Phrasebook& phrasebook) {
  const StageWords stages(phrasebook, report.stages);
  Args args{{"group", Head(line.slice, report, phrasebook)},
            {"figures", stages.Instead(comparison.stage, line.rate_now, line.rate_before)}};
  if (!line.ratio) return CloseClauses(phrasebook.Say("period.line.plain", args));
  std::string difference = phrasebook.Say("period.difference.same");
  if (*line.ratio_low > 1 || *line.ratio_high < 1) {
    const std::string percent = phrasebook.Number(std::abs(*line.ratio - 1) * 100, 0);
    difference =
        phrasebook.Say(*line.ratio > 1 ? "period.difference.more" : "period.difference.fewer",
                       {{"percent", percent}});
  }
  args.emplace_back("difference", difference);
  return CloseClauses(phrasebook.Say("period.line", args));
}

std::string RecordText(const StageRecord& record, const CheckReport& report,
                       const Phrasebook& phrasebook) {
  const StageWords stages(phrasebook, report.stages);
  const Arg stage{"stage", stages.Plural(record.stage)};
  if (record.last.ranges == 0) return phrasebook.Say("backtest.none", {stage});
  return phrasebook.Say("backtest.held", {phrasebook.CountArg("ranges", record.last.ranges),
                                          stage,
                                          {"held", phrasebook.Count(record.last.held)}});
}

MessageText ChangeText(const Change& change, const CheckReport& report,
                       const Phrasebook& phrasebook) {
  const StageWords stages(phrasebook, report.stages);
  MessageText text;
  text.headline = CloseClauses(phrasebook.Say(
      "changes.line", {{"stage", stages.Label(change.now.stage)},
                       {"group", GroupNames(phrasebook, report.segments).Name(change.now.slice)},
                       {"period", phrasebook.FromTo(change.now.from, change.now.to, report.as_of)},
                       {"then", StateText(change.then, stages, phrasebook)},
                       {"now", StateText(change.now, stages, phrasebook)}}));
  std::vector<std::string> parts;
  const auto add = [&](const char* key, std::int64_t count) {
    if (count > 0) parts.push_back(phrasebook.Say(key, {phrasebook.CountArg("count", count)}));
  };
  add("changes.why.new", change.causes.new_outcomes);
  add("changes.why.late", change.causes.late_outcomes);
  add("changes.why.corrections", change.causes.corrections);
  add("changes.why.trials", change.causes.late_trials);
  if (!parts.empty()) {
    text.details.push_back(phrasebook.Say("changes.why", {{"parts", phrasebook.List(parts)}}));
  } else {
    text.details.push_back(phrasebook.Say(change.now.maturity() == Maturity::kConfirmed
                                              ? "changes.why.confirmed"
                                              : "changes.why.none"));
  }
  return text;
}

}  // namespace ripen::wording
