// What is checked about mappings beside the guess itself.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include "base/nearest_name.h"
#include "ingest/column_name.h"
#include "ingest/guess_mapping.h"
#include "ingest/role_table.h"
#include "ingest/stage_aliases.h"

namespace ripen::ingest {

using ledger::ColumnProbe;
using ledger::FileShape;
using ledger::ImportPlan;

Status CheckColumnRoles(const Config& config) {
  std::vector<std::string> known;
  for (const RoleNames& names : RoleTable()) known.emplace_back(names.key);
  std::vector<std::string> stage_keys;
  for (const Stage& stage : config.stages.stages()) {
    const StageAliases aliases = AliasesOf(stage.name);
    stage_keys.insert(stage_keys.end(), aliases.flags.begin(), aliases.flags.end());
    stage_keys.insert(stage_keys.end(), aliases.times.begin(), aliases.times.end());
    known.push_back(stage.name);
    known.push_back(stage.name + "_at");
  }
  for (const auto& [key, column] : config.source.columns) {
    const std::string normal = NormaliseName(key);
    const bool is_role =
        std::any_of(RoleTable().begin(), RoleTable().end(),
                    [&](const RoleNames& names) { return NormaliseName(names.key) == normal; });
    if (is_role || std::find(stage_keys.begin(), stage_keys.end(), normal) != stage_keys.end()) {
      continue;
    }
    const auto nearest = NearestName(key, known);
    return Fail(ErrorCode::kInvalidArgument,
                fmt::format("[source] columns: \"{}\" is no role{}. The roles are: {}.", key,
                            nearest ? fmt::format("; did you mean \"{}\"?", *nearest) : "",
                            fmt::join(known, ", ")));
  }
  return {};
}

Status CheckOutcomesGiven(const std::vector<ImportPlan>& plans, const Config& config) {
  for (const ImportPlan& plan : plans) {
    if (plan.shape != FileShape::kLongRecommendations) return {};
  }
  if (plans.empty()) return {};
  std::vector<std::string> columns;
  for (const ColumnProbe& column : plans.front().file.columns) columns.push_back(column.name);
  std::vector<std::string> stages;
  for (const Stage& stage : config.stages.stages()) stages.push_back(stage.name);
  std::optional<std::string> nearest;
  for (const StageNames& names : StageTable()) {
    if (!nearest) nearest = NearestName(names.flags.front(), columns);
  }
  return Fail(
      ErrorCode::kInvalidArgument,
      fmt::format("{}: no column says what came of a recommendation ({}). The columns are: {}.{} "
                  "Name one in ripen.toml: [source] columns = {{ {} = \"...\" }}, or give a file "
                  "of outcomes as well.",
                  plans.front().file.path, fmt::join(stages, ", "), fmt::join(columns, ", "),
                  nearest ? fmt::format(" The nearest is \"{}\".", *nearest) : "", stages.front()));
}

}  // namespace ripen::ingest
