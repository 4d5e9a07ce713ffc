// Simulates worlds and prints on which day each change was first said, as the monitor would have
// said it: every day's counts are read from the store anew, and looked at whole.
//
// Usage: first_alert FIRST_SEED WORLDS SCENARIO PER_DAY DAYS PURCHASE_RATE SLICE STAGE FACTOR
// CHANGE_DAYS Prints a line for each seed: the days known (0 = never) and as what ("exactly",
// "wider", "narrower").
#include <fmt/format.h>

#include <cstdlib>
#include <filesystem>
#include <string>
#include <vector>

#include "ingest/guess_mapping.h"
#include "monitor/look.h"
#include "sim/world.h"
#include "store/open_store.h"

namespace ripen {
namespace {

struct Said {
  int days = 0;
  std::string named = "-";
};

Slice SliceOf(std::string text) {
  std::vector<Segment> segments;
  while (!text.empty()) {
    const std::string part = text.substr(0, text.find(','));
    text.erase(0, part.size() + 1);
    segments.push_back({part.substr(0, part.find('=')), part.substr(part.find('=') + 1)});
  }
  return Slice::Of(std::move(segments));
}

Result<Said> Replay(const sim::WorldOptions& options) {
  std::filesystem::remove_all(options.folder);
  RIPEN_ASSIGN_OR_RETURN(const sim::WorldSummary world, sim::WriteWorld(options));
  Config config;
  ledger::StoreConfig settings;
  settings.ladder = config.stages;
  settings.threads = 1;
  RIPEN_ASSIGN_OR_RETURN(const auto store,
                         store::OpenDuckDb(options.folder + "/s.duckdb", settings));
  RIPEN_ASSIGN_OR_RETURN(const ledger::FileProbe probe, store->Probe(world.files.front()));
  RIPEN_ASSIGN_OR_RETURN(const auto plans, ingest::GuessMapping(probe, config));
  RIPEN_ASSIGN_OR_RETURN(const InputSummary input, store->Import(plans, {}));
  const Slice wanted = SliceOf(options.change_slice);
  const Move direction = options.change_factor < 1 ? Move::kFall : Move::kRise;
  for (Day day = *world.change_day; day <= world.last_day; day = day + 1) {
    RIPEN_ASSIGN_OR_RETURN(const cube::Snapshot known, store->ReadSnapshot(day));
    std::string named;
    for (const Finding& finding : monitor::TakeLook(known, input, {}).findings) {
      if (finding.kind != FindingKind::kRateShift || finding.level != Level::kAlert ||
          finding.explained_by || finding.stage != options.change_stage ||
          finding.direction != direction) {
        continue;
      }
      if (finding.slice == wanted) {
        named = "exactly";
      } else if (wanted.IsInside(finding.slice)) {
        if (named != "exactly") named = "wider";
      } else if (finding.slice.IsInside(wanted) && named.empty()) {
        named = "narrower";
      }
    }
    if (!named.empty()) return Said{day - *world.change_day + 1, named};
  }
  return Said{};
}

int Main(const std::vector<std::string>& arguments) {
  if (arguments.size() != 10) {
    fmt::print(stderr, "first_alert: 10 arguments are needed, got {}.\n", arguments.size());
    return 2;
  }
  sim::WorldOptions options;
  std::string folder = (std::filesystem::temp_directory_path() / "ripen-drill-XXXXXX").string();
  if (::mkdtemp(folder.data()) == nullptr) return 3;
  options.folder = folder + "/world";
  const std::uint64_t first = std::strtoull(arguments[0].c_str(), nullptr, 10);
  const std::uint64_t worlds = std::strtoull(arguments[1].c_str(), nullptr, 10);
  options.scenario = arguments[2];
  options.per_day = std::atoi(arguments[3].c_str());
  options.days = std::atoi(arguments[4].c_str());
  options.purchase_rate = std::strtod(arguments[5].c_str(), nullptr);
  options.change_slice = arguments[6];
  options.change_stage = arguments[7];
  options.change_factor = std::strtod(arguments[8].c_str(), nullptr);
  options.change_days = std::atoi(arguments[9].c_str());
  int failed = 0;
  for (std::uint64_t seed = first; seed < first + worlds && failed == 0; ++seed) {
    options.seed = seed;
    const Result<Said> said = Replay(options);
    if (!said) {
      fmt::print(stderr, "{}\n", said.error().message);
      failed = 3;
    } else {
      fmt::print("{} {} {}\n", seed, said->days, said->named);
    }
  }
  std::filesystem::remove_all(folder);
  return failed;
}

}  // namespace
}  // namespace ripen

int main(int argc, char** argv) { return ripen::Main({argv + 1, argv + argc}); }
