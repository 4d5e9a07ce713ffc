#include "stats/ranking.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "stats/draws.h"

namespace ripen::stats {
namespace {

std::vector<std::int32_t> Places(std::size_t items) {
  std::vector<std::int32_t> positions(items);
  std::iota(positions.begin(), positions.end(), 1);
  return positions;
}

RankedShape ShapeOf(const std::vector<std::int32_t>& positions, std::size_t k) {
  return RankedShape(positions, k);
}

TEST(Ranking, GivesTheWorkedValue) {
  const RankedShape shape = ShapeOf(Places(6), 6);
  const std::vector<double> gains{7, 3, 7, 0, 1, 3};
  EXPECT_NEAR(Dcg(shape, gains), 13.848264, 5e-7);
  EXPECT_NEAR(*ScoreList(shape, gains).ndcg, .948811, 5e-7);
}

TEST(Ranking, ScoresByTheFirstRelevantItem) {
  const ListScore third = ScoreList(ShapeOf(Places(5), 5), std::vector<double>{0, 0, 1, 0, 1});
  EXPECT_DOUBLE_EQ(third.reciprocal_rank, 1.0 / 3);
  EXPECT_EQ(third.hit, 1);
  EXPECT_DOUBLE_EQ(third.precision, .4);
  // Both relevant items lie beyond the first two.
  const ListScore beyond = ScoreList(ShapeOf(Places(5), 2), std::vector<double>{0, 0, 1, 0, 1});
  EXPECT_EQ(beyond.reciprocal_rank, 0);
  EXPECT_EQ(beyond.hit, 0);
  EXPECT_EQ(beyond.precision, 0);
  EXPECT_EQ(beyond.ndcg, 0);  // IDCG takes them to the top
}

TEST(Ranking, AShortListIsJudgedByTheItemsItHas) {
  const ListScore score = ScoreList(ShapeOf(Places(2), 10), std::vector<double>{0, 1});
  EXPECT_DOUBLE_EQ(score.precision, .5);
  EXPECT_DOUBLE_EQ(*score.ndcg, 1 / std::log2(3.0));
}

TEST(Ranking, WithoutAnythingRelevantThereIsNoNdcg) {
  const ListScore score = ScoreList(ShapeOf(Places(3), 3), std::vector<double>{0, 0, 0});
  EXPECT_FALSE(score.ndcg);
  EXPECT_EQ(score.reciprocal_rank, 0);
}

// Ties: the mean over all orders, taken one by one.
TEST(Ranking, ItemsAtOnePositionStandInEveryOrderEquallyOften) {
  const std::vector<std::int32_t> positions{1, 2, 2, 2, 5};
  const std::vector<double> gains{0, 1, 0, 1, 3};
  for (const std::size_t k : {1U, 2U, 3U, 5U}) {
    const RankedShape plain = ShapeOf(Places(5), k);
    double ndcg = 0;
    double reciprocal = 0;
    double hit = 0;
    double precision = 0;
    std::vector<std::size_t> order{1, 2, 3};
    int orders = 0;
    do {
      const std::vector<double> sorted{gains[0], gains[order[0]], gains[order[1]], gains[order[2]],
                                       gains[4]};
      const ListScore score = ScoreList(plain, sorted);
      ndcg += *score.ndcg;
      reciprocal += score.reciprocal_rank;
      hit += score.hit;
      precision += score.precision;
      ++orders;
    } while (std::next_permutation(order.begin(), order.end()));
    const ListScore tied = ScoreList(ShapeOf(positions, k), gains);
    EXPECT_NEAR(*tied.ndcg, ndcg / orders, 1e-12) << k;
    EXPECT_NEAR(tied.reciprocal_rank, reciprocal / orders, 1e-12) << k;
    EXPECT_NEAR(tied.hit, hit / orders, 1e-12) << k;
    EXPECT_NEAR(tied.precision, precision / orders, 1e-12) << k;
  }
}

struct Extremes {
  std::optional<Bounds> ndcg;
  bool nothing = false;
};

// By all ends, one by one.
Extremes Enumerate(const RankedShape& shape, const std::vector<double>& levels,
                   const std::vector<GainSet>& possible) {
  Extremes extremes;
  std::vector<double> gains(possible.size());
  const auto visit = [&](const auto& self, std::size_t item) -> void {
    if (item == possible.size()) {
      const ListScore score = ScoreList(shape, gains);
      if (!score.ndcg) {
        extremes.nothing = true;
        return;
      }
      if (!extremes.ndcg) extremes.ndcg = Bounds{*score.ndcg, *score.ndcg};
      extremes.ndcg->least = std::min(extremes.ndcg->least, *score.ndcg);
      extremes.ndcg->most = std::max(extremes.ndcg->most, *score.ndcg);
      return;
    }
    for (std::size_t level = 0; level < levels.size(); ++level) {
      if ((possible[item] >> level & 1) == 0) continue;
      gains[item] = levels[level];
      self(self, item + 1);
    }
  };
  visit(visit, 0);
  return extremes;
}

// Exact, on 600 random lists; and the bounds without a table hold the exact ones.
TEST(Ranking, BoundsAreThoseOfAllEndsOneByOne) {
  const std::vector<double> levels{0, 1, 3, 5};
  Draws draws(Draws::Key{7, StreamKey("bounds"), 0});
  for (int run = 0; run < 600; ++run) {
    const std::size_t items = 1 + draws() % 6;
    std::vector<std::int32_t> positions(items);
    for (auto& position : positions) position = static_cast<std::int32_t>(1 + draws() % 8);
    std::sort(positions.begin(), positions.end());
    std::vector<GainSet> possible(items);
    for (auto& set : possible) set = static_cast<GainSet>(1 + draws() % 15);
    const RankedShape shape = ShapeOf(positions, 1 + draws() % 6);
    const Extremes truth = Enumerate(shape, levels, possible);
    const ListBounds bounds = BoundList(shape, levels, possible);
    ASSERT_TRUE(bounds.exact);
    EXPECT_EQ(bounds.may_have_nothing, truth.nothing) << run;
    ASSERT_EQ(bounds.ndcg.has_value(), truth.ndcg.has_value()) << run;
    if (!truth.ndcg) continue;
    EXPECT_NEAR(bounds.ndcg->least, truth.ndcg->least, 1e-12) << run;
    EXPECT_NEAR(bounds.ndcg->most, truth.ndcg->most, 1e-12) << run;
    const ListBounds outer = BoundList(shape, levels, possible, 0);
    EXPECT_FALSE(outer.exact);
    EXPECT_LE(outer.ndcg->least, truth.ndcg->least + 1e-12) << run;
    EXPECT_GE(outer.ndcg->most, truth.ndcg->most - 1e-12) << run;
  }
}

// A click can lower NDCG: the bounds are not those of "none" and "all".
TEST(Ranking, BoundsOfNdcgAreNotThoseOfNoneAndAll) {
  const RankedShape shape = ShapeOf(Places(3), 3);
  const std::vector<double> levels{0, 1};
  const std::vector<GainSet> possible{2, 3, 3};  // the first is relevant, the others open
  const ListBounds bounds = BoundList(shape, levels, possible);
  EXPECT_DOUBLE_EQ(bounds.ndcg->most, 1);
  EXPECT_NEAR(bounds.ndcg->least, (1 + .5) / (1 + 1 / std::log2(3.0)), 1e-12);
}

TEST(Ranking, TheMeanIsBoundedOverListsThatMayComeToCount) {
  const std::vector<MayCount> lists{{{.5, .6}, true}, {{.2, .9}, false}, {{.55, .55}, false}};
  const auto bounds = BoundMean(lists);
  ASSERT_TRUE(bounds);
  EXPECT_DOUBLE_EQ(bounds->least, (.5 + .2) / 2);
  EXPECT_DOUBLE_EQ(bounds->most, (.6 + .9) / 2);
  EXPECT_FALSE(BoundMean(std::vector<MayCount>{}));
  const std::vector<MayCount> open{{{.3, .7}, false}, {{.2, .4}, false}};
  EXPECT_DOUBLE_EQ(BoundMean(open)->least, .2);
  EXPECT_DOUBLE_EQ(BoundMean(open)->most, .7);
}

}  // namespace
}  // namespace ripen::stats
