#include "ingest/guess_mapping.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>

#include "base/nearest_name.h"
#include "base/time_zone.h"
#include "ingest/attribute_guess.h"
#include "ingest/column_name.h"
#include "ingest/role_table.h"
#include "ingest/stage_aliases.h"
#include "ledger/where.h"

namespace ripen::ingest {
namespace {

using ledger::ColumnProbe;
using ledger::FileProbe;
using ledger::FileShape;
using ledger::ImportPlan;
using ledger::StageColumns;

const RoleNames& NamesOf(Role role) {
  return *std::find_if(RoleTable().begin(), RoleTable().end(),
                       [&](const RoleNames& names) { return names.role == role; });
}

bool Contains(const std::vector<std::string_view>& names, std::string_view name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

bool Contains(const std::vector<std::string>& names, const std::string& name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

// Finds the column of every role in one file and remembers which columns are taken.
class Mapper {
 public:
  Mapper(const FileProbe& probe, const Config& config) : probe_(probe), config_(config) {}

  Result<std::vector<ImportPlan>> Map() {
    RIPEN_RETURN_IF_ERROR(CheckColumnRoles(config_));
    const bool events = probe_.format == ledger::FileFormat::kNdjson && Find("type") != nullptr;
    if (events) {
      taken_.insert("type");
      return MapEvents();
    }
    RIPEN_ASSIGN_OR_RETURN(ImportPlan plan, MapTable());
    return std::vector<ImportPlan>{std::move(plan)};
  }

 private:
  const ColumnProbe* Find(const std::string& name) const {
    const auto at = std::find_if(probe_.columns.begin(), probe_.columns.end(),
                                 [&](const ColumnProbe& column) { return column.name == name; });
    return at == probe_.columns.end() ? nullptr : &*at;
  }

  std::vector<std::string> ColumnNames() const {
    std::vector<std::string> names;
    for (const ColumnProbe& column : probe_.columns) names.push_back(column.name);
    return names;
  }

  std::string ColumnList() const {
    constexpr std::size_t kMostListed = 30;
    std::vector<std::string> names = ColumnNames();
    const std::size_t all = names.size();
    if (all > kMostListed) names.resize(kMostListed);
    std::string list = fmt::format("{}", fmt::join(names, ", "));
    if (all > kMostListed) list += fmt::format(" and {} more", all - kMostListed);
    return list;
  }

  // The column that `[source] columns` gives for a role key, if this file has it.
  std::string Configured(std::string_view key) const {
    for (const auto& [role, column] : config_.source.columns) {
      if (NormaliseName(role) == NormaliseName(key) && Find(column)) return column;
    }
    return {};
  }

  // The first free column, by the order of the aliases, whose normalised name is one of them.
  template <typename Names>
  std::string FirstOf(const Names& aliases) const {
    for (const auto& alias : aliases) {
      for (const ColumnProbe& column : probe_.columns) {
        if (NormaliseName(column.name) == alias && !taken_.contains(column.name)) {
          return column.name;
        }
      }
    }
    return {};
  }

  std::string Peek(Role role) const {
    const RoleNames& names = NamesOf(role);
    const std::string configured = Configured(names.key);
    return configured.empty() ? FirstOf(names.names) : configured;
  }

  std::string Take(Role role) {
    std::string column = Peek(role);
    if (!column.empty()) taken_.insert(column);
    return column;
  }

  bool ConfiguredElsewhere(const std::string& column) const {
    return IsConfigured(config_, column);
  }

  tl::unexpected<Error> Missing(Role role) const {
    const RoleNames& names = NamesOf(role);
    std::string sentence = fmt::format("{}: no column says {}. The columns are: {}.", probe_.path,
                                       names.meaning, ColumnList());
    const std::vector<std::string> columns = ColumnNames();
    std::optional<std::string> nearest = NearestName(names.key, columns);
    for (std::size_t at = 0; !nearest && at < names.names.size(); ++at) {
      nearest = NearestName(names.names[at], columns);
    }
    for (const auto& [key, column] : config_.source.columns) {
      if (NormaliseName(key) != NormaliseName(names.key)) continue;
      sentence +=
          fmt::format(" The configuration names \"{}\" for it, which is not there.", column);
      nearest = NearestName(column, columns);
    }
    if (nearest) sentence += fmt::format(" The nearest is \"{}\".", *nearest);
    sentence += fmt::format(
        " Rename a column to {}, or name yours in ripen.toml: [source] "
        "columns = {{ {} = \"{}\" }}.",
        names.key, names.key, nearest.value_or("..."));
    return Fail(ErrorCode::kInvalidArgument, std::move(sentence));
  }

  // What every plan of this file has.
  Result<ImportPlan> Basics() const {
    ImportPlan plan;
    plan.file = probe_;
    const SourceConfig& source = config_.source;
    const std::string& zone =
        source.time_zone.empty() ? config_.report.time_zone : source.time_zone;
    RIPEN_ASSIGN_OR_RETURN(plan.source_zone, TimeZone::Find(zone));
    if (source.date_order == "dmy") plan.date_order = ledger::DateOrder::kDayFirst;
    if (source.date_order == "mdy") plan.date_order = ledger::DateOrder::kMonthFirst;
    RIPEN_RETURN_IF_ERROR(ledger::ParseWhere(source.where));
    return plan;
  }

  // Sets the row filter; a file of outcomes alone may lack the filter's columns.
  Status SetWhere(ImportPlan& plan) const {
    RIPEN_ASSIGN_OR_RETURN(const auto terms, ledger::ParseWhere(config_.source.where));
    for (const ledger::WhereTerm& term : terms) {
      if (Find(term.column)) continue;
      if (plan.shape == FileShape::kLongOutcomes) {
        plan.notes.push_back(
            fmt::format("[source] where is not applied to {}, which has no column \"{}\".",
                        probe_.path, term.column));
        return {};
      }
      const auto nearest = NearestName(term.column, ColumnNames());
      return Fail(ErrorCode::kInvalidArgument,
                  fmt::format("{}: [source] where names the column \"{}\", which is not there{}.",
                              probe_.path, term.column,
                              nearest ? fmt::format("; the nearest is \"{}\"", *nearest) : ""));
    }
    plan.where = config_.source.where;
    return {};
  }

  // The columns of each stage; a flag's name over a column of times is a time.
  std::map<std::string, StageColumns> TakeStages() {
    std::map<std::string, StageColumns> stages;
    for (const Stage& stage : config_.stages.stages()) {
      const StageAliases aliases = AliasesOf(stage.name);
      StageColumns columns;
      for (const auto& [key, column] : config_.source.columns) {
        const ColumnProbe* probe = Find(column);
        if (!probe) continue;
        if (Contains(aliases.times, NormaliseName(key))) columns.time_column = column;
        if (Contains(aliases.flags, NormaliseName(key))) {
          (HoldsTimes(*probe) ? columns.time_column : columns.flag_column) = column;
        }
      }
      if (columns.time_column.empty()) columns.time_column = FirstOf(aliases.times);
      if (columns.flag_column.empty()) {
        const std::string flag = FirstOf(aliases.flags);
        if (!flag.empty() && !ConfiguredElsewhere(flag)) {
          const bool is_time = HoldsTimes(*Find(flag));
          if (is_time && columns.time_column.empty()) columns.time_column = flag;
          if (!is_time) columns.flag_column = flag;
        }
      }
      if (columns.flag_column.empty() && columns.time_column.empty()) continue;
      if (!columns.flag_column.empty()) taken_.insert(columns.flag_column);
      if (!columns.time_column.empty()) taken_.insert(columns.time_column);
      stages[stage.name] = std::move(columns);
    }
    return stages;
  }

  // One row for each day, group, stage and delay instead of one for each recommendation.
  bool HoldsCounts() const {
    if (!Configured(NamesOf(Role::kCount).key).empty()) return true;
    return Peek(Role::kId).empty() && Peek(Role::kRecommendationId).empty() &&
           !Peek(Role::kCount).empty() && !Peek(Role::kOutcomeStage).empty() &&
           StageColumnHoldsStages();
  }

  Result<ImportPlan> MapCounts() {
    RIPEN_ASSIGN_OR_RETURN(ImportPlan plan, Basics());
    plan.shape = FileShape::kCounts;
    plan.day = Take(Role::kDay);
    if (plan.day.empty()) return Missing(Role::kDay);
    plan.count = Take(Role::kCount);
    plan.delay = Take(Role::kDelay);
    if (plan.delay.empty()) return Missing(Role::kDelay);
    plan.base_offset = Take(Role::kBaseOffset);
    RIPEN_RETURN_IF_ERROR(TakeOutcomeStage(plan));
    if (plan.outcome_stage.empty() && plan.constant_stage.empty()) {
      return Missing(Role::kOutcomeStage);
    }
    RIPEN_RETURN_IF_ERROR(CheckConfiguredColumns(plan.shape));
    plan.arrived_at = Take(Role::kArrivedAt);
    RIPEN_RETURN_IF_ERROR(SetWhere(plan));
    AddAttributes(plan);
    return plan;
  }

  Result<ImportPlan> MapTable() {
    if (HoldsCounts()) return MapCounts();
    const bool names_a_stage = !Peek(Role::kOutcomeStage).empty() || !config_.source.stage.empty();
    const std::string happened = Configured(NamesOf(Role::kOutcomeTime).key);
    const std::string shown = Peek(Role::kShownAt);
    // A bare "date" or "timestamp" is the outcome's where the file names stages of outcomes.
    const bool shown_is_generic =
        shown.empty() || Contains(NamesOf(Role::kOutcomeTime).names, NormaliseName(shown));
    const bool shown_is_configured = !Configured(NamesOf(Role::kShownAt).key).empty();
    const bool has_outcome_time = !happened.empty() || !Peek(Role::kOutcomeTime).empty();
    if (names_a_stage && has_outcome_time && !shown_is_configured && shown_is_generic &&
        StageColumnHoldsStages()) {
      return MapOutcomes();
    }
    return MapRecommendations();
  }

  // Whether a stage is constant, or the stage column's values are stages of the ladder.
  bool StageColumnHoldsStages() const {
    const std::string name = Peek(Role::kOutcomeStage);
    if (name.empty()) return !config_.source.stage.empty();
    if (!Configured(NamesOf(Role::kOutcomeStage).key).empty()) return true;
    const ColumnProbe& column = *Find(name);
    return column.sample.empty() ||
           std::any_of(column.sample.begin(), column.sample.end(), [&](const auto& value) {
             return value && (config_.stages.IndexOf(*value) || ledger::IsShownWord(*value));
           });
  }

  Result<ImportPlan> MapRecommendations() {
    RIPEN_ASSIGN_OR_RETURN(ImportPlan plan, Basics());
    plan.id = Take(Role::kId);
    if (plan.id.empty()) return Missing(Role::kId);
    plan.shown_at = Take(Role::kShownAt);
    if (plan.shown_at.empty()) return Missing(Role::kShownAt);
    plan.stages = TakeStages();
    plan.shape = plan.stages.empty() ? FileShape::kLongRecommendations : FileShape::kWide;
    RIPEN_RETURN_IF_ERROR(CheckConfiguredColumns(plan.shape));
    TakeCommon(plan);
    plan.customer_id = Take(Role::kCustomerId);
    plan.item_id = Take(Role::kItemId);
    plan.position = Take(Role::kPosition);
    plan.score = Take(Role::kScore);
    plan.list_id = Take(Role::kListId);
    plan.truth_flag = Take(Role::kTruthFlag);
    RIPEN_RETURN_IF_ERROR(SetWhere(plan));
    AddAttributes(plan);
    return plan;
  }

  void TakeCommon(ImportPlan& plan) {
    plan.arrived_at = Take(Role::kArrivedAt);
    plan.value = Take(Role::kValue);
    plan.currency = Take(Role::kCurrency);
  }

  Result<ImportPlan> MapOutcomes() {
    RIPEN_ASSIGN_OR_RETURN(ImportPlan plan, Basics());
    plan.shape = FileShape::kLongOutcomes;
    RIPEN_RETURN_IF_ERROR(TakeOutcomeRoles(plan));
    RIPEN_RETURN_IF_ERROR(CheckConfiguredColumns(plan.shape));
    RIPEN_RETURN_IF_ERROR(SetWhere(plan));
    std::vector<std::string> unused;
    for (const ColumnProbe& column : probe_.columns) {
      if (!taken_.contains(column.name)) unused.push_back(column.name);
    }
    if (!unused.empty()) {
      plan.notes.push_back(fmt::format("Not used in {}, a file of outcomes: {}.", probe_.path,
                                       fmt::join(unused, ", ")));
    }
    return plan;
  }

  Status TakeOutcomeStage(ImportPlan& plan) {
    plan.outcome_stage = Take(Role::kOutcomeStage);
    if (plan.outcome_stage.empty()) plan.constant_stage = config_.source.stage;
    if (!plan.constant_stage.empty() && !config_.stages.IndexOf(plan.constant_stage)) {
      return UnknownStage(plan.constant_stage);
    }
    return {};
  }

  Status TakeOutcomeRoles(ImportPlan& plan) {
    plan.id = Configured(NamesOf(Role::kRecommendationId).key);
    if (plan.id.empty()) plan.id = Configured(NamesOf(Role::kId).key);
    if (plan.id.empty()) plan.id = FirstOf(NamesOf(Role::kRecommendationId).names);
    if (plan.id.empty()) {
      return Missing(Role::kRecommendationId);
    }
    taken_.insert(plan.id);
    RIPEN_RETURN_IF_ERROR(TakeOutcomeStage(plan));
    plan.outcome_time = Take(Role::kOutcomeTime);
    if (plan.outcome_time.empty()) {
      // A column named like the constant stage's own time: returned_at of returns.
      plan.outcome_time = FirstOf(AliasesOf(plan.constant_stage).times);
      if (!plan.outcome_time.empty()) taken_.insert(plan.outcome_time);
    }
    if (plan.outcome_time.empty()) {
      return Missing(Role::kOutcomeTime);
    }
    plan.event_id = Take(Role::kEventId);
    plan.retracted = Take(Role::kRetracted);
    TakeCommon(plan);
    return {};
  }

  tl::unexpected<Error> UnknownStage(const std::string& stage) const {
    std::vector<std::string> known;
    for (const Stage& each : config_.stages.stages()) known.push_back(each.name);
    return Fail(ErrorCode::kInvalidArgument,
                fmt::format("[source] stage = \"{}\" is no stage; the stages are {}.", stage,
                            fmt::join(known, ", ")));
  }

  Result<std::vector<ImportPlan>> MapEvents() {
    std::vector<ImportPlan> plans;
    if (!Peek(Role::kShownAt).empty()) {
      RIPEN_ASSIGN_OR_RETURN(ImportPlan recommendations, Basics());
      recommendations.shape = FileShape::kLongRecommendations;
      recommendations.id =
          Configured("id").empty() ? FirstOf(std::vector<std::string>{"id"}) : Configured("id");
      if (recommendations.id.empty()) return Missing(Role::kId);
      taken_.insert(recommendations.id);
      recommendations.shown_at = Take(Role::kShownAt);
      recommendations.customer_id = Take(Role::kCustomerId);
      recommendations.item_id = Take(Role::kItemId);
      recommendations.position = Take(Role::kPosition);
      recommendations.score = Take(Role::kScore);
      recommendations.list_id = Take(Role::kListId);
      recommendations.truth_flag = Take(Role::kTruthFlag);
      plans.push_back(std::move(recommendations));
    }
    if (!Peek(Role::kOutcomeTime).empty()) {
      RIPEN_ASSIGN_OR_RETURN(ImportPlan outcomes, Basics());
      outcomes.shape = FileShape::kLongOutcomes;
      RIPEN_RETURN_IF_ERROR(TakeOutcomeRoles(outcomes));
      plans.push_back(std::move(outcomes));
    }
    if (plans.empty()) return Missing(Role::kShownAt);
    // Both kinds of event may carry these.
    ImportPlan shared;
    if (plans.size() == 2) {
      for (const std::string& column : {plans[1].arrived_at, plans[1].value, plans[1].currency}) {
        taken_.erase(column);
      }
    }
    TakeCommon(shared);
    for (ImportPlan& plan : plans) {
      plan.arrived_at = shared.arrived_at;
      plan.value = shared.value;
      plan.currency = shared.currency;
      RIPEN_RETURN_IF_ERROR(SetWhere(plan));
    }
    if (plans.front().shape == FileShape::kLongRecommendations) {
      AddAttributes(plans.front());
    }
    return plans;
  }

  // Whether a role is one that a file of this shape alone has: others of the import may lack it.
  static bool BelongsTo(const std::string& key, FileShape shape) {
    static const std::vector<std::string> kShared{"id", "value", "currency", "arrivedat"};
    static const std::vector<std::string> kOfOutcomes{"recommendationid", "happenedat", "eventid",
                                                      "retracted"};
    static const std::vector<std::string> kOfCounts{"day", "delay", "baseoffset", "count"};
    if (Contains(kShared, key)) return false;
    if (key == "stage") return shape == FileShape::kLongOutcomes || shape == FileShape::kCounts;
    if (Contains(kOfOutcomes, key)) return shape == FileShape::kLongOutcomes;
    if (Contains(kOfCounts, key)) return shape == FileShape::kCounts;
    return shape == FileShape::kWide || shape == FileShape::kLongRecommendations;
  }

  // A column that the user named for a role this shape needs must be there.
  Status CheckConfiguredColumns(FileShape shape) const {
    for (const auto& [key, column] : config_.source.columns) {
      if (Find(column) || !BelongsTo(NormaliseName(key), shape)) continue;
      const auto nearest = NearestName(column, ColumnNames());
      return Fail(ErrorCode::kInvalidArgument,
                  fmt::format("{}: [source] columns names \"{}\" for {}, but there is no such "
                              "column{}. The columns are: {}.",
                              probe_.path, column, key,
                              nearest ? fmt::format("; the nearest is \"{}\"", *nearest) : "",
                              ColumnList()));
    }
    return {};
  }

  void AddAttributes(ImportPlan& plan) const {
    AttributeGuesses guesses = GuessAttributes(probe_, config_, taken_);
    plan.attributes = std::move(guesses.attributes);
    plan.notes.insert(plan.notes.end(), guesses.notes.begin(), guesses.notes.end());
  }

  const FileProbe& probe_;
  const Config& config_;
  std::set<std::string> taken_;
};

}  // namespace

Result<std::vector<ImportPlan>> GuessMapping(const FileProbe& probe, const Config& config) {
  return Mapper(probe, config).Map();
}

}  // namespace ripen::ingest
