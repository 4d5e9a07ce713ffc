#include "sim/events_json.h"

#include <fmt/format.h>

#include <string_view>

namespace ripen::sim {

EventForms::EventForms(const WorldOptions& options, const Scenario& scenario)
    : scenario_(scenario), language_(options.language), attributes_(WrittenAttributes(options)) {}

void EventForms::AppendAttributes(std::string& out, AttributeKind kind,
                                  const AttributeValues& values) const {
  std::string_view comma = "";
  out.push_back('{');
  for (const AttributeIndex attribute : attributes_) {
    if (Attributes()[attribute].kind != kind) continue;
    out += comma;
    out.push_back('"');
    out += Attributes()[attribute].event_name;
    out += "\":\"";
    out += ValueName(attribute, values[attribute], language_);
    out.push_back('"');
    comma = ",";
  }
  out.push_back('}');
}

void EventForms::AppendRecommendation(std::string& out, const Recommendation& row) {
  out += R"({"type":"recommendation","id":")";
  AppendRecommendationId(out, row, scenario_);
  out += R"(","shown_at":")";
  moments_.Append(out, row.shown_seconds);
  out += R"(","customer_id":")";
  AppendCustomerId(out, row.customer);
  out += R"(","customer":)";
  AppendAttributes(out, AttributeKind::kCustomer, row.values);
  out += R"(,"item_id":")";
  AppendItemId(out, row.item);
  out += R"(","item":)";
  AppendAttributes(out, AttributeKind::kItem, row.values);
  out += R"(,"context":)";
  AppendAttributes(out, AttributeKind::kContext, row.values);
  out += R"(,"position":)";
  out.push_back(static_cast<char>('0' + row.position));
  out += R"(,"score":)";
  AppendScore(out, row.score_ten_thousandths, '.');
  if (row.list > 0) out += fmt::format(R"(,"list_id":"l-{}")", row.list);
  out.push_back('}');
}

void EventForms::AppendOutcome(std::string& out, const OutcomeMessage& message, bool with_arrival) {
  out += R"({"type":"outcome","recommendation_id":")";
  out += message.recommendation_id;
  out += R"(","stage":")";
  out += kStageNames[message.stage];
  out += R"(","happened_at":")";
  moments_.Append(out, message.happened_seconds);
  if (with_arrival) {
    out += R"(","arrived_at":")";
    moments_.Append(out, message.arrived_seconds);
  }
  if (!message.event_id.empty()) {
    out += R"(","event_id":")";
    out += message.event_id;
  }
  out += message.retracted ? R"(","retracted":true})" : R"("})";
}

std::string DayOfEvent(std::string_view line) {
  constexpr std::size_t kIsoDay = 10;
  for (const std::string_view key : {"\"happened_at\":\"", "\"shown_at\":\""}) {
    const std::size_t at = line.find(key);
    if (at != std::string_view::npos) return std::string(line.substr(at + key.size(), kIsoDay));
  }
  return {};
}

}  // namespace ripen::sim
