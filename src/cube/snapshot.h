// The cube as it was known on one day: the only thing statistics see.
//
// A cell is one combination of the adjustment attributes (base family), or of the adjustment
// attributes and one further attribute (one family for each further attribute, items above all).
// Every slice of one or two attributes, at most one of them a further one, is a sum of cells.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "base/day.h"
#include "model/slice.h"
#include "model/stage.h"

namespace ripen::cube {

// An attribute that is a segment, with its dictionary. A cell holds indices into `values`.
struct Attribute {
  std::string name;
  AttributeKind kind = AttributeKind::kCustomer;
  std::vector<AttributeValue> values;  // sorted, missing first
  // Values seen in the first 14 days shown (or in all days where there are fewer): only these have
  // a weight in the false-alarm budget. Same length as `values`.
  std::vector<bool> known_at_start;
  // Distinct customers over the span (no more than 2,000 are told apart), else recommendations:
  // compared with smallest_group.
  std::vector<std::int64_t> members;
};

// Who stands behind every pair of values of two attributes; compared with smallest_group. Where
// customers are not known there is none, and recommendations count.
struct PairMembers {
  static constexpr std::int64_t kMost = 50;  // no more customers of a pair are told apart
  std::size_t first = 0;                     // indices into Snapshot::attributes; first < second
  std::size_t second = 0;
  std::vector<std::int64_t> members;  // by the first's value, then the second's
};

// One row of counts: outcomes (or, for shown, recommendations) of one cell and day.
struct CountRow {
  std::int32_t cell = 0;
  Day shown;
  std::int32_t base_offset = 0;  // days from shown to the base event; 0 for stages of shown
  std::int32_t delay = 0;        // arrival day - base day, in calendar days of the report's zone
  std::int64_t gained = 0;       // stages that became known at that delay
  std::int64_t lost = 0;         // retracted at that delay
};

// The cells of one family and their counts, as known on the snapshot's as-of day.
struct Family {
  std::optional<std::size_t> further;  // index into Snapshot::attributes; nullopt = base family
  // cells[i] = value indices: one for each of Snapshot::adjust, then the further attribute's.
  std::vector<std::vector<std::int32_t>> cells;
  std::vector<CountRow> shown;                // sorted by (cell, shown, base_offset, delay)
  std::vector<std::vector<CountRow>> stages;  // by stage of the ladder, same order
};

// What is settled, by day: rows are recommendations.
struct DayTruth {
  Day shown;
  std::int64_t rows = 0;
  // For each stage of the ladder:
  std::vector<std::int64_t> flagged;         // the truth flag is known to be true
  std::vector<std::int64_t> open_unflagged;  // no flag and the cell is an empty boolean
  // No flag, no event and not an empty boolean: settled only when window and lateness have passed.
  // (rows - flagged - open_unflagged, less the events among them, is what may still come.)
  std::vector<std::int64_t> known_events_unflagged;
};

struct Snapshot {
  Day as_of;
  StageLadder ladder;
  std::vector<bool> stage_given;      // by stage: the data hold it
  std::vector<bool> stage_has_times;  // by stage: its events carry their own times
  // By stage: outcomes without times are known only from this day on (the file's snapshot day).
  std::vector<std::optional<Day>> stage_known_from;
  // By stage: its boolean is empty on exactly the unflagged rows, so an unflagged row says nothing.
  std::vector<bool> stage_empty_where_unflagged;
  std::vector<Attribute> attributes;
  std::vector<PairMembers> pair_members;  // of pairs of which there are counts
  std::vector<std::size_t> adjust;        // indices of the adjustment attributes, in cell order
  std::vector<Family> families;           // families[0] is the base family
  std::vector<DayTruth> truth;            // sorted by day; every day with a recommendation
  std::vector<std::int64_t> orphans;      // by stage: outcomes waiting for their recommendation
  Day first_day;
  Day last_day;
};

}  // namespace ripen::cube
