#include "sim/list_truth.h"

namespace ripen::sim {
namespace {

// 1 / log2(rank + 1), written down because libm differs between machines.
constexpr std::array<double, 5> kDiscounts = {1.0, 0.63092975357145743, 0.5, 0.43067655807339306,
                                              0.38685280723454157};

}  // namespace

void ListTruth::Add(const Recommendation& row, Day day) {
  if (row.list == 0) return;
  if (row.list != list_) Close();  // into the day before, where a day begins
  list_ = row.list;
  if (days_.empty() || days_.back().day != day) days_.push_back({day, {}});
  const bool bought = row.happens[kPurchase];
  relevant_.push_back({row.happens[kClick], bought, bought && !row.happens[kReturn]});
}

void ListTruth::Close() {
  if (relevant_.empty()) return;
  for (std::size_t meaning = 0; meaning < kListMeanings.size(); ++meaning) {
    double dcg = 0;
    double best = 0;
    double first = 0;
    std::size_t found = 0;
    for (std::size_t place = 0; place < relevant_.size(); ++place) {
      if (!relevant_[place][meaning]) continue;
      dcg += kDiscounts[place];
      best += kDiscounts[found++];
      if (found == 1) first = 1 / static_cast<double>(place + 1);
    }
    ListSums& sums = days_.back().sums[meaning];
    ++sums.lists;
    if (found == 0) continue;
    ++sums.hits;
    sums.ndcg += dcg / best;
    sums.reciprocal_rank += first;
  }
  relevant_.clear();
}

const std::vector<ListTruth::OfDay>& ListTruth::Days() {
  Close();
  return days_;
}

}  // namespace ripen::sim
