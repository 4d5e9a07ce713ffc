#include "json/segments_json.h"

#include "json/json_writer.h"

namespace ripen::json {
namespace {

std::string_view KindName(AttributeKind kind) {
  switch (kind) {
    case AttributeKind::kCustomer: return "customer";
    case AttributeKind::kItem: return "item";
    case AttributeKind::kContext: return "context";
  }
  return "customer";
}

std::string LabelJson(const Label& label) {
  return Object().PutText("en", label.en).PutText("de", label.de).Done();
}

}  // namespace

std::string SegmentsJson(Day as_of, const std::vector<SegmentSummary>& segments,
                         const SegmentLabels& labels) {
  const auto attribute = [&](const SegmentSummary& segment) {
    const auto value = [&](const SegmentValueSummary& summary) {
      return Object()
          .PutTextOrNull("value", summary.value)
          .Put("label", LabelJson(labels.of_value({segment.attribute, summary.value})))
          .Put("recommendations", summary.hidden ? "null" : std::to_string(summary.recommendations))
          .PutBool("hidden", summary.hidden)
          .Done();
    };
    return Object()
        .PutText("name", segment.attribute)
        .PutText("kind", KindName(segment.kind))
        .Put("label", LabelJson(labels.of_attribute(segment.attribute)))
        .Put("values", Lines(Each(segment.values, value)))
        .Done();
  };
  return Object()
             .PutDay("as_of", as_of)
             .Put("attributes", Lines(Each(segments, attribute)))
             .Done() +
         "\n";
}

}  // namespace ripen::json
