#include "stats/wilson.h"

#include <gtest/gtest.h>

namespace ripen::stats {
namespace {

TEST(Wilson, GivesTheWorkedValue) {
  const RateInterval interval = WilsonInterval(.2, 100);
  EXPECT_NEAR(interval.low, .142502, 5e-7);
  EXPECT_NEAR(interval.high, .273304, 5e-7);
}

TEST(Wilson, EndsAreTheRatesThatTheScoreTestJustAccepts) {
  for (const double rate : {.003, .1, .5, .97}) {
    for (const double trials : {12.0, 240.5, 1e5}) {
      const RateInterval interval = WilsonInterval(rate, trials);
      for (const double end : {interval.low, interval.high}) {
        const double z2 = (rate - end) * (rate - end) / (end * (1 - end) / trials);
        EXPECT_NEAR(z2, kNormal90 * kNormal90, 1e-6) << rate << " " << trials;
      }
    }
  }
}

TEST(Wilson, StaysInsideZeroAndOneAndHoldsTheRate) {
  EXPECT_EQ(WilsonInterval(0, 50).low, 0);
  EXPECT_GT(WilsonInterval(0, 50).high, 0);
  EXPECT_EQ(WilsonInterval(1, 50).high, 1);
  EXPECT_LT(WilsonInterval(1, 50).low, 1);
}

TEST(Wilson, KnowsNothingWithoutTrials) {
  EXPECT_EQ(WilsonInterval(0, 0).low, 0);
  EXPECT_EQ(WilsonInterval(0, 0).high, 1);
}

}  // namespace
}  // namespace ripen::stats
