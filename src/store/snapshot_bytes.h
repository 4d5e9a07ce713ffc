// For tests and benchmarks: everything a snapshot holds, as bytes. Two snapshots are the same where
// these are.
#pragma once

#include <fmt/format.h>

#include <iterator>
#include <string>

#include "cube/snapshot.h"

namespace ripen::store {

inline std::string SnapshotBytes(const cube::Snapshot& snapshot) {
  std::string bytes;
  const auto put = [&](const auto&... parts) {
    (fmt::format_to(std::back_inserter(bytes), "{} ", parts), ...);
    bytes += '\n';
  };
  const auto put_day = [](Day day) { return day.days_since_epoch(); };
  put(put_day(snapshot.as_of), put_day(snapshot.first_day), put_day(snapshot.last_day));
  for (std::size_t stage = 0; stage < snapshot.ladder.size(); ++stage) {
    const auto& known_from = snapshot.stage_known_from[stage];
    put(snapshot.ladder[stage].name, snapshot.ladder[stage].window_days,
        snapshot.ladder[stage].lateness_days, bool{snapshot.stage_given[stage]},
        bool{snapshot.stage_has_times[stage]}, known_from ? put_day(*known_from) : -1,
        bool{snapshot.stage_empty_where_unflagged[stage]}, snapshot.orphans[stage]);
  }
  for (const cube::Attribute& attribute : snapshot.attributes) {
    put("attribute", attribute.name, static_cast<int>(attribute.kind));
    for (std::size_t value = 0; value < attribute.values.size(); ++value) {
      put(attribute.values[value] ? "=" + *attribute.values[value] : "missing",
          bool{attribute.known_at_start[value]}, attribute.members[value]);
    }
  }
  for (const cube::PairMembers& pair : snapshot.pair_members) {
    put("pair", pair.first, pair.second);
    for (const std::int64_t members : pair.members) put(members);
  }
  for (const std::size_t adjusted : snapshot.adjust) put("adjust", adjusted);
  const auto put_rows = [&](const std::vector<cube::CountRow>& rows) {
    put("rows", rows.size());
    for (const cube::CountRow& row : rows) {
      put(row.cell, put_day(row.shown), row.base_offset, row.delay, row.gained, row.lost);
    }
  };
  for (const cube::Family& family : snapshot.families) {
    put("family", family.further ? static_cast<int>(*family.further) : -1, family.cells.size());
    for (const std::vector<std::int32_t>& cell : family.cells) {
      for (const std::int32_t place : cell) fmt::format_to(std::back_inserter(bytes), "{} ", place);
      bytes += '\n';
    }
    put_rows(family.shown);
    for (const std::vector<cube::CountRow>& rows : family.stages) put_rows(rows);
  }
  for (const cube::DayTruth& day : snapshot.truth) {
    put("truth", put_day(day.shown), day.rows);
    for (std::size_t stage = 0; stage < day.flagged.size(); ++stage) {
      put(day.flagged[stage], day.open_unflagged[stage], day.known_events_unflagged[stage]);
    }
  }
  return bytes;
}

}  // namespace ripen::store
