// The lists of some days, made from single rows.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <vector>

#include "cube/shown_rows.h"
#include "model/ranking.h"
#include "stats/ranking.h"

namespace ripen::monitor {

struct RankedList {
  std::int32_t day = 0;
  std::size_t begin = 0;  // rows
  std::size_t end = 0;
  // The customer, else the list itself: what lists are clustered by.
  std::size_t cluster = 0;
  const stats::RankedShape* shape = nullptr;  // null: an item has no position
  bool has_gaps = false;

  std::size_t items() const { return end - begin; }
};

// Immutable; keeps a reference to the rows.
class RankedLists {
 public:
  // Lists longer than `kMostItems` are judged by their first so many items.
  static constexpr std::size_t kMostItems = 50;
  RankedLists(const cube::ShownRows& rows, std::size_t k);

  const std::vector<RankedList>& lists() const { return lists_; }
  // Over the days from..to, counted from rows.first.
  RankingLists Account(std::int32_t from, std::int32_t to) const;
  bool any_position() const { return any_position_; }
  std::size_t clusters() const { return clusters_; }

 private:
  const cube::ShownRows& rows_;
  std::vector<RankedList> lists_;
  std::map<std::vector<std::int32_t>, std::unique_ptr<stats::RankedShape>> shapes_;
  std::size_t clusters_ = 0;
  bool any_position_ = false;
};

}  // namespace ripen::monitor
