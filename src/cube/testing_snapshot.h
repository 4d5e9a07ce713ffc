// Small snapshots for unit tests: counts are given by functions of the cell and the day.
#pragma once

#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "cube/snapshot.h"

namespace ripen::cube::testing {

// Counts of one cell and day: shown, and each stage of the ladder.
struct CellDay {
  double shown = 0;
  std::vector<double> events;
};

struct TestAttribute {
  std::string name;
  int values = 2;  // "NAME0", "NAME1", ...
  AttributeKind kind = AttributeKind::kCustomer;
};

// A snapshot of `days` days whose last is the as-of day. The last `further` attributes are further
// ones. Every family's counts come from the whole cross of attributes, so that families agree.
// Stages are those of the default ladder; only those with events are given.
inline Snapshot MakeSnapshot(
    int days, const std::vector<TestAttribute>& attributes, std::size_t further, std::size_t given,
    const std::function<CellDay(const std::vector<int>& values, int day)>& counts) {
  Snapshot snapshot;
  snapshot.ladder = StageLadder::Default();
  const std::size_t stages = snapshot.ladder.size();
  for (std::size_t stage = 0; stage < stages; ++stage) {
    snapshot.stage_given.push_back(stage < given);
  }
  snapshot.stage_has_times.assign(stages, false);
  snapshot.stage_known_from.assign(stages, std::nullopt);
  snapshot.stage_empty_where_unflagged.assign(stages, false);
  snapshot.orphans.assign(stages, 0);
  snapshot.first_day = Day::FromYmd(2026, 10, 22);
  snapshot.last_day = snapshot.first_day + (days - 1);
  snapshot.as_of = snapshot.last_day;
  const std::size_t base = attributes.size() - further;
  std::size_t crossed = 1;
  for (std::size_t at = 0; at < attributes.size(); ++at) {
    Attribute attribute{attributes[at].name, attributes[at].kind, {}, {}, {}};
    for (int value = 0; value < attributes[at].values; ++value) {
      attribute.values.emplace_back(attributes[at].name + std::to_string(value));
    }
    attribute.known_at_start.assign(attribute.values.size(), true);
    attribute.members.assign(attribute.values.size(), 0);
    snapshot.attributes.push_back(std::move(attribute));
    if (at < base) snapshot.adjust.push_back(at);
    crossed *= static_cast<std::size_t>(attributes[at].values);
  }
  const auto values_of = [&](std::size_t cell) {
    std::vector<int> values(attributes.size());
    for (std::size_t at = attributes.size(); at-- > 0;) {
      values[at] = static_cast<int>(cell % static_cast<std::size_t>(attributes[at].values));
      cell /= static_cast<std::size_t>(attributes[at].values);
    }
    return values;
  };
  for (int day = 0; day < days; ++day) {
    DayTruth truth{snapshot.first_day + day, 0, {}, {}, {}};
    truth.flagged.assign(stages, 0);
    truth.open_unflagged.assign(stages, 0);
    truth.known_events_unflagged.assign(stages, 0);
    snapshot.truth.push_back(std::move(truth));
  }
  for (std::size_t family_index = 0; family_index <= further; ++family_index) {
    Family family;
    family.stages.resize(stages);
    std::vector<std::size_t> columns = snapshot.adjust;
    if (family_index > 0) {
      family.further = base + family_index - 1;
      columns.push_back(*family.further);
    }
    std::size_t cells = 1;
    for (const std::size_t column : columns) {
      cells *= static_cast<std::size_t>(attributes[column].values);
    }
    std::vector<std::vector<CellDay>> sums(cells, std::vector<CellDay>(days, {0, {}}));
    family.cells.resize(cells);
    for (std::size_t full = 0; full < crossed; ++full) {
      const std::vector<int> values = values_of(full);
      std::size_t cell = 0;
      std::vector<std::int32_t> key;
      for (const std::size_t column : columns) {
        cell = cell * static_cast<std::size_t>(attributes[column].values) +
               static_cast<std::size_t>(values[column]);
        key.push_back(values[column]);
      }
      family.cells[cell] = key;
      for (int day = 0; day < days; ++day) {
        const CellDay own = counts(values, day);
        CellDay& sum = sums[cell][static_cast<std::size_t>(day)];
        sum.shown += own.shown;
        sum.events.resize(stages);
        for (std::size_t stage = 0; stage < own.events.size(); ++stage) {
          sum.events[stage] += own.events[stage];
        }
        if (family_index > 0) continue;
        DayTruth& truth = snapshot.truth[static_cast<std::size_t>(day)];
        truth.rows += static_cast<std::int64_t>(own.shown);
        for (std::size_t stage = 0; stage < own.events.size(); ++stage) {
          truth.known_events_unflagged[stage] += static_cast<std::int64_t>(own.events[stage]);
        }
        for (std::size_t at = 0; at < attributes.size(); ++at) {
          snapshot.attributes[at].members[static_cast<std::size_t>(values[at])] +=
              static_cast<std::int64_t>(own.shown);
        }
      }
    }
    for (std::size_t cell = 0; cell < cells; ++cell) {
      for (int day = 0; day < days; ++day) {
        const CellDay& sum = sums[cell][static_cast<std::size_t>(day)];
        if (sum.shown <= 0) continue;
        const auto id = static_cast<std::int32_t>(cell);
        const Day shown = snapshot.first_day + day;
        family.shown.push_back({id, shown, 0, 0, static_cast<std::int64_t>(sum.shown), 0});
        for (std::size_t stage = 0; stage < stages; ++stage) {
          if (sum.events[stage] <= 0) continue;
          family.stages[stage].push_back(
              {id, shown, 0, 0, static_cast<std::int64_t>(sum.events[stage]), 0});
        }
      }
    }
    snapshot.families.push_back(std::move(family));
  }
  return snapshot;
}

// Gives the events of a stage of shown their own times: `share` says which part of a day's events
// arrive at a delay (days shown are counted from 0), and what has not arrived by the as-of day is
// taken out.
inline void SpreadArrivals(Snapshot& snapshot, std::size_t stage, int last_delay,
                           const std::function<double(int day, int delay)>& share) {
  snapshot.stage_has_times[stage] = true;
  for (DayTruth& truth : snapshot.truth) truth.known_events_unflagged[stage] = 0;
  for (Family& family : snapshot.families) {
    std::vector<CountRow> spread;
    for (const CountRow& row : family.stages[stage]) {
      const int day = row.shown - snapshot.first_day;
      double due = 0;
      std::int64_t given = 0;
      for (int delay = 0; delay <= last_delay; ++delay) {
        due += static_cast<double>(row.gained) * share(day, delay);
        const auto gained = static_cast<std::int64_t>(due + .5) - given;
        given += gained;
        if (gained <= 0 || row.shown + delay > snapshot.as_of) continue;
        spread.push_back({row.cell, row.shown, 0, delay, gained, 0});
        if (family.further) continue;
        snapshot.truth[static_cast<std::size_t>(day)].known_events_unflagged[stage] += gained;
      }
    }
    family.stages[stage] = std::move(spread);
  }
}

}  // namespace ripen::cube::testing
