#include "stats/overdispersion.h"

#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <random>
#include <vector>

namespace ripen::stats {
namespace {

TEST(Overdispersion, GivesTheWorkedValue) {
  Overdispersion pool;
  pool.AddStream(std::array{100.0, 100.0, 100.0}, std::array{20.0, 30.0, 10.0});
  pool.AddStream(std::array{100.0, 100.0, 100.0}, std::array{50.0, 50.0, 50.0});
  const double excess = 5.8125;
  const double squares = 1.0625 * 1.0625 + 5.75 * 5.75 + .5 * .5 + .5 * .5;
  EXPECT_NEAR(pool.Estimate(), (excess + std::sqrt(squares)) / 200, 1e-12);
  EXPECT_NEAR(pool.Estimate(), .0585, 5e-5);
}

// Risk: the estimate of 300 x 28 differences has a standard error of 2 % of rho; the bounds lie
// five of them away. Fixed seed.
TEST(Overdispersion, RecoversTheNoiseThatWasPutIn) {
  std::mt19937_64 random(7);
  std::normal_distribution<double> noise;
  const double rho = .004;
  Overdispersion pool;
  for (int stream = 0; stream < 300; ++stream) {
    std::vector<double> trials(28, 500);
    std::vector<double> events;
    for (std::size_t day = 0; day < trials.size(); ++day) {
      const double rate = .25 + std::sqrt(rho * .25 * .75) * noise(random);
      events.push_back(std::binomial_distribution<int>(500, rate)(random));
    }
    pool.AddStream(trials, events);
  }
  EXPECT_NEAR(pool.Estimate(), rho, .1 * rho);
}

TEST(Overdispersion, OneChangeOfLevelHardlyMovesIt) {
  Overdispersion pool;
  std::vector<double> trials(30, 1000);
  std::vector<double> events(30, 280);
  for (std::size_t day = 20; day < 30; ++day) events[day] = 150;
  pool.AddStream(trials, events);
  // The variance around the mean would give (.13^2 * 2/9) / (.24 * .76) = .0207.
  EXPECT_LT(pool.Estimate(), .004);
}

TEST(Overdispersion, IsZeroWithoutPairsOfDays) {
  Overdispersion pool;
  EXPECT_EQ(pool.Estimate(), 0);
  pool.AddStream(std::array{4.0, 100.0}, std::array{1.0, 20.0});
  EXPECT_EQ(pool.Estimate(), 0);
  pool.AddStream(std::array{100.0, 100.0}, std::array{0.0, 0.0});
  EXPECT_EQ(pool.Estimate(), 0);
}

TEST(EffectiveShare, LeavesSingleTrialsAlone) {
  EXPECT_EQ(EffectiveShare(0, .1), 1);
  EXPECT_EQ(EffectiveShare(1, .1), 1);
  EXPECT_DOUBLE_EQ(EffectiveShare(101, .01), .5);
}

}  // namespace
}  // namespace ripen::stats
