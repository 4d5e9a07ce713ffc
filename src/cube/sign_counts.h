// What can be counted before any outcome is known, by day shown, as known on one day: scores,
// positions, and how new the items are. And, where scores are given, what came of them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "base/day.h"
#include "cube/snapshot.h"

namespace ripen::cube {

// An item is new on the days less than this after the day it was shown first.
constexpr int kNewItemDays = 14;
// A history's first days show everything for the first time, what is rarely shown some days later.
// So no item that appears on the first 14 days may count as new on a day that is told.
constexpr int kFirstToldOfNewItems = 2 * kNewItemDays;
// Positions 1 .. 10 are told apart; the last place of `positions` counts all further ones.
constexpr std::size_t kPositions = 10;

// Bins of scores: about fiftieths of the scores of the first 14 days shown, as known at their end,
// so that late data do not move them. `edges` ascend; edges.front() is the lowest of these scores,
// edges.back() the highest. Bin 0 lies below the first edge; bin 1 + i holds the scores up to
// edges[i] that are above the edge before; the last bin lies above the last edge.
struct ScoreBins {
  std::vector<double> edges;
  std::vector<double> typical;  // by bin: the median of its scores in these days, else its edge

  std::size_t size() const { return edges.empty() ? 0 : edges.size() + 2; }
};

struct SignDay {
  Day shown;
  std::int64_t recommendations = 0;
  std::int64_t with_item = 0;
  // Items not shown 14 or more days earlier. Absent on the first 28 days.
  std::optional<std::int64_t> new_items;
  std::vector<std::int64_t> positions;  // kPositions + 1 places
  std::vector<std::int64_t> scores;     // by bin
};

struct SignCounts {
  Day as_of;
  ScoreBins bins;             // no edges where no scores were given in the first days
  std::vector<SignDay> days;  // sorted by day; every day with a recommendation
};

// Counts by score: as a family of the snapshot whose cells are the bins.
struct ScoredOutcomes {
  ScoreBins bins;
  std::vector<CountRow> shown;                // cell = bin; sorted by (cell, shown, ...)
  std::vector<std::vector<CountRow>> stages;  // by stage of the ladder, same order
};

}  // namespace ripen::cube
