#include "stats/rate_pair.h"

#include <gtest/gtest.h>

namespace ripen::stats {
namespace {

TEST(RatePair, GivesTheWorkedValues) {
  const PairRange difference = DifferenceRange({.8, 70}, {.6, 80});
  EXPECT_NEAR(difference.value, .2, 1e-12);
  EXPECT_NEAR(difference.low, .076564, 5e-7);
  EXPECT_NEAR(difference.high, .313645, 5e-7);
  const auto ratio = RatioRange({.8, 70}, {.6, 80});
  ASSERT_TRUE(ratio);
  EXPECT_NEAR(ratio->value, 4. / 3, 1e-12);
  EXPECT_NEAR(ratio->low, 1.116730, 5e-7);
  EXPECT_NEAR(ratio->high, 1.609418, 5e-7);
}

TEST(RatePair, TurnedRoundItSaysTheSame) {
  const PairRange difference = DifferenceRange({.03, 900}, {.05, 400});
  const PairRange turned = DifferenceRange({.05, 400}, {.03, 900});
  EXPECT_NEAR(difference.low, -turned.high, 1e-12);
  const auto ratio = RatioRange({.03, 900}, {.05, 400});
  const auto inverse = RatioRange({.05, 400}, {.03, 900});
  EXPECT_NEAR(ratio->low, 1 / inverse->high, 1e-8);
  EXPECT_NEAR(ratio->high, 1 / inverse->low, 1e-8);
}

TEST(RatePair, HasNoRatioWithoutEvents) {
  EXPECT_FALSE(RatioRange({0, 50}, {.2, 50}));
  EXPECT_FALSE(RatioRange({.2, 50}, {0, 50}));
}

TEST(RatePair, WhatIsPredictedIsWorthFewerTrials) {
  EXPECT_NEAR(TrialsWorth(.2, 400, 0), 400, 1e-9);
  // The variance of 400 trials once more.
  EXPECT_NEAR(TrialsWorth(.2, 400, .16 / 400), 200, 1e-9);
}

}  // namespace
}  // namespace ripen::stats
