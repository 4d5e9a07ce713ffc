#include "stats/two_totals.h"

#include <gtest/gtest.h>

#include <cmath>

namespace ripen::stats {
namespace {

// Totals after `looks` looks of 500 records each in both arms; every look has the given difference.
TwoTotals Steady(int looks, double difference, double swing = 0) {
  TwoTotals totals({});
  double sum = 0;
  for (int look = 1; look <= looks; ++look) {
    sum += 500 * (difference + (look % 2 == 0 ? swing : -swing));
    totals.LookAt({500.0 * look, sum / (500.0 * look), 1}, {500.0 * look, 0, 1});
  }
  return totals;
}

TEST(TwoTotals, GivesTheWorkedValue) {
  // With one look to learn from, the range is that of S = 25, V = 250, W = 250.
  TwoSampleOptions options;
  options.learning_days = 0;
  TwoTotals totals(options);
  totals.LookAt({500, .1, 1}, {500, 0, 1});
  EXPECT_EQ(totals.phi(), 1);
  EXPECT_NEAR(totals.state().log_evidence, LogMixtureEvidence(25, 250, 250, options), 1e-12);
  EXPECT_NEAR(*totals.state().high - .1, MixtureDeviate(250, options) * std::sqrt(250) / 250,
              1e-12);
}

TEST(TwoTotals, ClaimsASteadyDifferenceAndNotNone) {
  const TwoTotals steady = Steady(40, .2);
  ASSERT_TRUE(steady.first_claim());
  EXPECT_GE(*steady.first_claim(), 3U);
  EXPECT_NEAR(steady.state().difference, .2, 1e-12);
  EXPECT_FALSE(Steady(40, 0).first_claim());
  EXPECT_EQ(Steady(3, 2).state().low, std::nullopt);
}

TEST(TwoTotals, IncrementsThatSwingMoreThanTheirVarianceWidenTheRange) {
  const TwoTotals quiet = Steady(40, .05);
  const TwoTotals wild = Steady(40, .05, .3);
  EXPECT_EQ(quiet.phi(), 1);
  EXPECT_GT(wild.phi(), 5);
  EXPECT_GT(*wild.state().high - *wild.state().low, 2 * (*quiet.state().high - *quiet.state().low));
}

TEST(TwoTotals, PassesOverLooksThatMeasureNothing) {
  TwoTotals totals({});
  totals.LookAt({0, 0, 1}, {10, 0, 1});
  totals.LookAt({10, 0, 0}, {10, 0, 1});
  EXPECT_EQ(totals.looks(), 0U);
  EXPECT_EQ(totals.phi(), 1);
}

}  // namespace
}  // namespace ripen::stats
