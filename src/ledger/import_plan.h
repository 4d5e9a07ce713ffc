// How a file is read: which column plays which role. Guessed by ingest, carried out by a Store.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/day.h"
#include "base/time_zone.h"
#include "model/check_report.h"
#include "model/slice.h"
#include "model/stage.h"

namespace ripen::ledger {

enum class FileFormat { kCsv, kParquet, kNdjson };

// What a Store sees of a file before it is mapped: its columns and a sample.
struct ColumnProbe {
  std::string name;
  std::vector<std::optional<std::string>> sample;  // the first rows as text; nullopt = NULL/empty
  std::int64_t distinct_in_sample = 0;             // over a larger sample (up to 20,000 rows)
  bool numeric_in_sample = false;                  // every non-empty sampled value is a number
  std::string engine_type;                         // Parquet: the column's type, else "VARCHAR"
};
struct FileProbe {
  std::string path;
  FileFormat format = FileFormat::kCsv;
  char delimiter = ',';
  int header_line = 1;  // 2 after a `sep=` line
  std::vector<ColumnProbe> columns;
  std::int64_t sampled_rows = 0;
};

enum class DateOrder { kRefuseAmbiguous, kDayFirst, kMonthFirst };

// A stage's columns in a wide file; either or both may be given.
struct StageColumns {
  std::string flag_column;  // boolean, empty if none
  std::string time_column;  // empty if none
};

// A file may have at most so many attributes.
constexpr std::size_t kMostAttributes = 32;

struct AttributeColumn {
  std::string column;
  std::string attribute;  // the name findings use
  AttributeKind kind = AttributeKind::kCustomer;
};

// kCounts: daily counts by attributes, stage and delay, for those who hand over no rows.
enum class FileShape { kWide, kLongRecommendations, kLongOutcomes, kCounts };

// One file and how to read it. Column names are as in the file; an empty name is "not given".
struct ImportPlan {
  FileProbe file;
  FileShape shape = FileShape::kWide;
  std::string id;
  std::string shown_at;
  std::string arrived_at;
  std::string customer_id;
  std::string item_id;
  std::string position;
  std::string score;
  std::string list_id;
  std::string value;
  std::string currency;
  std::string truth_flag;
  std::map<std::string, StageColumns> stages;  // wide: stage name -> columns
  // Long outcomes: id = the recommendation's id; then
  std::string outcome_stage;   // column that names the stage, or
  std::string constant_stage;  // `[source] stage`
  std::string outcome_time;    // happened_at
  std::string event_id;
  std::string retracted;
  // Counts: outcome_stage or constant_stage names the stage, or that they are recommendations;
  std::string day;          // the day shown
  std::string delay;        // days from the base event until it was known
  std::string base_offset;  // of a stage of another stage: days from shown to its base event
  std::string count;
  std::vector<AttributeColumn> attributes;
  std::string where;  // `[source] where`: column = value pairs joined by AND, see ingest
  DateOrder date_order = DateOrder::kRefuseAmbiguous;
  TimeZone source_zone;                    // of times without an offset
  std::optional<std::string> snapshot_at;  // --snapshot-at, as written (a day or RFC 3339)
  // Live input: when it was received, which is then the arrival of every row. Absent for files.
  std::optional<Moment> received_at;
  std::vector<std::string> notes;  // what the guess wants to tell the user
};

// A role ("id", "shown_at", "click", "click_at", "truth", ...) and the column that plays it.
struct RoleColumn {
  std::string role;
  std::string column;
};
// The roles that a plan fills, in the order in which people are told. Attributes have none.
std::vector<RoleColumn> RolesOf(const ImportPlan& plan);

// Whether a stage column of counts says that a row counts the recommendations themselves: "shown",
// "impressions", "empfehlungen", ... in any case.
bool IsShownWord(std::string_view text);

// Called with bytes (or rows) done and the total, at most a few times a second.
using Progress = std::function<void(std::string_view what, double share_done)>;

}  // namespace ripen::ledger
