#include "cube/replay.h"

#include <algorithm>
#include <map>
#include <numeric>
#include <tuple>

namespace ripen::cube {
namespace {

using RowKey = std::tuple<std::int32_t, Day, std::int32_t, std::int32_t>;
using RowSums = std::map<RowKey, std::pair<std::int64_t, std::int64_t>>;

// Adds rows under the cell that `cell_of` gives them; -1 leaves them out.
template <typename CellOf>
void AddRows(const std::vector<CountRow>& rows, const CellOf& cell_of, RowSums& sums) {
  for (const CountRow& row : rows) {
    const std::int32_t cell = cell_of(row.cell);
    if (cell < 0) continue;
    auto& [gained, lost] = sums[{cell, row.shown, row.base_offset, row.delay}];
    gained += row.gained;
    lost += row.lost;
  }
}

std::vector<CountRow> RowsOf(const RowSums& sums) {
  std::vector<CountRow> rows;
  rows.reserve(sums.size());
  for (const auto& [key, counts] : sums) {
    const auto& [cell, shown, base_offset, delay] = key;
    rows.push_back({cell, shown, base_offset, delay, counts.first, counts.second});
  }
  return rows;
}

// One family whose cell of every old cell is cell_of(old cell).
template <typename CellOf>
Family Project(const Family& family, const CellOf& cell_of) {
  Family projected;
  RowSums sums;
  AddRows(family.shown, cell_of, sums);
  projected.shown = RowsOf(sums);
  for (const std::vector<CountRow>& rows : family.stages) {
    sums.clear();
    AddRows(rows, cell_of, sums);
    projected.stages.push_back(RowsOf(sums));
  }
  return projected;
}

// New numbers for an attribute's largest values; -1 for the others.
std::vector<std::int32_t> LargestValues(const Family& family, std::size_t column,
                                        std::size_t values, std::size_t most) {
  std::vector<std::int64_t> shown(values);
  for (const CountRow& row : family.shown) {
    const auto cell = static_cast<std::size_t>(row.cell);
    shown[static_cast<std::size_t>(family.cells[cell][column])] += row.gained - row.lost;
  }
  std::vector<std::size_t> order(values);
  std::iota(order.begin(), order.end(), 0U);
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return shown[a] > shown[b]; });
  order.resize(std::min(most, order.size()));
  std::sort(order.begin(), order.end());
  std::vector<std::int32_t> number(values, -1);
  for (std::size_t at = 0; at < order.size(); ++at) {
    number[order[at]] = static_cast<std::int32_t>(at);
  }
  return number;
}

}  // namespace

Snapshot Marginal(const Snapshot& snapshot, std::size_t most_values) {
  Snapshot marginal = snapshot;
  marginal.adjust.clear();
  marginal.pair_members.clear();
  marginal.families.clear();
  if (snapshot.families.empty()) return marginal;
  const Family& base = snapshot.families.front();
  marginal.families.push_back(Project(base, [](std::int32_t) { return 0; }));
  marginal.families.back().cells.emplace_back();
  for (std::size_t attribute = 0; attribute < snapshot.attributes.size(); ++attribute) {
    const auto column = std::find(snapshot.adjust.begin(), snapshot.adjust.end(), attribute);
    const Family* family = column != snapshot.adjust.end() ? &base : nullptr;
    auto at = static_cast<std::size_t>(column - snapshot.adjust.begin());
    for (const Family& each : snapshot.families) {
      if (each.further == attribute) family = &each;
    }
    if (family == nullptr) continue;
    if (family != &base) at = snapshot.adjust.size();
    Attribute& own = marginal.attributes[attribute];
    const std::vector<std::int32_t> number =
        LargestValues(*family, at, own.values.size(), most_values);
    Family projected = Project(*family, [&](std::int32_t cell) {
      return number[static_cast<std::size_t>(family->cells[static_cast<std::size_t>(cell)][at])];
    });
    projected.further = attribute;
    Attribute kept{own.name, own.kind, {}, {}, {}};
    for (std::size_t value = 0; value < number.size(); ++value) {
      if (number[value] < 0) continue;
      projected.cells.push_back({number[value]});
      kept.values.push_back(own.values[value]);
      kept.known_at_start.push_back(own.known_at_start[value]);
      kept.members.push_back(own.members[value]);
    }
    own = std::move(kept);
    marginal.families.push_back(std::move(projected));
  }
  return marginal;
}

Snapshot AsKnownOn(const Snapshot& snapshot, Day day) {
  Snapshot known;
  known.as_of = day;
  known.ladder = snapshot.ladder;
  known.stage_given = snapshot.stage_given;
  known.stage_has_times = snapshot.stage_has_times;
  known.stage_known_from = snapshot.stage_known_from;
  known.stage_empty_where_unflagged.assign(snapshot.ladder.size(), false);
  known.attributes = snapshot.attributes;
  known.pair_members = snapshot.pair_members;
  known.adjust = snapshot.adjust;
  known.orphans.assign(snapshot.ladder.size(), 0);
  known.first_day = snapshot.first_day;
  known.last_day = std::min(snapshot.last_day, day);
  const auto rows_by_then = [&](const std::vector<CountRow>& rows) {
    std::vector<CountRow> kept;
    for (const CountRow& row : rows) {
      if (row.shown + row.base_offset + row.delay <= day) kept.push_back(row);
    }
    return kept;
  };
  for (const Family& family : snapshot.families) {
    Family& own = known.families.emplace_back();
    own.further = family.further;
    own.cells = family.cells;
    own.shown = rows_by_then(family.shown);
    for (const std::vector<CountRow>& rows : family.stages) {
      own.stages.push_back(rows_by_then(rows));
    }
  }
  const std::vector<std::int64_t> none(snapshot.ladder.size(), 0);
  for (const DayTruth& truth : snapshot.truth) {
    if (truth.shown > day) break;
    known.truth.push_back({truth.shown, truth.rows, none, none, none});
  }
  return known;
}

}  // namespace ripen::cube
