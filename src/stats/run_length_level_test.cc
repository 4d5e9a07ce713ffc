#include "stats/run_length_level.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <vector>

namespace ripen::stats {
namespace {

TEST(RunLengthLevel, OneCohortIsTheGammaPosterior) {
  const std::vector<double> events{6};
  const std::vector<double> exposures{100};
  const RunLengthLevel level(events, exposures, .05, 1, {});
  EXPECT_NEAR(level.LastMean(), 10.0 / 180, 1e-12);
  std::vector<double> rates(1);
  double sum = 0;
  constexpr int kDraws = 20'000;
  for (int draw = 0; draw < kDraws; ++draw) {
    Draws draws({1, 0, static_cast<std::uint64_t>(draw)});
    level.DrawPath(draws, rates);
    sum += rates[0];
  }
  // Standard deviation sqrt(10)/180; four standard errors.
  EXPECT_NEAR(sum / kDraws, 10.0 / 180, 4 * .01757 / std::sqrt(kDraws));
}

// The filter sums over all ways to cut three cohorts into runs: done here by hand.
TEST(RunLengthLevel, EqualsTheSumOverAllWaysToCut) {
  const std::vector<double> events{4, 9, 1};
  const std::vector<double> exposures{100, 150, 80};
  const LevelOptions options{.25, 3};
  constexpr double kPooled = .04;
  const double prior_rate = 3 / kPooled;
  const auto marginal = [&](std::size_t from, std::size_t to) {
    double log = 0;
    double shape = 3;
    double rate = prior_rate;
    for (std::size_t i = from; i < to; ++i) {
      log += std::lgamma(shape + events[i]) - std::lgamma(shape) - std::lgamma(events[i] + 1) +
             shape * std::log(rate / (rate + exposures[i])) +
             events[i] * std::log(exposures[i] / (rate + exposures[i]));
      shape += events[i];
      rate += exposures[i];
    }
    return std::exp(log);
  };
  const auto mean = [&](std::size_t from) {
    double shape = 3;
    double rate = prior_rate;
    for (std::size_t i = from; i < 3; ++i) {
      shape += events[i];
      rate += exposures[i];
    }
    return shape / rate;
  };
  const double one = .75 * .75 * marginal(0, 3);
  const double cut_after_two = .75 * .25 * marginal(0, 2) * marginal(2, 3);
  const double cut_after_one = .25 * .75 * marginal(0, 1) * marginal(1, 3);
  const double three = .25 * .25 * marginal(0, 1) * marginal(1, 2) * marginal(2, 3);
  const double all = one + cut_after_two + cut_after_one + three;
  const double expected =
      (one * mean(0) + cut_after_one * mean(1) + (cut_after_two + three) * mean(2)) / all;
  EXPECT_NEAR(RunLengthLevel(events, exposures, kPooled, 1, options).LastMean(), expected, 1e-12);
}

// Seed fixed; four standard errors of 20,000 paths.
TEST(RunLengthLevel, SmoothedMomentsAreThoseOfThePaths) {
  const std::vector<double> events{20, 22, 19, 9, 8, 11};
  const std::vector<double> exposures(6, 400);
  const RunLengthLevel level(events, exposures, .05, 1, {});
  const RunLengthLevel::Moments moments = level.Smoothed();
  std::vector<double> rates(6);
  std::vector<double> sum(6);
  std::vector<double> squares(6);
  constexpr int kDraws = 20'000;
  for (int draw = 0; draw < kDraws; ++draw) {
    Draws draws({1, 5, static_cast<std::uint64_t>(draw)});
    level.DrawPath(draws, rates);
    for (std::size_t at = 0; at < 6; ++at) {
      sum[at] += rates[at] / kDraws;
      squares[at] += rates[at] * rates[at] / kDraws;
    }
  }
  EXPECT_NEAR(moments.mean[5], level.LastMean(), 1e-12);
  for (std::size_t at = 0; at < 6; ++at) {
    const double deviation = std::sqrt(moments.variance[at]);
    EXPECT_NEAR(moments.mean[at], sum[at], 4 * deviation / std::sqrt(kDraws)) << at;
    EXPECT_NEAR(deviation, std::sqrt(squares[at] - sum[at] * sum[at]), .04 * deviation) << at;
  }
}

TEST(RunLengthLevel, FollowsAFallWithinDaysAndIgnoresCohortsWithoutExposure) {
  std::vector<double> events;
  std::vector<double> exposures;
  for (int day = 0; day < 40; ++day) {
    exposures.push_back(300);
    events.push_back(day < 32 ? 18 : 9);
  }
  exposures.push_back(0);
  events.push_back(0);
  const RunLengthLevel level(events, exposures, .055, 1, {});
  EXPECT_NEAR(level.LastMean(), .03, .003);
  std::vector<double> rates(events.size());
  double early = 0;
  double late = 0;
  for (std::uint64_t draw = 0; draw < 400; ++draw) {
    Draws draws({1, 7, draw});
    level.DrawPath(draws, rates);
    early += rates[20] / 400;
    late += rates[36] / 400;
  }
  EXPECT_NEAR(early, .06, .003);
  EXPECT_NEAR(late, .03, .003);
}

TEST(RunLengthLevel, SmallGroupsLeanOnAll) {
  const std::vector<double> events{0, 0};
  const std::vector<double> exposures{10, 10};
  const double level = RunLengthLevel(events, exposures, .05, 1, {}).LastMean();
  EXPECT_GT(level, .03);
  EXPECT_LT(level, .05);
}

TEST(RunLengthLevel, ManyEventsDoNotOverflow) {
  const std::vector<double> events{4e6, 4.1e6};
  const std::vector<double> exposures{1e8, 1e8};
  const double level = RunLengthLevel(events, exposures, .04, 1, {}).LastMean();
  EXPECT_NEAR(level, .041, .001);
}

TEST(RunLengthLevel, OfNothingIsNothing) {
  const RunLengthLevel level({}, {}, .05, 1, {});
  EXPECT_EQ(level.cohorts(), 0U);
  EXPECT_EQ(level.LastMean(), 0);
  std::vector<double> rates;
  Draws draws({1, 0, 0});
  level.DrawPath(draws, rates);
}

TEST(DayNoise, HasItsWorkedValue) {
  DayNoise noise;
  const std::vector<double> events{20, 40, 20};
  const std::vector<double> exposures{100, 100, 100};
  noise.AddStream(events, exposures);
  EXPECT_NEAR(noise.Estimate(), .24375, 1e-12);
}

TEST(DayNoise, LeavesOutStreamsWithFewEventsAndNeedsADifference) {
  DayNoise noise;
  EXPECT_EQ(noise.Estimate(), 0);
  const std::vector<double> events{2, 9, 2};
  const std::vector<double> exposures{100, 100, 100};
  noise.AddStream(events, exposures);
  EXPECT_EQ(noise.Estimate(), 0);
}

// A seed for each world; true c2 = .01 at 400 events a day. Over 300 days the estimate has a
// standard error of about .0012, so that four of them miss once in 16,000.
TEST(DayNoise, FindsTheNoiseOfDaysDespiteAChangeOfLevel) {
  Draws draws({11, 0, 0});
  std::vector<double> events;
  std::vector<double> exposures;
  for (int day = 0; day < 300; ++day) {
    const double level = day < 150 ? .04 : .03;
    exposures.push_back(12'000);
    events.push_back(static_cast<double>(draws.Binomial(12'000, level * draws.Gamma(100, 100))));
  }
  DayNoise noise;
  noise.AddStream(events, exposures);
  EXPECT_NEAR(noise.Estimate(), .01, .005);
}

}  // namespace
}  // namespace ripen::stats
