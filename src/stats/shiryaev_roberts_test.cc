#include "stats/shiryaev_roberts.h"

#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <vector>

namespace ripen::stats {
namespace {

constexpr std::array<double, 3> kScales{.1, .3, 1};

StartStatistics OneStart(double score, double variance, double skew) {
  StartStatistics statistics;
  for (int day = 0; day < 20; ++day) {
    statistics.trials.push_back(2000 - 100 * day);
    statistics.score.push_back(day == 12 ? score : 0);
    statistics.variance.push_back(variance);
    statistics.skew.push_back(skew);
  }
  statistics.all_trials = 2000;
  statistics.rate = .25;
  return statistics;
}

TEST(LogStartEvidence, GivesTheWorkedValue) {
  EXPECT_NEAR(std::exp(LogStartEvidence(-12, 9, .1875, kScales)), 220.00141774626718, 1e-9);
}

TEST(LogStartEvidence, StaysFiniteWhereTheEvidenceItselfIsNot) {
  const double log = LogStartEvidence(-6000, 900, .1875, kScales);
  EXPECT_TRUE(std::isfinite(log));
  EXPECT_GT(log, 19000);
}

TEST(StandardDeviate, IsTheScoreOverItsDeviationWithoutSkew) {
  EXPECT_DOUBLE_EQ(StandardDeviate(-12, 9, 0), -4);
}

TEST(StandardDeviate, ApproachesTheSignedRootOfTheLikelihoodRatio) {
  // 1000 trials with 280 events, then 450 with 68.
  const double all = 1450;
  const double rate = 348 / all;
  const double part = 450 / all;
  const double score = 68 - 450 * rate;
  const double variance = rate * (1 - rate) * 450 * (1 - part);
  const double skew = variance * (1 - 2 * rate) * (1 - 2 * part);
  const auto gain = [&](double events, double trials) {
    return events * std::log(events / trials / rate) +
           (trials - events) * std::log((1 - events / trials) / (1 - rate));
  };
  const double signed_root = -std::sqrt(2 * (gain(280, 1000) + gain(68, 450)));
  EXPECT_NEAR(signed_root, -5.4824, 5e-5);
  const double plain = score / std::sqrt(variance);
  EXPECT_NEAR(StandardDeviate(score, variance, skew), signed_root, .06);
  EXPECT_GT(std::abs(plain - signed_root),
            2 * std::abs(StandardDeviate(score, variance, skew) - signed_root));
}

TEST(StandardDeviate, DiscountsRisesOfRareEvents) {
  // 30 events where 10 are expected: the Poisson signed root is 5.09, the plain deviate 6.3.
  EXPECT_LT(StandardDeviate(20, 10, 10), 5.09);
  EXPECT_GT(StandardDeviate(20, 10, 10), 3);
}

TEST(LogStartEvidences, OnlyCandidatesCarryEvidence) {
  const auto logs = LogStartEvidences(OneStart(-40, 60, 0), {});
  for (std::size_t day = 0; day < 10; ++day) EXPECT_EQ(logs[day], kNoEvidence) << day;
  EXPECT_NEAR(logs[12], LogStartEvidence(-40, 60, .1875, kScales), 1e-12);
  EXPECT_GT(logs[12], logs[13]);
}

TEST(LogStartEvidences, TooFewExpectedEventsAreNoCandidate) {
  StartStatistics statistics = OneStart(-40, 60, 0);
  statistics.trials.back() = 19;  // 19 * .25 < 5
  EXPECT_EQ(LogStartEvidences(statistics, {}).back(), kNoEvidence);
  statistics.trials.back() = 20;
  EXPECT_NE(LogStartEvidences(statistics, {}).back(), kNoEvidence);
  statistics.trials[10] = 1990;  // 10 trials before the start
  EXPECT_EQ(LogStartEvidences(statistics, {})[10], kNoEvidence);
}

TEST(LogStartEvidences, ForgetsStartsOlderThanItsWindow) {
  const auto logs = LogStartEvidences(OneStart(-40, 60, 0), {.last_starts = 5});
  EXPECT_EQ(logs[14], kNoEvidence);
  EXPECT_NE(logs[15], kNoEvidence);
}

TEST(LogStartEvidences, ARateOfZeroOrOneShowsNothing) {
  StartStatistics statistics = OneStart(0, 0, 0);
  statistics.rate = 0;
  EXPECT_EQ(LogSum(LogStartEvidences(statistics, {})), kNoEvidence);
}

TEST(LargestSquaredDeviate, BoundsTheEvidence) {
  for (const double score : {-80.0, -20.0, 3.0, 35.0}) {
    const StartStatistics statistics = OneStart(score, 60, 12);
    EXPECT_LE(LogSum(LogStartEvidences(statistics, {})),
              LargestSquaredDeviate(statistics, {}) / 2 + std::log(10));
  }
}

TEST(LogSum, AddsInLogarithms) {
  EXPECT_NEAR(LogSum(std::array{std::log(2.0), std::log(5.0), kNoEvidence}), std::log(7), 1e-12);
  EXPECT_NEAR(LogSum(std::array{5000.0, 5000.0}), 5000 + std::log(2), 1e-12);
  EXPECT_EQ(LogSum({}), kNoEvidence);
}

}  // namespace
}  // namespace ripen::stats
