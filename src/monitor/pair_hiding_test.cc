#include "monitor/pair_hiding.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <numeric>
#include <random>

namespace ripen::monitor {
namespace {

// What can be made of some vectors by sums and differences, modulo a prime. The vectors are sums of
// a bipartite graph's edges, whose determinants are 0, 1 and -1: the prime changes nothing.
class Span {
 public:
  bool Holds(std::vector<std::int64_t> vector) const { return Reduce(vector) == vector.size(); }
  void Add(std::vector<std::int64_t> vector) {
    const std::size_t pivot = Reduce(vector);
    if (pivot == vector.size()) return;
    const std::int64_t inverse = Power(vector[pivot], kPrime - 2);
    for (std::int64_t& entry : vector) entry = entry * inverse % kPrime;
    rows_.emplace_back(pivot, std::move(vector));
  }

 private:
  static constexpr std::int64_t kPrime = 2'147'483'647;
  static std::int64_t Power(std::int64_t base, std::int64_t exponent) {
    std::int64_t product = 1;
    for (; exponent > 0; exponent /= 2, base = base * base % kPrime) {
      if (exponent % 2 == 1) product = product * base % kPrime;
    }
    return product;
  }
  std::size_t Reduce(std::vector<std::int64_t>& vector) const {
    for (const auto& [pivot, row] : rows_) {
      const std::int64_t factor = vector[pivot];
      if (factor == 0) continue;
      for (std::size_t at = 0; at < vector.size(); ++at) {
        vector[at] = ((vector[at] - factor * row[at]) % kPrime + kPrime) % kPrime;
      }
    }
    for (std::size_t at = 0; at < vector.size(); ++at) {
      if (vector[at] != 0) return at;
    }
    return vector.size();
  }
  std::vector<std::pair<std::size_t, std::vector<std::int64_t>>> rows_;
};

constexpr double kSmallest = 20;

PairTable RandomTable(std::mt19937_64& random) {
  const auto below = [&](std::uint64_t bound) { return random() % bound; };
  PairTable table;
  table.rows = 2 + below(5);
  table.columns = 2 + below(5);
  for (std::size_t pair = 0; pair < table.rows * table.columns; ++pair) {
    const std::uint64_t kind = below(10);
    table.members.push_back(kind == 0  ? 0
                            : kind < 4 ? 1. + static_cast<double>(below(19))
                                       : 20. + static_cast<double>(below(500)));
  }
  table.row_hidden.assign(table.rows, false);
  table.column_hidden.assign(table.columns, false);
  if (table.rows > 2 && below(2) == 0) table.row_hidden[0] = table.row_hidden[1] = true;
  if (table.columns > 2 && below(3) == 0) table.column_hidden[0] = table.column_hidden[1] = true;
  table.order.resize(table.members.size());
  std::iota(table.order.begin(), table.order.end(), std::size_t{0});
  std::shuffle(table.order.begin(), table.order.end(), random);
  return table;
}

std::vector<std::int64_t> Indicator(const PairTable& table, const auto& holds) {
  std::vector<std::int64_t> vector;
  for (std::size_t pair = 0; pair < table.members.size(); ++pair) {
    const bool in = table.members[pair] > 0 && holds(pair / table.columns, pair % table.columns);
    vector.push_back(in ? 1 : 0);
  }
  return vector;
}

// Whatever sums and differences are made of what is shown, no small pair comes out. One that
// follows from the values alone, because the other pairs are known not to occur, cannot be hidden.
TEST(PairHiding, NothingSmallFollowsFromWhatIsShown) {
  std::mt19937_64 random(7);
  int small = 0;
  int shown = 0;
  int large = 0;
  int from_values = 0;
  for (int world = 0; world < 3000; ++world) {
    const PairTable table = RandomTable(random);
    const std::vector<bool> hidden = HidePairs(table, kSmallest);
    Span span;
    span.Add(Indicator(table, [](std::size_t, std::size_t) { return true; }));
    for (std::size_t row = 0; row < table.rows; ++row) {
      if (table.row_hidden[row]) continue;
      span.Add(Indicator(table, [&](std::size_t r, std::size_t) { return r == row; }));
    }
    for (std::size_t column = 0; column < table.columns; ++column) {
      if (table.column_hidden[column]) continue;
      span.Add(Indicator(table, [&](std::size_t, std::size_t c) { return c == column; }));
    }
    const Span values = span;
    const auto only = [&](std::size_t pair) {
      return Indicator(table, [&](std::size_t row, std::size_t column) {
        return row * table.columns + column == pair;
      });
    };
    for (std::size_t pair = 0; pair < hidden.size(); ++pair) {
      if (table.members[pair] >= kSmallest) ++large;
      if (hidden[pair]) continue;
      ++shown;
      ASSERT_GE(table.members[pair], kSmallest);
      span.Add(only(pair));
    }
    for (std::size_t pair = 0; pair < hidden.size(); ++pair) {
      if (table.members[pair] <= 0 || table.members[pair] >= kSmallest) continue;
      if (values.Holds(only(pair))) {
        ++from_values;
        continue;
      }
      ++small;
      EXPECT_FALSE(span.Holds(only(pair))) << "world " << world << " pair " << pair;
    }
  }
  EXPECT_GT(small, 10'000);
  EXPECT_LT(from_values, small / 20);
  EXPECT_GT(shown, large / 5);  // not everything is hidden
}

// Two blocks of hidden pairs that one pair connects: no line has fewer than two, and that pair
// still is the difference of the blocks' sums.
TEST(PairHiding, APairBetweenTwoBlocksIsProtected) {
  PairTable table;
  table.rows = 4;
  table.columns = 4;
  table.members = {5,   30,  500, 500,  //
                   30,  5,   5,   500,  //
                   500, 500, 5,   30,   //
                   500, 500, 30,  5};
  table.row_hidden.assign(4, false);
  table.column_hidden.assign(4, false);
  // The pairs of 30 come first: they are what the lines need.
  table.order = {1, 4, 11, 14, 0, 5, 6, 10, 15, 2, 3, 7, 8, 9, 12, 13};
  const std::vector<bool> hidden = HidePairs(table, kSmallest);
  for (const std::size_t pair : {0U, 1U, 4U, 5U, 6U, 10U, 11U, 14U, 15U}) EXPECT_TRUE(hidden[pair]);
  EXPECT_GT(std::count(hidden.begin(), hidden.end(), true), 9);
  EXPECT_LT(std::count(hidden.begin(), hidden.end(), true), 16);
}

}  // namespace
}  // namespace ripen::monitor
