#include "ledger/import_plan.h"

namespace ripen::ledger {

std::vector<RoleColumn> RolesOf(const ImportPlan& plan) {
  std::vector<RoleColumn> roles;
  const auto add = [&](std::string role, const std::string& column) {
    if (!column.empty()) roles.push_back({std::move(role), column});
  };
  add(plan.shape == FileShape::kLongOutcomes ? "recommendation_id" : "id", plan.id);
  add("shown_at", plan.shown_at);
  for (const auto& [stage, columns] : plan.stages) {
    add(stage, columns.flag_column);
    add(stage + "_at", columns.time_column);
  }
  add("stage", plan.outcome_stage);
  add("happened_at", plan.outcome_time);
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

}  // namespace ripen::ledger
