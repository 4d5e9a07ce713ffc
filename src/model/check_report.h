// What `ripen check` and GET /api/v1/check answer: the input's account, the stages, the figures
// and the findings, as known on one day.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/day.h"
#include "model/annotation.h"
#include "model/backtest.h"
#include "model/epoch.h"
#include "model/finding.h"
#include "model/metric.h"
#include "model/side_by_side.h"
#include "model/stage.h"
#include "model/total_move.h"

namespace ripen {

// Rows set aside for one reason in one column.
struct RejectedRows {
  std::string reason;  // a sentence
  std::string column;  // as named in the file; empty for the row as a whole
  std::int64_t count = 0;
  std::string first;        // "file.csv:12"
  std::string first_value;  // the offending text, cut at 80 bytes
};

// One row set aside.
struct RejectedLine {
  std::int64_t line = 0;
  std::string column;  // empty for the row as a whole
  std::string value;   // cut at 80 bytes
  std::string reason;  // a sentence
};

// What is known of a day that is not over: counts alone, for its share of outcomes says nothing.
struct SoFarToday {
  Day day;
  std::int64_t recommendations = 0;                            // shown on it
  std::vector<std::pair<std::string, std::int64_t>> outcomes;  // by stage: known on it, of any day
};

// The account of what was read: nothing is lost, nothing counted twice.
struct InputSummary {
  std::int64_t rows = 0;             // rows (NDJSON: events) read
  std::int64_t recommendations = 0;  // distinct ones stored
  std::int64_t outcomes = 0;         // distinct outcome events stored
  std::int64_t duplicates = 0;       // rows that repeat one already known word for word
  std::int64_t conflicts = 0;        // same id, other fact; the earliest arrival was kept
  std::int64_t orphan_outcomes = 0;  // outcomes whose recommendation is not known (yet)
  std::vector<RejectedRows> rejected;
  std::vector<RejectedLine> first_rejected;  // of one import: the first hundred, as they came
  std::optional<Day> first_day;              // cohort days
  std::optional<Day> last_day;
  std::map<std::string, std::string> mapping;  // role or attribute -> column of the file
  std::vector<std::string> notes;              // sentences: ignored columns, detected conventions
  std::optional<SoFarToday> today;             // of a live store whose figures end yesterday
};

// One stage as known on the as-of day.
struct StageSummary {
  Stage stage;
  bool given = true;  // the data hold this stage at all
  bool has_outcome_times = true;
  std::optional<Day> confirmed_through;  // the last day up to which every day is confirmed
  double confirmed_share = 0;            // of the recommendations
};

// One attribute that is a segment, with its values as known.
struct SegmentValueSummary {
  AttributeValue value;
  std::int64_t recommendations = 0;
  bool hidden = false;  // under smallest_group: no figure of it is shown
};
struct SegmentSummary {
  std::string attribute;
  AttributeKind kind = AttributeKind::kCustomer;
  std::vector<SegmentValueSummary> values;
};

struct CheckReport {
  Day as_of;
  double interval = 0.9;
  std::uint64_t seed = 1;
  InputSummary input;
  std::vector<StageSummary> stages;
  std::vector<SegmentSummary> segments;
  std::vector<Metric> metrics;           // by stage (ladder order), slice, from, to
  std::vector<Finding> findings;         // see SortFindings
  std::vector<Annotation> annotations;   // by day: declared ones, and launches that were found
  std::vector<Epoch> epochs;             // the data's start first, the one that is judged by last
  std::vector<TotalMove> moves;          // by stage: the last two weeks that can be compared
  std::vector<SideBySide> side_by_side;  // attributes of the context, stage after stage
  std::vector<StageRecord> records;      // how our own ranges did
  int groups_checked = 0;                // slices other than the total that were watched
};

}  // namespace ripen
