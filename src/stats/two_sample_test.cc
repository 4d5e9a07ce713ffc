#include "stats/two_sample.h"

#include <gtest/gtest.h>

#include <cmath>
#include <initializer_list>
#include <vector>

namespace ripen::stats {
namespace {

TwoRates Watch(std::size_t days, const TwoArmCell& cell, const TwoSampleOptions& options = {}) {
  TwoRates watch(1, options);
  for (std::size_t day = 0; day < days; ++day) watch.AddDay(std::vector{cell});
  return watch;
}

TEST(LogBlockEvidence, GivesTheWorkedValue) {
  EXPECT_NEAR(LogBlockEvidence({100, 30}, {100, 20}, .3, .2), 1.3403564, 5e-8);
}

TEST(LogBlockEvidence, HasAMeanOfAtMostOneForEveryCommonRate) {
  // The mean over all outcomes of a block of 3 and 5, weighed by their chances.
  const auto choose = [](int n, int x) {
    return std::exp(std::lgamma(n + 1) - std::lgamma(x + 1) - std::lgamma(n - x + 1));
  };
  for (const double rate : {.01, .1, .23, .5, .9}) {
    double mean = 0;
    for (int a = 0; a <= 3; ++a) {
      for (int b = 0; b <= 5; ++b) {
        mean += choose(3, a) * choose(5, b) * std::pow(rate, a + b) *
                std::pow(1 - rate, 8 - a - b) *
                std::exp(LogBlockEvidence({3, 1. * a}, {5, 1. * b}, .3, .2));
      }
    }
    EXPECT_LE(mean, 1 + 1e-12) << rate;
    EXPECT_GT(mean, .5) << rate;
  }
}

TEST(LogBlockEvidence, SaysNothingOfOneArmAlone) {
  EXPECT_EQ(LogBlockEvidence({100, 30}, {0, 0}, .3, .2), 0);
  EXPECT_EQ(LogBlockEvidence({0, 0}, {10, 3}, .3, .2), 0);
}

TEST(MixtureDeviate, IsWhereTheEvidenceIsOneOverAlpha) {
  const TwoSampleOptions options;
  for (const double information : {10.0, 1e3, 1e6}) {
    const double z = MixtureDeviate(information, options);
    EXPECT_NEAR(LogMixtureEvidence(z * 7, 49, information, options), std::log(20), 1e-9);
    EXPECT_GT(z, 1.96) << information;
  }
}

TEST(TwoRates, ClaimsAClearDifferenceAndSaysHowLarge) {
  const TwoRates watch = Watch(20, {0, {1000, 240}, {1000, 180}});
  ASSERT_TRUE(watch.first_claim());
  EXPECT_GE(*watch.first_claim(), 3U);
  EXPECT_LT(*watch.first_claim(), 10U);
  EXPECT_NEAR(watch.state().level_a, .24, 1e-12);
  EXPECT_NEAR(watch.state().level_b, .18, 1e-12);
  EXPECT_NEAR(watch.state().difference, .06, 1e-12);
  EXPECT_GT(*watch.state().low, .04);
  EXPECT_LT(*watch.state().high, .08);
}

TEST(TwoRates, ClaimsNothingWhereThereIsNone) {
  const TwoRates watch = Watch(300, {0, {1000, 200}, {500, 100}});
  EXPECT_FALSE(watch.first_claim());
  EXPECT_NEAR(watch.state().highest_log_evidence, 0, 1e-9);
  EXPECT_LT(*watch.state().low, 0);
  EXPECT_GT(*watch.state().high, 0);
}

TEST(TwoRates, TheFirstDaysOnlyTeach) {
  const TwoRates watch = Watch(3, {0, {100000, 24000}, {100000, 18000}});
  EXPECT_EQ(watch.state().log_evidence, 0);
  EXPECT_FALSE(watch.state().low);
  EXPECT_FALSE(watch.first_claim());
}

TEST(TwoRates, WhatADayDoesToBothArmsCancels) {
  TwoRates watch(1, {});
  for (int day = 0; day < 200; ++day) {
    const double rate = day % 7 == 6 ? .4 : .2;
    watch.AddDay(std::vector<TwoArmCell>{{0, {1000, 1000 * rate}, {400, 400 * rate}}});
  }
  EXPECT_FALSE(watch.first_claim());
  EXPECT_NEAR(watch.state().difference, 0, 1e-12);
  EXPECT_NEAR(watch.state().highest_log_evidence, 0, 1e-9);
}

TEST(TwoRates, AnotherMixOfStrataIsNoDifference) {
  TwoRates watch(2, {});
  for (int day = 0; day < 100; ++day) {
    watch.AddDay(std::vector<TwoArmCell>{{0, {900, 90}, {100, 10}}, {1, {100, 40}, {900, 360}}});
  }
  EXPECT_FALSE(watch.first_claim());
  EXPECT_NEAR(watch.state().difference, 0, 1e-12);
}

TEST(TwoRates, SwappingTheArmsTurnsTheRange) {
  const TwoRates one = Watch(30, {0, {300, 30}, {700, 100}});
  const TwoRates other = Watch(30, {0, {700, 100}, {300, 30}});
  EXPECT_NEAR(one.state().log_evidence, other.state().log_evidence, 1e-9);
  EXPECT_NEAR(*one.state().low, -*other.state().high, 1e-12);
  EXPECT_EQ(one.first_claim(), other.first_claim());
}

TEST(TwoRates, AClaimStaysWhenTheDifferenceFades) {
  TwoRates watch(1, {});
  for (int day = 0; day < 20; ++day) {
    watch.AddDay(std::vector<TwoArmCell>{{0, {1000, 260}, {1000, 200}}});
  }
  ASSERT_TRUE(watch.first_claim());
  const auto first = watch.first_claim();
  const double highest = watch.state().highest_log_evidence;
  for (int day = 0; day < 40; ++day) {
    watch.AddDay(std::vector<TwoArmCell>{{0, {1000, 200}, {1000, 260}}});
  }
  EXPECT_EQ(watch.first_claim(), first);
  EXPECT_GE(watch.state().highest_log_evidence, highest);
  EXPECT_LT(watch.state().log_evidence, watch.state().highest_log_evidence);
}

TEST(TwoRates, FewOutcomesGiveNoRange) {
  const TwoRates watch = Watch(20, {0, {50, 0}, {50, 1}});
  EXPECT_FALSE(watch.state().low);
  EXPECT_FALSE(watch.first_claim());
}

TEST(TwoRates, DaysThatDifferMuchCountLess) {
  TwoRates wild(1, {});
  const TwoRates quiet = Watch(30, {0, {1000, 220}, {1000, 200}});
  for (int day = 0; day < 30; ++day) {
    const double swing = day % 2 == 0 ? 60 : -60;
    wild.AddDay(std::vector<TwoArmCell>{{0, {1000, 220 + swing}, {1000, 200 - swing}}});
  }
  EXPECT_GT(wild.state().rho, quiet.state().rho);
  EXPECT_GT(*wild.state().high - *wild.state().low, 2 * (*quiet.state().high - *quiet.state().low));
}

TEST(TwoRates, DaysWithoutTrialsChangeNothing) {
  TwoRates watch = Watch(10, {0, {1000, 240}, {1000, 180}});
  const double before = watch.state().log_evidence;
  watch.AddDay({});
  watch.AddDay(std::vector<TwoArmCell>{{0, {1000, 240}, {0, 0}}});
  EXPECT_EQ(watch.state().log_evidence, before);
  EXPECT_EQ(watch.days(), 12U);
}

TEST(DifferenceDispersion, IsZeroBeforeAPairOfDaysAndAtMostAFifth) {
  DifferenceDispersion dispersion;
  EXPECT_EQ(dispersion.Estimate(), 0);
  dispersion.AddDay(.5, .001, .2);
  EXPECT_EQ(dispersion.Estimate(), 0);
  for (int day = 0; day < 10; ++day) dispersion.AddDay(day % 2 == 0 ? -.5 : .5, .001, .2);
  EXPECT_EQ(dispersion.Estimate(), .2);
}

TEST(TwoMeans, AgreesWithRatesWhereOutcomesAreZeroOrOne) {
  TwoMeans means({});
  for (int day = 0; day < 20; ++day) {
    means.AddDay({1000, .24, .24 * .76}, {1000, .18, .18 * .82});
  }
  const TwoRates rates = Watch(20, {0, {1000, 240}, {1000, 180}});
  EXPECT_TRUE(means.first_claim());
  EXPECT_NEAR(*means.state().low, *rates.state().low, 2e-4);
  EXPECT_NEAR(*means.state().high, *rates.state().high, 2e-4);
}

}  // namespace
}  // namespace ripen::stats
