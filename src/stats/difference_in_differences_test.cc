#include "stats/difference_in_differences.h"

#include <gtest/gtest.h>

#include <cmath>

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

}  // namespace
}  // namespace ripen::stats
