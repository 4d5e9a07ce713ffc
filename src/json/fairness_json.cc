#include "json/fairness_json.h"

#include "json/json_writer.h"
#include "json/metric_json.h"

namespace ripen::json {
namespace {

std::string RangeJson(const std::optional<GapRange>& range) {
  if (!range) return "null";
  return Object()
      .PutRate("value", range->value)
      .PutRate("low", range->low)
      .PutRate("high", range->high)
      .Done();
}

std::string SliceOrNull(const std::optional<Slice>& slice) {
  return slice ? SliceJson(*slice) : "null";
}

std::string MetricOrNull(const std::optional<Metric>& metric) {
  return metric ? MetricJson(*metric) : "null";
}

std::string DaysJson(const std::optional<Day>& from, const std::optional<Day>& to) {
  return from && to ? Object().PutDay("from", *from).PutDay("to", *to).Done() : "null";
}

std::string ReasonJson(const std::optional<FairnessReason>& reason) {
  return reason ? Quoted(FairnessReasonName(*reason)) : "null";
}

std::string FigureJson(const FairnessFigure& figure) {
  return Object()
      .PutDay("from", figure.from)
      .PutDay("to", figure.to)
      .PutText("maturity", MaturityName(figure.maturity()))
      .Put("group", MetricJson(figure.group))
      .Put("against", MetricJson(figure.against))
      .Put("difference", RangeJson(figure.difference))
      .Put("ratio", RangeJson(figure.ratio))
      .PutText("four_fifths", FourFifthsName(figure.four_fifths))
      .Done();
}

std::string FigureOrNull(const std::optional<FairnessFigure>& figure) {
  return figure ? FigureJson(*figure) : "null";
}

std::string PairJson(const FairnessPair& pair, const FairnessTexts& texts) {
  return Object()
      .PutText("attribute", pair.attribute)
      .PutText("chosen", pair.named ? "named" : "best_worst")
      .Put("slice", SliceOrNull(pair.group))
      .Put("against", SliceOrNull(pair.against))
      .Put("reason", ReasonJson(pair.reason))
      .PutDay("first_on", pair.first_on)
      .Put("start", FigureOrNull(pair.start))
      .Put("now", FigureOrNull(pair.now))
      .Put("change", RangeJson(pair.change))
      .PutText("verdict", GapVerdictName(pair.verdict))
      .Put("weeks", Array(Each(pair.weeks, FigureJson)))
      .Put("message", TextsJson(texts.pair(pair)))
      .Done();
}

std::string GroupJson(const FairnessGroup& group) {
  return Object()
      .Put("slice", SliceJson(group.slice))
      .Put("start", MetricOrNull(group.start))
      .Put("now", MetricOrNull(group.now))
      .PutRate("shrunk", group.shrunk)
      .PutBool("best", group.best)
      .PutBool("worst", group.worst)
      .Put("ratio", RangeJson(group.ratio))
      .Put("four_fifths", group.best ? "null" : Quoted(FourFifthsName(group.four_fifths)))
      .Done();
}

std::string AttributeJson(const FairnessAttribute& attribute, const FairnessTexts& texts) {
  const Label label = texts.attribute(attribute.attribute);
  return Object()
      .PutText("attribute", attribute.attribute)
      .Put("label", Object().PutText("en", label.en).PutText("de", label.de).Done())
      .Put("reason", ReasonJson(attribute.reason))
      .PutDay("first_on", attribute.first_on)
      .Put("groups", Lines(Each(attribute.groups, GroupJson)))
      .Done();
}

std::string IntersectionJson(const FairnessIntersection& crossed) {
  return Object()
      .Put("slice", SliceJson(crossed.slice))
      .Put("now", MetricJson(crossed.now))
      .PutRate("expected", crossed.expected)
      .PutRate("shrunk", crossed.shrunk)
      .Done();
}

}  // namespace

std::string FairnessJson(const FairnessReport& report, const FairnessTexts& texts) {
  return Object()
             .PutDay("as_of", report.as_of)
             .PutText("stage", report.stage)
             .PutTextOrNull("attribute", report.attribute)
             .PutBool("more_is_worse", report.more_is_worse)
             .Put("limit", Number(report.limit))
             .Put("start", DaysJson(report.start_from, report.start_to))
             .Put("now", DaysJson(report.now_from, report.now_to))
             .Put("attributes", Lines(Each(report.attributes,
                                           [&](const FairnessAttribute& attribute) {
                                             return AttributeJson(attribute, texts);
                                           })))
             .Put("pairs",
                  Lines(Each(report.pairs,
                             [&](const FairnessPair& pair) { return PairJson(pair, texts); })))
             .Put("intersections", Lines(Each(report.intersections, IntersectionJson)))
             .Put("message", TextsJson(texts.report))
             .Done() +
         "\n";
}

}  // namespace ripen::json
