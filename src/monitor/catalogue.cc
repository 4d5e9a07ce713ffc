#include "monitor/catalogue.h"

#include <algorithm>
#include <map>

#include "stats/clustered_mean.h"
#include "stats/concentration.h"

namespace ripen::monitor {

CatalogueReader::CatalogueReader(const std::vector<cube::ItemCount>& items, Day first_item_day,
                                 const RankedLists& lists, const cube::ShownRows& rows,
                                 const std::vector<std::string>& attributes)
    : items_(items),
      first_item_day_(first_item_day),
      lists_(lists),
      rows_(rows),
      attributes_(attributes) {
  for (const cube::ItemCount& count : items) {
    any_item_ = any_item_ || (count.item >= 0 && count.shown > 0);
    numbers_ = std::max(numbers_, static_cast<std::size_t>(count.item + 1));
  }
}

CatalogueSpan CatalogueReader::Read(Day from, Day to) const {
  CatalogueSpan span;
  span.from = from;
  span.to = to;
  std::vector<std::int64_t> now(numbers_);
  std::vector<std::int64_t> before(numbers_);
  std::vector<bool> available(numbers_);
  for (const cube::ItemCount& count : items_) {
    const Day day = first_item_day_ + count.day;
    const bool inside = day >= from && day <= to;
    if (count.item < 0) {
      if (inside) span.without_item += count.shown;
      continue;
    }
    const auto item = static_cast<std::size_t>(count.item);
    if (inside) now[item] += count.shown;
    if (day < from && day >= from - kPopularityDays) before[item] += count.shown_all;
    if (day <= to && day > to - kAvailableDays) available[item] = true;
  }
  span.available = std::count(available.begin(), available.end(), true);
  std::vector<std::int64_t> shown;
  std::int64_t fresh = 0;
  for (std::size_t item = 0; item < numbers_; ++item) {
    if (now[item] == 0) continue;
    shown.push_back(now[item]);
    span.shown += now[item];
    if (before[item] == 0) fresh += now[item];
  }
  span.items = static_cast<std::int64_t>(shown.size());
  if (const auto concentration = stats::ConcentrationOf(shown)) {
    span.coverage = static_cast<double>(span.items) / static_cast<double>(span.available);
    span.effective_items = concentration->effective_number;
    span.gini = concentration->gini;
    span.top_tenth_share = concentration->top_tenth_share;
  }
  // Without all days before, items that were shown then would look new.
  if (from - kPopularityDays >= first_item_day_) {
    span.novelty = stats::NoveltyOf(now, before);
    if (span.novelty) {
      span.new_item_share = static_cast<double>(fresh) / static_cast<double>(span.shown);
    }
  }
  span.diversity = DiversityOf(from, to);
  return span;
}

std::vector<ListDiversity> CatalogueReader::DiversityOf(Day from, Day to) const {
  std::vector<ListDiversity> all;
  for (std::size_t attribute = 0; attribute < attributes_.size(); ++attribute) {
    ListDiversity diversity;
    diversity.attribute = attributes_[attribute];
    std::vector<stats::ClusterSum> clusters(lists_.clusters());
    for (const RankedList& list : lists_.lists()) {
      const Day day = rows_.first + list.day;
      if (day < from || day > to || list.items() < 2) continue;
      std::map<std::int32_t, double> times;
      for (std::size_t row = list.begin; row < list.end; ++row) {
        ++times[rows_.item_values[attribute][row]];
      }
      double same = 0;
      for (const auto& [value, count] : times) same += count * (count - 1);
      const auto items = static_cast<double>(list.items());
      clusters[list.cluster].sum += 1 - same / (items * (items - 1));
      ++clusters[list.cluster].records;
      ++diversity.lists;
    }
    if (diversity.lists == 0) continue;
    const stats::MeanRange range = stats::ClusteredMean(clusters);
    diversity.value = range.mean;
    diversity.low = range.low;
    diversity.high = range.high;
    all.push_back(std::move(diversity));
  }
  return all;
}

}  // namespace ripen::monitor
