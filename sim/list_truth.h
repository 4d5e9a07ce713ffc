// How well the lists of a world are ordered by all that will ever happen: what a monitor's figures
// have to come to.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "base/day.h"
#include "sim/generator.h"

namespace ripen::sim {

class ListTruth {
 public:
  // In order; the rows of a list follow each other.
  void Add(const Recommendation& row, Day day);
  // `,"lists": [...]`: by day, for click, purchase and kept each the number of lists, of those with
  // something relevant (hits), and the sums of NDCG and of 1 / rank of the first relevant item.
  // Empty in a world without lists.
  std::string Json();

 private:
  struct Sums {
    std::int64_t lists = 0;
    std::int64_t with_relevant = 0;
    double ndcg = 0;
    double reciprocal_rank = 0;
  };
  struct OfDay {
    Day day;
    std::array<Sums, 3> sums;  // click, purchase, kept
  };
  void Close();

  std::int64_t list_ = 0;
  std::vector<std::array<bool, 3>> relevant_;  // by position
  std::vector<OfDay> days_;
};

}  // namespace ripen::sim
