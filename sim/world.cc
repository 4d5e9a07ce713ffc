#include "sim/world.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <memory>
#include <string_view>
#include <system_error>

#include "sim/chosen_change.h"
#include "sim/generator.h"
#include "sim/list_truth.h"
#include "sim/scenario.h"
#include "sim/text_file.h"
#include "sim/truth_json.h"
#include "sim/world_writer.h"

namespace ripen::sim {
namespace {

// The day of the export; change days are counted back from it.
Day LastDay() { return Day::FromYmd(2026, 11, 20); }

constexpr int kLargestPerDay = 10'000'000;
constexpr int kMostDays = 3'660;

Status CheckOptions(const WorldOptions& options, const Scenario* scenario) {
  if (scenario == nullptr) {
    return Fail(ErrorCode::kInvalidArgument,
                fmt::format("simulate: --scenario '{}' is none of {}.", options.scenario,
                            fmt::join(ScenarioNames(), ", ")));
  }
  if (options.folder.empty()) {
    return Fail(ErrorCode::kInvalidArgument, "simulate: --out must name a folder, got ''.");
  }
  if (options.per_day < 1 || options.per_day > kLargestPerDay) {
    return Fail(ErrorCode::kInvalidArgument,
                fmt::format("simulate: --per-day must be 1 to {}, got {}.", kLargestPerDay,
                            options.per_day));
  }
  // A change needs a day before it.
  const int fewest_days = std::max(1, scenario->change_days_before_last + 2);
  const int days = options.days == 0 ? scenario->default_days : options.days;
  if (days < fewest_days || days > kMostDays) {
    return Fail(ErrorCode::kInvalidArgument,
                fmt::format("simulate: --days must be {} to {} for scenario {}, got {}.",
                            fewest_days, kMostDays, scenario->name, days));
  }
  if (!(options.share_25_34 >= 0.01 && options.share_25_34 <= 0.9)) {
    return Fail(
        ErrorCode::kInvalidArgument,
        fmt::format("simulate: --share-25-34 must be 0.01 to 0.9, got {}.", options.share_25_34));
  }
  if (!(options.purchase_rate >= 0 && options.purchase_rate <= 0.15)) {
    return Fail(ErrorCode::kInvalidArgument,
                fmt::format("simulate: --purchase-rate must be 0 to 0.15 of what is shown, since "
                            "only clickers buy, got {}.",
                            options.purchase_rate));
  }
  if (options.lists != 0 && (options.lists < 2 || options.lists > 5)) {
    return Fail(
        ErrorCode::kInvalidArgument,
        fmt::format("simulate: --lists must be 2 to 5, or 0 for none, got {}.", options.lists));
  }
  const bool is_long = options.shape == Shape::kLong || options.format == Format::kNdjson;
  if (options.format == Format::kNdjson && options.shape == Shape::kWide) {
    return Fail(ErrorCode::kInvalidArgument,
                "simulate: --format ndjson writes events; it has no --shape wide.");
  }
  if (is_long && options.dates_only) {
    return Fail(ErrorCode::kInvalidArgument,
                "simulate: --dates-only is for --shape wide: an outcome of its own has a time.");
  }
  if (options.wide_file_name.empty() || options.wide_file_name.find('/') != std::string::npos) {
    return Fail(ErrorCode::kInvalidArgument,
                fmt::format("simulate: the file name must be a name without folders, got '{}'.",
                            options.wide_file_name));
  }
  return {};
}

bool IsLong(const WorldOptions& options, const Scenario& scenario) {
  if (options.format == Format::kNdjson) return true;
  if (options.shape) return *options.shape == Shape::kLong;
  // Late messages, orphans and corrections need messages.
  return scenario.messy && !options.dates_only;
}

Status WriteText(const std::string& path, const std::string& text) {
  RIPEN_ASSIGN_OR_RETURN(TextFile file, TextFile::Create(path, std::nullopt));
  file.line() += text;
  return file.Close();
}

}  // namespace

std::vector<ScenarioSummary> Scenarios() {
  std::vector<ScenarioSummary> summaries;
  for (const Scenario& scenario : ScenarioTable()) {
    summaries.push_back({std::string(scenario.name), std::string(scenario.summary)});
  }
  return summaries;
}

std::vector<std::string> ScenarioNames() {
  std::vector<std::string> names;
  for (const Scenario& scenario : ScenarioTable()) names.emplace_back(scenario.name);
  return names;
}

Result<WorldSummary> WriteWorld(const WorldOptions& options) {
  const Scenario* found = FindScenario(options.scenario);
  std::optional<Scenario> chosen;
  if (found != nullptr) {
    RIPEN_ASSIGN_OR_RETURN(chosen, WithChosenChange(options, *found));
  }
  const Scenario* scenario = chosen ? &*chosen : nullptr;
  RIPEN_RETURN_IF_ERROR(CheckOptions(options, scenario));
  std::error_code error;
  std::filesystem::create_directories(options.folder, error);
  if (error) {
    return Fail(ErrorCode::kUnavailable, fmt::format("simulate: cannot make the folder '{}': {}.",
                                                     options.folder, error.message()));
  }
  const int days = options.days == 0 ? scenario->default_days : options.days;
  const Day last_day = LastDay();
  const Day first_day = last_day - (days - 1);
  const std::int64_t snapshot_seconds = (last_day + 1).days_since_epoch() * kSecondsPerDay;

  const Generator generator(options, *scenario, first_day, last_day);
  RIPEN_ASSIGN_OR_RETURN(const std::unique_ptr<WorldWriter> writer,
                         IsLong(options, *scenario)
                             ? MakeLongWriter(options, *scenario, snapshot_seconds)
                             : MakeWideWriter(options, *scenario, snapshot_seconds));
  std::int64_t number = 0;
  ListTruth lists;
  for (Day day = first_day; day <= last_day; day = day + 1) {
    const DayPlan plan = generator.PlanDay(day);
    for (std::int64_t index = 0; index < plan.count; ++index) {
      const Recommendation row = generator.Make(plan, index, ++number);
      lists.Add(row, day);
      writer->Add(row);
    }
    writer->EndDay(day);
  }
  RIPEN_RETURN_IF_ERROR(writer->Close());

  WorldSummary summary{.files = writer->files,
                       .truth_file = fmt::format("{}/truth.json", options.folder),
                       .recommendations = writer->recommendations,
                       .outcomes = writer->outcomes,
                       .first_day = first_day,
                       .last_day = last_day,
                       .change_day = generator.change_day()};
  RIPEN_RETURN_IF_ERROR(WriteText(
      summary.truth_file,
      TruthJson(options, *scenario, generator, *writer, lists.Days(), first_day, last_day)));
  return summary;
}

}  // namespace ripen::sim
