#include "sim/list_truth.h"

#include <fmt/format.h>

#include <string_view>

namespace ripen::sim {
namespace {

// 1 / log2(rank + 1), written down because libm differs between machines.
constexpr std::array<double, 5> kDiscounts = {1.0, 0.63092975357145743, 0.5, 0.43067655807339306,
                                              0.38685280723454157};
constexpr std::array<std::string_view, 3> kMeanings = {"click", "purchase", "kept"};

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
  for (std::size_t meaning = 0; meaning < kMeanings.size(); ++meaning) {
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
    Sums& sums = days_.back().sums[meaning];
    ++sums.lists;
    if (found == 0) continue;
    ++sums.with_relevant;
    sums.ndcg += dcg / best;
    sums.reciprocal_rank += first;
  }
  relevant_.clear();
}

std::string ListTruth::Json() {
  Close();
  if (days_.empty()) return "";
  std::string text;
  for (const OfDay& day : days_) {
    text += fmt::format("{}\n    {{\"day\": \"{}\"", text.empty() ? "" : ",", day.day.Iso());
    for (std::size_t meaning = 0; meaning < kMeanings.size(); ++meaning) {
      const Sums& sums = day.sums[meaning];
      text += fmt::format(
          ", \"{}\": {{\"lists\": {}, \"hits\": {}, \"ndcg\": {:.9f}, \"reciprocal_rank\": "
          "{:.9f}}}",
          kMeanings[meaning], sums.lists, sums.with_relevant, sums.ndcg, sums.reciprocal_rank);
    }
    text += "}";
  }
  return fmt::format(",\n  \"lists\": [{}\n  ]", text);
}

}  // namespace ripen::sim
