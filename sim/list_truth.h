// How well the lists of a world are ordered by all that will ever happen: what a monitor's figures
// have to come to.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

#include "base/day.h"
#include "sim/generator.h"

namespace ripen::sim {

// Sums over the lists of one day.
struct ListSums {
  std::int64_t lists = 0;
  std::int64_t hits = 0;  // with something relevant
  double ndcg = 0;
  double reciprocal_rank = 0;  // of the first relevant item
};

constexpr std::array<std::string_view, 3> kListMeanings = {"click", "purchase", "kept"};

class ListTruth {
 public:
  struct OfDay {
    Day day;
    std::array<ListSums, kListMeanings.size()> sums;
  };

  // In order; the rows of a list follow each other.
  void Add(const Recommendation& row, Day day);
  // Of all rows so far, by day. Empty in a world without lists.
  const std::vector<OfDay>& Days();

 private:
  void Close();

  std::int64_t list_ = 0;
  std::vector<std::array<bool, kListMeanings.size()>> relevant_;  // by position
  std::vector<OfDay> days_;
};

}  // namespace ripen::sim
