// A world's events as NDJSON lines, in the form the product reads.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "sim/generator.h"
#include "sim/schema.h"
#include "sim/text_forms.h"
#include "sim/world.h"

namespace ripen::sim {

// One message about an outcome.
struct OutcomeMessage {
  std::string recommendation_id;
  std::size_t stage = kClick;
  std::int64_t happened_seconds = 0;
  std::int64_t arrived_seconds = 0;
  std::string event_id;  // empty: the event is what it says
  bool retracted = false;
};

class EventForms {
 public:
  EventForms(const WorldOptions& options, const Scenario& scenario);
  // Both append one JSON object, without a line end.
  void AppendRecommendation(std::string& out, const Recommendation& row);
  // `with_arrival`: the message says when it arrived.
  void AppendOutcome(std::string& out, const OutcomeMessage& message, bool with_arrival);

 private:
  void AppendAttributes(std::string& out, AttributeKind kind, const AttributeValues& values) const;

  const Scenario& scenario_;
  Language language_;
  std::vector<AttributeIndex> attributes_;
  MomentForms moments_{Language::kEnglish, false};
};

// The day ("2026-11-12") on which an event of ours became known: when it happened, or was shown.
// Empty for other lines.
std::string DayOfEvent(std::string_view line);

}  // namespace ripen::sim
