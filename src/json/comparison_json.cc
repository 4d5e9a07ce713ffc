#include "json/comparison_json.h"

#include "json/json_writer.h"
#include "json/metric_json.h"

namespace ripen::json {
namespace {

std::string TextJson(const MessageText& text) {
  return Object()
      .PutText("headline", text.headline)
      .Put("details",
           Array(Each(text.details, [](const std::string& line) { return Quoted(line); })))
      .Done();
}

std::string SpanJson(const std::optional<Day>& from, const std::optional<Day>& to) {
  if (!from || !to) return "null";
  return Object().PutDay("from", *from).PutDay("to", *to).Done();
}

std::string SideJson(std::int64_t trials, std::int64_t events, double rate) {
  return Object().PutInt("trials", trials).PutInt("events", events).PutRate("rate", rate).Done();
}

std::string PeriodLineJson(const PeriodLine& line, const BothLines& message) {
  return Object()
      .Put("slice", SliceJson(line.slice))
      .Put("now", SideJson(line.trials_now, line.events_now, line.rate_now))
      .Put("before", SideJson(line.trials_before, line.events_before, line.rate_before))
      .Put("ratio", line.ratio ? Object()
                                     .PutRate("value", *line.ratio)
                                     .PutRate("low", *line.ratio_low)
                                     .PutRate("high", *line.ratio_high)
                                     .Done()
                               : "null")
      .Put("message", LinesJson(message))
      .Done();
}

std::string ScoreJson(const RangeScore& score) {
  return Object()
      .PutInt("ranges", score.ranges)
      .PutInt("days", score.days)
      .PutInt("held", score.held)
      .PutRate("bias", score.bias)
      .PutRate("half_width", score.half_width)
      .PutRate("wis", score.wis)
      .Done();
}

std::string ByAgeJson(const StageRecord::ByAge& by_age) {
  return Object()
      .PutInt("from_age", by_age.from_age)
      .Put("to_age", by_age.to_age ? std::to_string(*by_age.to_age) : "null")
      .PutRate("factor", by_age.factor)
      .PutBool("learned", by_age.learned)
      .Put("score", ScoreJson(by_age.score))
      .Done();
}

std::string BySizeJson(const StageRecord::BySize& by_size) {
  return Object().PutText("size", by_size.size).Put("score", ScoreJson(by_size.score)).Done();
}

std::string IssuedJson(const IssuedRecord& record) {
  return Object()
      .PutInt("logged", record.logged)
      .PutDay("first_day", record.first_day)
      .PutDay("last_day", record.last_day)
      .Put("stages", Array(Each(record.stages,
                                [](const IssuedRecord::ByStage& each) {
                                  return Object()
                                      .PutText("stage", each.stage)
                                      .Put("score", ScoreJson(each.score))
                                      .Done();
                                })))
      .Done();
}

std::string WhyJson(const ChangeCauses& causes) {
  return Object()
      .PutInt("new_outcomes", causes.new_outcomes)
      .PutInt("late_outcomes", causes.late_outcomes)
      .PutInt("corrections", causes.corrections)
      .PutInt("late_trials", causes.late_trials)
      .Done();
}

}  // namespace

std::string LinesJson(const BothLines& lines) {
  return Object().PutText("en", lines.en).PutText("de", lines.de).Done();
}

std::string TextsJson(const BothTexts& texts) {
  return Object().Put("en", TextJson(texts.en)).Put("de", TextJson(texts.de)).Done();
}

std::string PeriodsJson(const PeriodComparison& comparison, const BothTexts& message,
                        const std::function<BothLines(const PeriodLine&)>& line_message) {
  const bool of_collections = comparison.collection_now && comparison.collection_before;
  return Object()
             .PutDay("as_of", comparison.as_of)
             .PutText("stage", comparison.stage)
             .PutText("by", comparison.length == PeriodLength::kWeek ? "week" : "month")
             .PutText("against",
                      comparison.against == Against::kBefore ? "before" : "last_collection")
             .Put("now", SpanJson(comparison.now_from, comparison.now_to))
             .Put("before", SpanJson(comparison.before_from, comparison.before_to))
             .Put("collections", of_collections
                                     ? Object()
                                           .PutText("now", *comparison.collection_now)
                                           .PutText("before", *comparison.collection_before)
                                           .Done()
                                     : "null")
             .PutBool("confirmed", comparison.confirmed)
             .PutInt("youngest_age", comparison.youngest_age)
             .PutTextOrNull("reason", comparison.refused
                                          ? std::optional(NotComparableName(*comparison.refused))
                                          : std::nullopt)
             .Put("message", TextsJson(message))
             .Put("lines", Lines(Each(comparison.lines,
                                      [&](const PeriodLine& line) {
                                        return PeriodLineJson(line, line_message(line));
                                      })))
             .Done() +
         "\n";
}

std::string BacktestJson(const BacktestReport& report,
                         const std::function<BothLines(const StageRecord&)>& message) {
  return Object()
             .PutDay("as_of", report.as_of)
             .PutDay("first_day", report.first_day)
             .PutDay("last_day", report.last_day)
             .Put("issued", IssuedJson(report.issued))
             .Put("stages", Lines(Each(report.stages,
                                       [&](const StageRecord& record) {
                                         return Object()
                                             .PutText("stage", record.stage)
                                             .Put("last", ScoreJson(record.last))
                                             .Put("all", ScoreJson(record.all))
                                             .Put("by_age", Array(Each(record.by_age, ByAgeJson)))
                                             .Put("by_size",
                                                  Array(Each(record.by_size, BySizeJson)))
                                             .Put("message", LinesJson(message(record)))
                                             .Done();
                                       })))
             .Done() +
         "\n";
}

std::string ChangesJson(const ChangeReport& report,
                        const std::function<BothTexts(const Change&)>& message) {
  return Object()
             .PutDay("since", report.since)
             .PutDay("as_of", report.as_of)
             .PutInt("unchanged", report.unchanged)
             .Put("changes", Lines(Each(report.changes,
                                        [&](const Change& change) {
                                          return Object()
                                              .Put("then", MetricJson(change.then))
                                              .Put("now", MetricJson(change.now))
                                              .Put("why", WhyJson(change.causes))
                                              .Put("message", TextsJson(message(change)))
                                              .Done();
                                        })))
             .Done() +
         "\n";
}

}  // namespace ripen::json
