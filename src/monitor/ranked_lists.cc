#include "monitor/ranked_lists.h"

#include <algorithm>
#include <set>

namespace ripen::monitor {

RankedLists::RankedLists(const cube::ShownRows& rows, std::size_t k)
    : rows_(rows), clusters_(rows.customers) {
  for (std::size_t row = 0; row < rows.rows.size();) {
    const cube::ShownRow& first = rows.rows[row];
    any_position_ = any_position_ || first.position.has_value();
    std::size_t end = row + 1;
    if (first.list < 0) {
      row = end;
      continue;
    }
    while (end < rows.rows.size() && rows.rows[end].list == first.list) ++end;
    RankedList list{first.day, row, std::min(end, row + kMostItems), 0, nullptr, false};
    list.cluster = first.customer >= 0 ? static_cast<std::size_t>(first.customer) : clusters_++;
    std::vector<std::int32_t> positions;
    for (std::size_t at = list.begin; at < list.end && rows.rows[at].position; ++at) {
      positions.push_back(*rows.rows[at].position);
    }
    any_position_ = any_position_ || !positions.empty();
    // Rows without a position come first: then there are none at all.
    if (positions.size() == list.items()) {
      for (std::size_t at = 1; at < positions.size(); ++at) {
        list.has_gaps = list.has_gaps || positions[at] > positions[at - 1] + 1;
      }
      list.has_gaps = list.has_gaps || positions.front() > 1;
      auto& shape = shapes_[positions];
      if (!shape) shape = std::make_unique<stats::RankedShape>(positions, k);
      list.shape = shape.get();
    }
    lists_.push_back(list);
    row = end;
  }
}

RankingLists RankedLists::Account(std::int32_t from, std::int32_t to) const {
  RankingLists account;
  account.from = rows_.first + from;
  account.to = rows_.first + to;
  account.sampled_share = rows_.sampled_share;
  std::set<std::size_t> customers;
  for (const RankedList& list : lists_) {
    if (list.day < from || list.day > to) continue;
    ++account.lists;
    if (list.cluster < rows_.customers) customers.insert(list.cluster);
    if (list.shape == nullptr) {
      ++account.without_position;
      continue;
    }
    ++account.judged;
    account.with_ties += list.shape->has_ties() ? 1 : 0;
    account.with_gaps += list.has_gaps ? 1 : 0;
  }
  for (const cube::ShownRow& row : rows_.rows) {
    if (row.day >= from && row.day <= to && row.list < 0) ++account.rows_without_list;
  }
  if (rows_.customers > 0) account.customers = static_cast<std::int64_t>(customers.size());
  return account;
}

}  // namespace ripen::monitor
