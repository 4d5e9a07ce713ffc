#include "json/check_report_json.h"

#include "json/annotation_json.h"
#include "json/input_json.h"
#include "json/json_writer.h"
#include "json/metric_json.h"
#include "json/stage_json.h"

namespace ripen::json {

std::string CheckReportJson(const CheckReport& report, const ReportWords& words) {
  return Object()
             .PutText("ripen", kRipenVersion)
             .PutDay("as_of", report.as_of)
             .Put("interval", Number(report.interval))
             .Put("seed", std::to_string(report.seed))
             .PutInt("groups_checked", report.groups_checked)
             .Put("input", InputJson(report.input))
             .Put("stages",
                  Lines(Each(report.stages,
                             [](const StageSummary& stage) { return StageObject(stage).Done(); })))
             .Put("metrics", Lines(Each(report.metrics, MetricJson)))
             .Put("findings", Lines(Each(report.findings,
                                         [&](const Finding& finding) {
                                           return FindingJson(finding, words.message_of);
                                         })))
             .Put("annotations", Lines(Each(report.annotations, AnnotationJson)))
             .Put("epochs", Lines(Each(report.epochs, EpochJson)))
             .Put("side_by_side", Lines(Each(report.side_by_side,
                                             [&](const SideBySide& comparison) {
                                               return SideBySideJson(comparison,
                                                                     words.side_message_of);
                                             })))
             .Put("moves", Lines(Each(report.moves,
                                      [&](const TotalMove& move) {
                                        return TotalMoveJson(move, words.move_texts_of(move));
                                      })))
             .Done() +
         "\n";
}

}  // namespace ripen::json
