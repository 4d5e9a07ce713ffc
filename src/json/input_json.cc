#include "json/input_json.h"

#include "json/json_writer.h"

namespace ripen::json {
namespace {

std::string RejectedJson(const RejectedRows& rows) {
  return Object()
      .PutText("reason", rows.reason)
      .Put("column", rows.column.empty() ? "null" : Quoted(rows.column))
      .PutInt("count", rows.count)
      .PutText("first", rows.first)
      .Put("first_value", rows.first_value.empty() ? "null" : Quoted(rows.first_value))
      .Done();
}

std::string TodayJson(const SoFarToday& today) {
  Object outcomes;
  for (const auto& [stage, count] : today.outcomes) outcomes.PutInt(stage, count);
  return Object()
      .PutDay("day", today.day)
      .PutInt("recommendations", today.recommendations)
      .Put("outcomes", outcomes.Done())
      .Done();
}

}  // namespace

std::string InputJson(const InputSummary& input) {
  Object mapping;
  for (const auto& [role, column] : input.mapping) mapping.PutText(role, column);
  return Object()
      .PutInt("rows", input.rows)
      .PutInt("recommendations", input.recommendations)
      .PutInt("outcomes", input.outcomes)
      .PutInt("duplicates", input.duplicates)
      .PutInt("conflicts", input.conflicts)
      .PutInt("orphan_outcomes", input.orphan_outcomes)
      .Put("rejected", Array(Each(input.rejected, RejectedJson)))
      .PutDay("first_day", input.first_day)
      .PutDay("last_day", input.last_day)
      .Put("mapping", mapping.Done())
      .Put("notes", Array(Each(input.notes, Quoted)))
      .Put("today", input.today ? TodayJson(*input.today) : "null")
      .Done();
}

std::string InputAnswerJson(Day as_of, const InputSummary& input) {
  return Object().PutDay("as_of", as_of).Put("input", InputJson(input)).Done() + "\n";
}

}  // namespace ripen::json
