// Everything a user can configure, with its default. `ripen.toml` is read by cli; these structs are
// what the rest of Ripen sees.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "model/annotation.h"
#include "model/slice.h"
#include "model/stage.h"

namespace ripen {

struct SourceConfig {
  // Role ("id", "shown_at", "clicked", "purchased_at", "truth", "customer_id", ...) -> column.
  std::map<std::string, std::string> columns;
  std::string time_zone;   // of times without an offset; empty = the report's
  std::string date_order;  // "dmy" or "mdy"; empty = ambiguous dates are set aside
  std::string where;       // "column = 'value' and other = 'x'": rows to read
  std::string stage;       // the stage of every outcome in a long file without a stage column
};

struct ReportConfig {
  std::string time_zone = "UTC";  // decides which day a recommendation belongs to
  std::string language = "en";    // "en" or "de"
  std::string currency = "EUR";
};

// Two values of one attribute whose gap is watched.
struct FairnessPairConfig {
  Segment group;
  Segment against;
};

struct SegmentsConfig {
  std::vector<std::string> customer;  // attributes of the customer; overrides the guess
  std::vector<std::string> item;
  std::vector<std::string> context;
  std::vector<std::string> adjust;  // adjustment attributes; empty = chosen by rule
  // Attributes whose best and worst groups are compared; empty = all of the customer.
  std::vector<std::string> fairness;
  std::vector<FairnessPairConfig> fairness_pairs;
  std::map<std::string, std::vector<double>> bins;  // numeric attribute -> inner edges
  // Values of one attribute that say that the model did not make a recommendation; empty = guessed.
  std::vector<Segment> fallback;
};

struct AlertsConfig {
  double false_alarm_every_days = 90;  // at most one false alarm in so many days, over everything
  double watch_days = 7;               // evidence for the list of signs that are never pushed
  int slice_attributes = 3;            // of a responsible group, at most: 1 to 3
  std::vector<Segment> key_segments;   // get up to half of their level's weight
};

struct PrivacyConfig {
  std::int64_t smallest_group = 20;  // distinct customers, else recommendations
  int keep_days = 0;                 // 0 = for ever
};

struct Config {
  SourceConfig source;
  ReportConfig report;
  StageLadder stages = StageLadder::Default();
  bool stages_configured = false;  // false: stages without any column are left out
  SegmentsConfig segments;
  AlertsConfig alerts;
  PrivacyConfig privacy;
  std::vector<Annotation> annotations;  // checked, in the order of the file
  std::uint64_t seed = 1;
};

}  // namespace ripen
