// How well one list is ordered: NDCG, reciprocal rank, hit and precision among its first k items,
// and the hard bounds of each while outcomes are still open.
//
// Model. A list is its items with their positions and gains. Ranks are the order of the positions
// (gaps close up); items at one position stand in every order equally often, and every figure is
// the mean over these orders. With d_r = 1 / log2(r + 1) for r <= k, else 0:
//   DCG = sum gain_i d_rank(i),  IDCG = DCG of the gains in falling order,  NDCG = DCG / IDCG.
// Gains are used as they are; 2^rel - 1 is a choice of gains. An item is relevant where its gain is
// over 0. NDCG does not exist where IDCG is 0: such lists are left out and counted.
// Bounds. An open item has a set of gains that it may end with. NDCG is not monotone in a single
// gain, but DCG for given numbers of items at each gain is extremal over a small table of these
// numbers, and IDCG depends on them alone: least and most are exact. Where the table would be too
// large (`most_states`), DCG of the smallest over IDCG of the largest gains, and the reverse, hold
// whatever happens. The other figures are monotone. Cost of being wrong. Bounds hold unless an
// outcome is taken back or comes after its window and lateness. Fails when. Relevance is known for
// shown items only: NDCG judges the order within what was shown, not what was missed.
// Source. Jarvelin & Kekalainen 2002, ACM TOIS 20:422-446, doi:10.1145/582415.582418; ties:
// McSherry & Najork 2008, ECIR, doi:10.1007/978-3-540-78646-7_38. Worked value. Gains 7, 3, 7, 0,
// 1, 3 (grades 3, 2, 3, 0, 1, 2 as 2^rel - 1): DCG@6 = 13.848264, NDCG@6 = .948811.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace ripen::stats {

// What the positions of a list make of its items, for one k.
class RankedShape {
 public:
  // `positions` ascending, at least one; k >= 1.
  RankedShape(std::span<const std::int32_t> positions, std::size_t k);

  std::size_t items() const { return discount_.size(); }
  std::size_t k() const { return k_; }
  // Mean d over the ranks that the item may have.
  double discount(std::size_t item) const { return discount_[item]; }
  // The chance that the item is among the first k.
  double within(std::size_t item) const { return within_[item]; }
  // Items at one position: [begin, end) in the order given, and 1 for their first rank.
  struct Tie {
    std::size_t begin = 0;
    std::size_t end = 0;
  };
  const std::vector<Tie>& ties() const { return ties_; }
  bool has_ties() const { return ties_.size() < items(); }
  // IDCG of `count` items of gain 1.
  double Ideal(std::size_t count) const { return ideal_[count]; }

 private:
  std::size_t k_;
  std::vector<double> discount_;
  std::vector<double> within_;
  std::vector<Tie> ties_;
  std::vector<double> ideal_;  // by count, from 0
};

struct ListScore {
  std::optional<double> ndcg;  // absent: nothing relevant
  double reciprocal_rank = 0;  // of the first relevant item among the first k; 0 without one
  double hit = 0;              // 1 with a relevant item among the first k (between: ties)
  double precision = 0;        // relevant among the first min(k, items)
};

double Dcg(const RankedShape& shape, std::span<const double> gains);
double IdealDcg(const RankedShape& shape, std::span<const double> gains);
// Requires: one gain >= 0 an item.
ListScore ScoreList(const RankedShape& shape, std::span<const double> gains);

// The gains an item may end with, as bits of the levels: bit 0 is gain 0, bit l is levels[l].
using GainSet = std::uint8_t;
constexpr std::size_t kMostLevels = 8;

struct Bounds {
  double least = 0;
  double most = 0;
};

struct ListBounds {
  std::optional<Bounds> ndcg;    // over all ends with something relevant; absent: there is none
  bool may_have_nothing = true;  // some end has nothing relevant: then the list is left out
  bool exact = true;             // of ndcg
  Bounds reciprocal_rank;
  Bounds hit;
  Bounds precision;
};

// Requires: levels ascending from 0, at most kMostLevels; one non-empty set an item. Cost: items
// times the table, (items + 1)^(levels - 1).
ListBounds BoundList(const RankedShape& shape, std::span<const double> levels,
                     std::span<const GainSet> possible, std::size_t most_states = 200'000);

// Bounds of the mean over lists that count, where some may come to count or not. Each list: what it
// can add if it counts. Exact. Absent where no list can count.
struct MayCount {
  Bounds value;
  bool must = true;
};
std::optional<Bounds> BoundMean(std::span<const MayCount> lists);

}  // namespace ripen::stats
