#include "stats/ranking.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>

namespace ripen::stats {
namespace {

double DiscountOf(std::size_t rank) { return 1 / std::log2(static_cast<double>(rank) + 1); }

// Reciprocal rank and hit of the first tie that holds relevant items, over all orders within it.
void ScoreFirstRelevant(const RankedShape& shape, const RankedShape::Tie& tie, std::size_t relevant,
                        ListScore& score) {
  const std::size_t items = tie.end - tie.begin;
  double none_yet = 1;  // the chance that the items before hold nothing relevant
  for (std::size_t at = 0; at + relevant <= items; ++at) {
    const std::size_t rank = tie.begin + at + 1;
    const double first_here =
        none_yet * static_cast<double>(relevant) / static_cast<double>(items - at);
    if (rank <= shape.k()) {
      score.reciprocal_rank += first_here / static_cast<double>(rank);
      score.hit += first_here;
    }
    none_yet -= first_here;
  }
}

// Extremes of DCG by the numbers of items at each level over 0.
class EndTable {
 public:
  EndTable(const RankedShape& shape, std::span<const double> levels)
      : shape_(shape), levels_(levels), steps_(levels.size(), 1) {
    for (std::size_t level = 1; level < levels.size(); ++level) {
      steps_[level] = states_;
      states_ *= shape.items() + 1;
    }
    least_.assign(states_, std::numeric_limits<double>::infinity());
    most_.assign(states_, -std::numeric_limits<double>::infinity());
    least_[0] = 0;
    most_[0] = 0;
  }

  void Add(std::size_t item, GainSet possible) {
    std::vector<double> least(states_, std::numeric_limits<double>::infinity());
    std::vector<double> most(states_, -std::numeric_limits<double>::infinity());
    for (std::size_t state = 0; state < states_; ++state) {
      if (most_[state] < 0) continue;
      for (std::size_t level = 0; level < levels_.size(); ++level) {
        if ((possible >> level & 1) == 0) continue;
        const std::size_t to = level == 0 ? state : state + steps_[level];
        const double adds = levels_[level] * shape_.discount(item);
        least[to] = std::min(least[to], least_[state] + adds);
        most[to] = std::max(most[to], most_[state] + adds);
      }
    }
    least_.swap(least);
    most_.swap(most);
  }

  std::optional<Bounds> Read() const {
    std::optional<Bounds> bounds;
    for (std::size_t state = 1; state < states_; ++state) {
      if (most_[state] < 0) continue;
      const double ideal = IdealOf(state);
      const Bounds here{std::min(1.0, least_[state] / ideal), std::min(1.0, most_[state] / ideal)};
      if (!bounds) bounds = here;
      bounds->least = std::min(bounds->least, here.least);
      bounds->most = std::max(bounds->most, here.most);
    }
    return bounds;
  }

 private:
  double IdealOf(std::size_t state) const {
    double ideal = 0;
    std::size_t above = 0;
    for (std::size_t level = levels_.size(); --level > 0;) {
      const std::size_t here = state / steps_[level] % (shape_.items() + 1);
      ideal += levels_[level] * (shape_.Ideal(above + here) - shape_.Ideal(above));
      above += here;
    }
    return ideal;
  }

  const RankedShape& shape_;
  std::span<const double> levels_;
  std::vector<std::size_t> steps_;
  std::size_t states_ = 1;
  std::vector<double> least_;
  std::vector<double> most_;
};

bool TableFits(std::size_t items, std::size_t levels, std::size_t most_states) {
  std::size_t states = 1;
  for (std::size_t level = 1; level < levels; ++level) {
    states *= items + 1;
    if (states > most_states) return false;
  }
  return true;
}

// The mean over lists that must count and the best of the others, for the largest mean.
std::optional<double> LargestMean(std::span<const MayCount> lists,
                                  const std::function<double(const Bounds&)>& value) {
  double sum = 0;
  double count = 0;
  std::vector<double> optional;
  for (const MayCount& list : lists) {
    if (list.must) {
      sum += value(list.value);
      ++count;
    } else {
      optional.push_back(value(list.value));
    }
  }
  std::sort(optional.begin(), optional.end(), std::greater<>());
  for (const double one : optional) {
    if (count > 0 && one * count <= sum) break;
    sum += one;
    ++count;
  }
  if (count == 0) return std::nullopt;
  return sum / count;
}

}  // namespace

RankedShape::RankedShape(std::span<const std::int32_t> positions, std::size_t k) : k_(k) {
  const std::size_t items = positions.size();
  ideal_.push_back(0);
  for (std::size_t rank = 1; rank <= items; ++rank) {
    ideal_.push_back(ideal_.back() + (rank <= k ? DiscountOf(rank) : 0));
  }
  for (std::size_t begin = 0; begin < items;) {
    std::size_t end = begin + 1;
    while (end < items && positions[end] == positions[begin]) ++end;
    const auto size = static_cast<double>(end - begin);
    const auto first_k = static_cast<double>(std::min(end, std::max(begin, k)) - begin);
    discount_.insert(discount_.end(), end - begin, (ideal_[end] - ideal_[begin]) / size);
    within_.insert(within_.end(), end - begin, first_k / size);
    ties_.push_back({begin, end});
    begin = end;
  }
}

double Dcg(const RankedShape& shape, std::span<const double> gains) {
  double sum = 0;
  for (std::size_t item = 0; item < gains.size(); ++item) sum += gains[item] * shape.discount(item);
  return sum;
}

double IdealDcg(const RankedShape& shape, std::span<const double> gains) {
  std::vector<double> sorted(gains.begin(), gains.end());
  std::sort(sorted.begin(), sorted.end(), std::greater<>());
  double sum = 0;
  for (std::size_t at = 0; at < sorted.size() && sorted[at] > 0; ++at) {
    sum += sorted[at] * (shape.Ideal(at + 1) - shape.Ideal(at));
  }
  return sum;
}

ListScore ScoreList(const RankedShape& shape, std::span<const double> gains) {
  ListScore score;
  const double ideal = IdealDcg(shape, gains);
  if (ideal == 0) return score;
  score.ndcg = std::min(1.0, Dcg(shape, gains) / ideal);
  double relevant_within = 0;
  bool found = false;
  for (const RankedShape::Tie& tie : shape.ties()) {
    std::size_t relevant = 0;
    for (std::size_t item = tie.begin; item < tie.end; ++item) {
      if (gains[item] <= 0) continue;
      ++relevant;
      relevant_within += shape.within(item);
    }
    if (relevant > 0 && !found) ScoreFirstRelevant(shape, tie, relevant, score);
    found = found || relevant > 0;
  }
  score.precision = relevant_within / static_cast<double>(std::min(shape.k(), shape.items()));
  return score;
}

ListBounds BoundList(const RankedShape& shape, std::span<const double> levels,
                     std::span<const GainSet> possible, std::size_t most_states) {
  const std::size_t items = shape.items();
  std::vector<double> smallest(items);
  std::vector<double> largest(items);
  for (std::size_t item = 0; item < items; ++item) {
    std::size_t low = 0;
    while ((possible[item] >> low & 1) == 0) ++low;
    std::size_t high = levels.size() - 1;
    while ((possible[item] >> high & 1) == 0) --high;
    smallest[item] = levels[low];
    largest[item] = levels[high];
  }
  const ListScore fewest = ScoreList(shape, smallest);
  const ListScore all = ScoreList(shape, largest);
  ListBounds bounds;
  bounds.reciprocal_rank = {fewest.reciprocal_rank, all.reciprocal_rank};
  bounds.hit = {fewest.hit, all.hit};
  bounds.precision = {fewest.precision, all.precision};
  bounds.may_have_nothing = !fewest.ndcg;
  if (!all.ndcg) return bounds;
  if (TableFits(items, levels.size(), most_states)) {
    EndTable table(shape, levels);
    for (std::size_t item = 0; item < items; ++item) table.Add(item, possible[item]);
    bounds.ndcg = table.Read();
    return bounds;
  }
  bounds.exact = false;
  bounds.ndcg = Bounds{Dcg(shape, smallest) / IdealDcg(shape, largest), 1};
  if (fewest.ndcg) {
    bounds.ndcg->most = std::min(1.0, Dcg(shape, largest) / IdealDcg(shape, smallest));
  }
  return bounds;
}

std::optional<Bounds> BoundMean(std::span<const MayCount> lists) {
  const auto most = LargestMean(lists, [](const Bounds& value) { return value.most; });
  const auto least = LargestMean(lists, [](const Bounds& value) { return -value.least; });
  if (!most || !least) return std::nullopt;
  return Bounds{-*least, *most};
}

}  // namespace ripen::stats
