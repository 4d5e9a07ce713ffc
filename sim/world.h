// Worlds with a known truth: logs of a shop whose recommendations, clicks, purchases and returns
// follow rates that are written down beside them. Feeds the tests, the benchmark and the demo, and
// shares no code with what it judges.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/day.h"
#include "base/result.h"

namespace ripen::sim {

enum class Language { kEnglish, kGerman };
// Wide: one row for each recommendation, outcomes in columns. Long: recommendations and outcomes
// apart. NDJSON is always events, so it is long.
enum class Shape { kWide, kLong };
enum class Format { kCsv, kNdjson };

// What to simulate. Each field names its flag of `ripen simulate`.
struct WorldOptions {
  std::string folder;                      // --out; made if it does not exist
  std::string scenario = "segment-drop";   // --scenario, one of ScenarioNames()
  std::uint64_t seed = 1;                  // --seed
  int per_day = 1000;                      // --per-day: recommendations a day, on average
  int days = 0;                            // --days; 0 = the scenario's own span, usually 30
  Language language = Language::kEnglish;  // --language en|de: headers, values, dates, ja/nein
  std::optional<Shape> shape;              // --shape wide|long; not given: wide (messy: long)
  Format format = Format::kCsv;            // --format csv|ndjson
  bool dates_only = false;                 // --dates-only: days without times, outcomes as booleans
  double share_25_34 = 0.10;               // --share-25-34: their share of the recommendations
  bool wide_attributes = false;            // --wide-attributes: 6 customer and context and 4 item
                                           // attributes; without it 4 and 1
  double purchase_rate = 0.035;            // --purchase-rate: purchases of shown; only clickers buy
  // A change of the caller's own, in a scenario in which nothing else changes.
  std::string change_slice;  // --change-slice: "age_group=25-34,region=South"; empty = everybody
  std::string change_stage;  // --change-stage: click (default), purchase or return
  double change_factor = 1;  // --change-factor: its rate, given the stage before, times this ...
  int change_days = 0;       // --change-days: ... in so many days at the end; 0 = no such change
  int lists = 0;  // --lists: so many recommendations (2 to 5) are shown to one customer at
                  // one moment, at positions 1, 2, ...; 0 = each stands alone
  std::string wide_file_name = "recommendations.csv";  // the name of a wide file
};

// The seed of the example that `ripen demo` shows, of the default world: 25-34 go from 28.3 to 14.9
// clicks in 100, everything together from 24.1 to 22.4 (23.5 over the month).
constexpr std::uint64_t kExampleSeed = 31;

struct WorldSummary {
  std::vector<std::string> files;  // what to give to `ripen check`, in the order to give it
  std::string truth_file;          // truth.json: what a monitor should find, and when it began
  std::int64_t recommendations = 0;
  std::int64_t outcomes = 0;  // clicks, purchases and returns that are in the files
  Day first_day;
  Day last_day;
  std::optional<Day> change_day;
};

struct ScenarioSummary {
  std::string name;
  std::string summary;  // one English sentence
};

// All scenarios, in the order of the guide; the first is the default.
std::vector<ScenarioSummary> Scenarios();
std::vector<std::string> ScenarioNames();

// Writes the files of a world and its truth.json; files of the same names are replaced. The files
// are what a warehouse would export at the end of the last day, 2026-11-20: outcomes later than
// that are not in them. The same options give the same bytes on every machine.
// Errors: kInvalidArgument for an unknown scenario or a value outside its bounds, named with its
// flag; kUnavailable when the folder or a file cannot be written.
// Cost: about a million recommendations a second; memory does not grow with the rows, except for
// the long shape's outcomes of days to come and for `messy`, which holds its files to shuffle them.
[[nodiscard]] Result<WorldSummary> WriteWorld(const WorldOptions& options);

}  // namespace ripen::sim
