// ripen_sim: writes a world without the product, for tests of the simulator and for benchmarks.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <map>
#include <string>

#include "sim/world.h"

int main(int argc, char** argv) {
  using namespace ripen;
  sim::WorldOptions options;
  sim::Shape shape = sim::Shape::kWide;
  CLI::App app("Writes logs with a known truth.");
  app.add_option("--out", options.folder, "Folder to write into")->required();
  app.add_option("--scenario", options.scenario, "What happens");
  app.add_option("--seed", options.seed, "Another seed is another history");
  app.add_option("--per-day", options.per_day, "Recommendations a day");
  app.add_option("--days", options.days, "Days; 0 is the scenario's own span");
  app.add_option("--language", options.language, "en or de")
      ->transform(CLI::CheckedTransformer(std::map<std::string, sim::Language>{
          {"en", sim::Language::kEnglish}, {"de", sim::Language::kGerman}}));
  CLI::Option* shape_option =
      app.add_option("--shape", shape, "wide or long")
          ->transform(CLI::CheckedTransformer(std::map<std::string, sim::Shape>{
              {"wide", sim::Shape::kWide}, {"long", sim::Shape::kLong}}));
  app.add_option("--format", options.format, "csv or ndjson")
      ->transform(CLI::CheckedTransformer(std::map<std::string, sim::Format>{
          {"csv", sim::Format::kCsv}, {"ndjson", sim::Format::kNdjson}}));
  app.add_flag("--dates-only", options.dates_only, "Days without times, outcomes as booleans");
  app.add_option("--share-25-34", options.share_25_34, "Their share of the recommendations");
  app.add_flag("--wide-attributes", options.wide_attributes, "Six and four attributes");
  app.add_option("--purchase-rate", options.purchase_rate, "Purchases of shown");
  CLI11_PARSE(app, argc, argv);
  if (shape_option->count() > 0) options.shape = shape;
  const Result<sim::WorldSummary> summary = sim::WriteWorld(options);
  if (!summary) {
    fmt::print(stderr, "{}\n", summary.error().message);
    return ExitCodeOf(summary.error().code);
  }
  for (const std::string& file : summary->files) fmt::print("{}\n", file);
  fmt::print("{}\n{} recommendations, {} outcomes\n", summary->truth_file, summary->recommendations,
             summary->outcomes);
  return 0;
}
