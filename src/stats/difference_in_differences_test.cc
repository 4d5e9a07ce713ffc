#include "stats/difference_in_differences.h"

#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <random>

namespace ripen::stats {
namespace {

TEST(DifferenceInDifferences, MatchesTheWorkedValue) {
  const auto group = LogOddsRatio({400, 60}, {400, 112});
  const auto others = LogOddsRatio({1000, 280}, {1000, 280});
  ASSERT_TRUE(group && others);
  const LogEstimate apart = *group - *others;
  EXPECT_NEAR(apart.value, -.790139, 1e-6);
  EXPECT_NEAR(std::sqrt(apart.variance), .204766, 1e-6);
}

TEST(DifferenceInDifferences, WhatActsOnBothCancels) {
  // All odds halved: .2 -> .111111, .5 -> .333333.
  const auto group = LogOddsRatio({900, 100}, {1000, 200});
  const auto others = LogOddsRatio({900, 300}, {1000, 500});
  ASSERT_TRUE(group && others);
  EXPECT_NEAR((*group - *others).value, 0, 1e-12);
}

TEST(DifferenceInDifferences, HasNoFigureForFewEvents) {
  EXPECT_FALSE(LogOddsRatio({400, 4}, {400, 112}));
  EXPECT_FALSE(LogOddsRatio({400, 60}, {400, 397}));
  EXPECT_FALSE(LogOddsRatio({0, 0}, {400, 112}));
}

TEST(AnytimeRange, IsWiderThanOneThatIsReadOnce) {
  const LogEstimate estimate{-.79, .0419};
  const RatioRange range = AnytimeRange(estimate, .1);
  EXPECT_NEAR(range.value, std::exp(-.79), 1e-12);
  const double half = std::log(range.high / range.low) / 2 / std::sqrt(estimate.variance);
  EXPECT_GT(half, 1.645 * 1.2);
  EXPECT_LT(half, 1.645 * 2.5);
  EXPECT_NEAR(std::log(range.high) + std::log(range.low), 2 * estimate.value, 1e-9);
  EXPECT_LT(AnytimeRange(estimate, .01).low, range.low);
}

// Looked at daily for 200 days in 400 worlds: at alpha = .1 some day loses the truth in at most 40
// of them on average. Risk of failing though all is right: over 60 of 400 at .1, under 1e-3; the
// true share is lower.
TEST(AnytimeRange, HoldsOnAllDaysTogether) {
  std::mt19937_64 random(7);
  const double truth = std::log(.26 / .74 * 4) - std::log(.325 / .675 * 3);
  int lost = 0;
  for (int world = 0; world < 400; ++world) {
    std::array<BinomialCount, 4> counts;  // group since and before, others since and before
    const auto add = [&](BinomialCount& count, int trials, double rate) {
      count.trials += trials;
      count.events += std::binomial_distribution<int>(trials, rate)(random);
    };
    add(counts[1], 3000, .2);
    add(counts[3], 9000, .25);
    bool ever = false;
    for (int day = 0; day < 200 && !ever; ++day) {
      add(counts[0], 50, .26);
      add(counts[2], 150, .325);
      const auto group = LogOddsRatio(counts[0], counts[1]);
      const auto others = LogOddsRatio(counts[2], counts[3]);
      if (!group || !others) continue;
      LogEstimate apart = *group - *others;
      apart.value -= truth;
      ever = AnytimeRange(apart, .1).LeavesOutOne();
    }
    lost += ever ? 1 : 0;
  }
  EXPECT_LE(lost, 60);
}

}  // namespace
}  // namespace ripen::stats
