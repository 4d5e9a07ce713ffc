#include "json/check_report_json.h"

#include "json/input_json.h"
#include "json/json_writer.h"
#include "json/metric_json.h"

namespace ripen::json {

std::string StageJson(const StageSummary& stage) {
  return Object()
      .PutText("stage", stage.stage.name)
      .PutText("of", stage.stage.of)
      .PutInt("window_days", stage.stage.window_days)
      .PutInt("lateness_days", stage.stage.lateness_days)
      .PutText("direction", stage.stage.direction == Direction::kMoreIsBetter ? "more_is_better"
                                                                               : "more_is_worse")
      .PutBool("given", stage.given)
      .PutBool("has_outcome_times", stage.has_outcome_times)
      .PutDay("confirmed_through", stage.confirmed_through)
      .PutRate("confirmed_share", stage.confirmed_share)
      .Done();
}

std::string CheckReportJson(const CheckReport& report, const MessageOf& message_of) {
  return Object()
             .PutText("ripen", kRipenVersion)
             .PutDay("as_of", report.as_of)
             .Put("interval", Number(report.interval))
             .Put("seed", std::to_string(report.seed))
             .PutInt("groups_checked", report.groups_checked)
             .Put("input", InputJson(report.input))
             .Put("stages", Lines(Each(report.stages, StageJson)))
             .Put("metrics", Lines(Each(report.metrics, MetricJson)))
             .Put("findings", Lines(Each(report.findings,
                                         [&](const Finding& finding) {
                                           return FindingJson(finding, message_of);
                                         })))
             .Done() +
         "\n";
}

}  // namespace ripen::json
