// Which items were shown on some days, how unevenly, how new, and how different within a list.
#pragma once

#include <string>
#include <vector>

#include "cube/shown_rows.h"
#include "model/ranking.h"
#include "monitor/ranked_lists.h"

namespace ripen::monitor {

// An item is available where it was shown to anybody in so many days up to the end of the span: no
// catalogue is given.
constexpr int kAvailableDays = 56;
// What an item's popularity is read from: so many days before the span.
constexpr int kPopularityDays = 28;

// Keeps references; all must outlive it.
class CatalogueReader {
 public:
  // `items` by day, counted from `first_item_day`; `lists` of `rows`, whose item values are those
  // of `attributes`.
  CatalogueReader(const std::vector<cube::ItemCount>& items, Day first_item_day,
                  const RankedLists& lists, const cube::ShownRows& rows,
                  const std::vector<std::string>& attributes);
  // Whether any recommendation names its item.
  bool any_item() const { return any_item_; }
  // Cost: the item counts and the lists' rows.
  CatalogueSpan Read(Day from, Day to) const;

 private:
  std::vector<ListDiversity> DiversityOf(Day from, Day to) const;

  const std::vector<cube::ItemCount>& items_;
  Day first_item_day_;
  const RankedLists& lists_;
  const cube::ShownRows& rows_;
  const std::vector<std::string>& attributes_;
  std::size_t numbers_ = 0;  // items
  bool any_item_ = false;
};

}  // namespace ripen::monitor
