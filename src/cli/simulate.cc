// ripen simulate: logs with a known truth.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <map>
#include <memory>
#include <string>

#include "cli/terminal.h"
#include "cli/verb.h"
#include "sim/world.h"

namespace ripen::cli {
namespace {

struct SimulateFlags {
  sim::WorldOptions world;
  sim::Shape shape = sim::Shape::kWide;
  bool list = false;
};

int Run(const SimulateFlags& flags, bool shape_given) {
  if (flags.list) {
    std::string text;
    for (const sim::ScenarioSummary& each : sim::Scenarios()) {
      text += fmt::format("{:16} {}\n", each.name, each.summary);
    }
    return Print(text);
  }
  sim::WorldOptions options = flags.world;
  if (options.folder.empty()) {
    return Refuse(
        {ErrorCode::kInvalidArgument, "simulate needs a folder to write into: --out FOLDER."});
  }
  if (shape_given) options.shape = flags.shape;
  const Result<sim::WorldSummary> summary = sim::WriteWorld(options);
  if (!summary) return Refuse(summary.error());
  Say(
      fmt::format("{} recommendations from {} to {} and {} outcomes; what a monitor should find is "
                  "in {}.",
                  summary->recommendations, summary->first_day.Iso(), summary->last_day.Iso(),
                  summary->outcomes, summary->truth_file));
  return Print(fmt::format("{}", fmt::join(summary->files, "\n")));
}

}  // namespace

Verb AddSimulate(CLI::App& program) {
  auto flags = std::make_shared<SimulateFlags>();
  sim::WorldOptions& world = flags->world;
  CLI::App* verb = program.add_subcommand("simulate", "Write logs whose truth is known");
  verb->add_option("--out", world.folder, "Folder to write into")->type_name("FOLDER");
  verb->add_option("--scenario", world.scenario, "What happens; --list names them all");
  verb->add_flag("--list", flags->list, "List the scenarios");
  verb->add_option("--seed", world.seed, "Another seed is another history; default 1");
  verb->add_option("--per-day", world.per_day, "Recommendations a day, on average; default 1000");
  verb->add_option("--days", world.days, "Days; default: the scenario's own, usually 30");
  verb->add_option("--language", world.language, "Of headers and values: en (default) or de")
      ->transform(CLI::CheckedTransformer(std::map<std::string, sim::Language>{
          {"en", sim::Language::kEnglish}, {"de", sim::Language::kGerman}}));
  CLI::Option* shape = verb->add_option("--shape", flags->shape, "wide (default) or long");
  shape->transform(CLI::CheckedTransformer(
      std::map<std::string, sim::Shape>{{"wide", sim::Shape::kWide}, {"long", sim::Shape::kLong}}));
  verb->add_option("--format", world.format, "csv (default) or ndjson")
      ->transform(CLI::CheckedTransformer(std::map<std::string, sim::Format>{
          {"csv", sim::Format::kCsv}, {"ndjson", sim::Format::kNdjson}}));
  verb->add_flag("--dates-only", world.dates_only, "Days without times, outcomes as booleans");
  verb->add_option("--share-25-34", world.share_25_34,
                   "Share of the recommendations that go to customers aged 25 to 34; default 0.1");
  verb->add_flag("--wide-attributes", world.wide_attributes,
                 "Six customer and context and four item attributes instead of four and one");
  verb->add_option("--purchase-rate", world.purchase_rate, "Purchases of shown; default 0.035");
  verb->add_option("--lists", world.lists,
                   "So many recommendations (2 to 5) are shown together, at positions 1, 2, ...; "
                   "default: each stands alone");
  verb->add_option("--change-slice", world.change_slice,
                   "With --scenario stable or noisy: a change of your own, for this group, like "
                   "age_group=25-34,region=South; default everybody");
  verb->add_option("--change-stage", world.change_stage,
                   "... of click (default), purchase or return");
  verb->add_option("--change-factor", world.change_factor, "... whose rate is multiplied by this");
  verb->add_option("--change-days", world.change_days, "... in so many days at the end");
  verb->footer("Example: ripen simulate --out world --scenario segment-drop --seed 7");
  return {verb, [flags, shape] { return Run(*flags, shape->count() > 0); }};
}

}  // namespace ripen::cli
