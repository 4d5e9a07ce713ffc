#include "stats/nowcast.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <vector>

namespace ripen::stats {
namespace {

TEST(Nowcast, RepeatsTheWorkedValue) {
  EXPECT_NEAR(LaterProbability(.05, .4), .05 * .6 / (1 - .05 * .4), 1e-15);
  EXPECT_NEAR(MomentsOfRemaining({100, 2, .4}, .05, 0).mean, 98 * .0306122449, 1e-6);
}

TEST(Nowcast, NothingRemainsOfWhatIsWhole) {
  Draws draws({1, 1, 1});
  EXPECT_EQ(DrawRemaining(draws, {100, 7, 1}, .05, .01), 0);
  EXPECT_EQ(MomentsOfRemaining({100, 7, 1}, .05, .01).variance, 0);
  EXPECT_EQ(DrawRemaining(draws, {7, 7, .4}, .05, .01), 0);
}

// Draws and moments are two ways to the same law. 100,000 draws: four standard errors of the mean
// are 1.3 % of it at most; a miss has probability 6e-5, and the seed is fixed.
TEST(Nowcast, MomentsAreThoseOfTheDraws) {
  for (const double noise : {0.0, .02}) {
    const YoungCohort cohort{400, 6, .3};
    Draws draws({7, 7, static_cast<std::uint64_t>(noise * 100)});
    constexpr int kDraws = 100'000;
    double sum = 0;
    double squares = 0;
    for (int draw = 0; draw < kDraws; ++draw) {
      const double remaining = DrawRemaining(draws, cohort, .06, noise);
      sum += remaining;
      squares += remaining * remaining;
    }
    const double mean = sum / kDraws;
    const RemainingMoments moments = MomentsOfRemaining(cohort, .06, noise);
    EXPECT_NEAR(moments.mean, mean, .013 * mean) << noise;
    EXPECT_NEAR(moments.variance, squares / kDraws - mean * mean, .04 * moments.variance) << noise;
  }
}

TEST(Nowcast, DerivativesAreThoseOfTheMean) {
  const YoungCohort cohort{400, 6, .3};
  constexpr double kStep = 1e-6;
  const auto mean = [&](double level, double share) {
    return MomentsOfRemaining({cohort.trials, cohort.events, share}, level, 0).mean;
  };
  const RemainingMoments moments = MomentsOfRemaining(cohort, .06, 0);
  EXPECT_NEAR(moments.per_level, (mean(.06 + kStep, .3) - mean(.06 - kStep, .3)) / (2 * kStep),
              1e-3);
  EXPECT_NEAR(moments.per_share,
              (mean(.06, .3 * (1 + kStep)) - mean(.06, .3 * (1 - kStep))) / (2 * kStep), 1e-3);
}

TEST(Nowcast, RangesAreQuantiles) {
  std::vector<double> draws;
  for (int at = 100; at >= 0; --at) draws.push_back(at);
  const PredictedRange range = RangeOf(draws);
  EXPECT_EQ(range.median, 50);
  EXPECT_EQ(range.low, 5);
  EXPECT_EQ(range.high, 95);
  // A gamma law of mean 9 and variance 9 is Gamma(9, 1): R qgamma(c(.5, .05, .95), 9).
  const PredictedRange moments = RangeOfMoments(9, 9);
  EXPECT_NEAR(moments.median, 8.668951, 1e-6);
  EXPECT_NEAR(moments.low, 4.695228, 1e-6);
  EXPECT_NEAR(moments.high, 14.434650, 1e-6);
  EXPECT_EQ(RangeOfMoments(0, 0).high, 0);
}

}  // namespace
}  // namespace ripen::stats
