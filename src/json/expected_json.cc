#include "json/expected_json.h"

#include "json/json_writer.h"

namespace ripen::json {
namespace {

std::string NumberOrNull(const std::optional<double>& value) {
  return value ? Number(*value) : "null";
}

std::string SpanJson(const ExpectedSpan& span) {
  const auto with = [](const std::optional<double>& value, double bound) {
    return value ? std::optional<double>(bound) : std::nullopt;
  };
  return Object()
      .PutDay("from", span.from)
      .PutDay("to", span.to)
      .PutText("maturity", "pending")
      .PutInt("scored", span.scored)
      .PutRate("expected", span.expected)
      .PutRate("low", with(span.expected, span.low))
      .PutRate("high", with(span.expected, span.high))
      .PutInt("outcomes_so_far", span.outcomes_so_far)
      .Put("expected_so_far", NumberOrNull(span.expected_so_far))
      .PutRate("ratio", span.ratio)
      .PutRate("ratio_low", with(span.ratio, span.ratio_low))
      .PutRate("ratio_high", with(span.ratio, span.ratio_high))
      .Done();
}

std::string CalibrationJson(const std::optional<ScoreCalibration>& calibration) {
  if (!calibration) return "null";
  return Object()
      .PutText("method", calibration->isotonic ? "isotonic" : "platt")
      .PutDay("from", calibration->from)
      .PutDay("to", calibration->to)
      .PutInt("scored", calibration->scored)
      .PutRate("calibration_error", calibration->error)
      .Put("parts", Array(Each(calibration->parts,
                               [](const CalibrationPart& part) {
                                 return Object()
                                     .Put("score", Number(part.score))
                                     .PutInt("scored", part.scored)
                                     .PutRate("observed", part.observed)
                                     .PutRate("calibrated", part.calibrated)
                                     .Done();
                               })))
      .Done();
}

}  // namespace

std::string ExpectedJson(const ExpectedReport& report, const BothTexts& message,
                         const BothLines& limits) {
  return Object()
             .PutDay("as_of", report.as_of)
             .PutText("stage", report.stage)
             .Put("slice", SliceJson(report.slice))
             .PutTextOrNull("reason", report.refused
                                          ? std::optional(NoExpectationName(*report.refused))
                                          : std::nullopt)
             .PutBool("scores_cannot_see", report.scores_cannot_see)
             .PutTextOrNull("finding", report.finding)
             .Put("recent", report.recent ? SpanJson(*report.recent) : "null")
             .Put("days", Lines(Each(report.days, SpanJson)))
             .Put("weeks", Lines(Each(report.weeks, SpanJson)))
             .Put("calibration", CalibrationJson(report.calibration))
             .Put("limits", Object().PutText("en", limits.en).PutText("de", limits.de).Done())
             .Put("message", TextsJson(message))
             .Done() +
         "\n";
}

}  // namespace ripen::json
