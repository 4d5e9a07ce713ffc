#include "ledger/import_plan.h"

#include <algorithm>
#include <cctype>
#include <iterator>

namespace ripen::ledger {

std::vector<RoleColumn> RolesOf(const ImportPlan& plan) {
  std::vector<RoleColumn> roles;
  const auto add = [&](std::string role, const std::string& column) {
    if (!column.empty()) roles.push_back({std::move(role), column});
  };
  add(plan.shape == FileShape::kLongOutcomes ? "recommendation_id" : "id", plan.id);
  add("shown_at", plan.shown_at);
  add("day", plan.day);
  for (const auto& [stage, columns] : plan.stages) {
    add(stage, columns.flag_column);
    add(stage + "_at", columns.time_column);
  }
  add("stage", plan.outcome_stage);
  add("happened_at", plan.outcome_time);
  add("delay", plan.delay);
  add("base_offset", plan.base_offset);
  add("count", plan.count);
  add("truth", plan.truth_flag);
  add("arrived_at", plan.arrived_at);
  add("customer_id", plan.customer_id);
  add("item_id", plan.item_id);
  add("position", plan.position);
  add("score", plan.score);
  add("list_id", plan.list_id);
  add("value", plan.value);
  add("currency", plan.currency);
  add("event_id", plan.event_id);
  add("retracted", plan.retracted);
  return roles;
}

bool IsShownWord(std::string_view text) {
  static constexpr std::string_view kWords[] = {
      "shown",     "recommendation", "recommendations", "recommended",  "impression", "impressions",
      "angezeigt", "gezeigt",        "empfehlung",      "empfehlungen", "empfohlen"};
  const auto same = [](char a, char b) { return std::tolower(static_cast<unsigned char>(a)) == b; };
  return std::any_of(std::begin(kWords), std::end(kWords), [&](std::string_view word) {
    return std::equal(text.begin(), text.end(), word.begin(), word.end(), same);
  });
}

}  // namespace ripen::ledger
