// ripen_sim: writes a world without the product, for tests of the simulator and for benchmarks. The
// flags are those of `ripen simulate`, each with its value after it.
#include <fmt/format.h>

#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

#include "sim/world.h"

namespace {

using ripen::sim::Format;
using ripen::sim::Language;
using ripen::sim::Shape;
using ripen::sim::WorldOptions;

// False for a flag that does not exist.
bool Set(WorldOptions& options, std::string_view flag, const std::string& value) {
  if (flag == "--out") {
    options.folder = value;
  } else if (flag == "--scenario") {
    options.scenario = value;
  } else if (flag == "--seed") {
    options.seed = std::strtoull(value.c_str(), nullptr, 10);
  } else if (flag == "--per-day") {
    options.per_day = std::atoi(value.c_str());
  } else if (flag == "--days") {
    options.days = std::atoi(value.c_str());
  } else if (flag == "--language") {
    options.language = value == "de" ? Language::kGerman : Language::kEnglish;
  } else if (flag == "--shape") {
    options.shape = value == "long" ? Shape::kLong : Shape::kWide;
  } else if (flag == "--format") {
    options.format = value == "ndjson" ? Format::kNdjson : Format::kCsv;
  } else if (flag == "--share-25-34") {
    options.share_25_34 = std::strtod(value.c_str(), nullptr);
  } else if (flag == "--purchase-rate") {
    options.purchase_rate = std::strtod(value.c_str(), nullptr);
  } else if (flag == "--lists") {
    options.lists = std::atoi(value.c_str());
  } else if (flag == "--change-slice") {
    options.change_slice = value;
  } else if (flag == "--change-stage") {
    options.change_stage = value;
  } else if (flag == "--change-factor") {
    options.change_factor = std::strtod(value.c_str(), nullptr);
  } else if (flag == "--change-days") {
    options.change_days = std::atoi(value.c_str());
  } else {
    return false;
  }
  return true;
}

}  // namespace

int main(int argc, char** argv) {
  const std::vector<std::string> arguments(argv + 1, argv + argc);
  WorldOptions options;
  for (std::size_t index = 0; index < arguments.size(); ++index) {
    const std::string& flag = arguments[index];
    if (flag == "--dates-only") {
      options.dates_only = true;
    } else if (flag == "--wide-attributes") {
      options.wide_attributes = true;
    } else if (index + 1 == arguments.size() || !Set(options, flag, arguments[index + 1])) {
      fmt::print(stderr, "ripen_sim: no flag '{}' or no value after it; see sim/world.h.\n", flag);
      return 2;
    } else {
      ++index;
    }
  }
  const ripen::Result<ripen::sim::WorldSummary> summary = ripen::sim::WriteWorld(options);
  if (!summary) {
    fmt::print(stderr, "{}\n", summary.error().message);
    return ripen::ExitCodeOf(summary.error().code);
  }
  for (const std::string& file : summary->files) fmt::print("{}\n", file);
  fmt::print("{}\n{} recommendations, {} outcomes\n", summary->truth_file, summary->recommendations,
             summary->outcomes);
  return 0;
}
