// Order within lists by week and meaning of relevant, each figure with its maturity.
//
// A span is settled when all its days are, for every stage of the relevance: then figures are
// confirmed, with a range over customers (stats/clustered_mean.h). Before, they are provisional:
// median and 90 % range of draws of what is still to come (ranking_draws.h), inside hard bounds
// over everything that can still happen (stats/ranking.h). Where a stage cannot be predicted, the
// bounds remain, and the reason. What was known at one fixed age compares weeks without a model.
#pragma once

#include <string>
#include <vector>

#include "cube/shown_rows.h"
#include "model/ranking.h"
#include "monitor/ranking_draws.h"

namespace ripen::monitor {

struct RankingRequest {
  std::size_t k = 10;  // 1..50
  Slice slice;         // everything, or one value of one attribute
};

// The days read and the weeks they are cut into.
constexpr int kRankingDays = 56;
// What a store is asked for on the snapshot's day: rows, and items with the days before them.
cube::ShownRequest RowsToRead(const cube::Snapshot& snapshot, const RankingRequest& request);
cube::ShownRequest ItemsToRead(const cube::Snapshot& snapshot, const RankingRequest& request);

// Requires: rows and items as asked for by the two functions above; a snapshot with a day. Cost:
// the rows of open days times 50 to 200 draws: about three seconds for 400,000 rows of which most
// are open.
RankingReport ReadRanking(const RankingSource& source, const RankingRequest& request,
                          const cube::ShownRows& rows, const std::vector<cube::ItemCount>& items);

}  // namespace ripen::monitor
