#include "stats/normal_shift.h"

#include <gtest/gtest.h>

#include <cmath>
#include <random>
#include <vector>

#include "stats/shiryaev_roberts.h"

namespace ripen::stats {
namespace {

TEST(LogNormalShiftEvidence, GivesTheWorkedValue) {
  // y = (0, 1, 0, 1, 5, 6): score 20/3, information 4/3, residual 209/6.
  const double log = LogNormalShiftEvidence(20.0 / 3, 4.0 / 3, 209.0 / 6, 5, 1);
  EXPECT_NEAR(std::exp(log), 4.73520, 5e-6);
}

TEST(FindNormalShift, FindsAStepAndItsSize) {
  std::vector<double> values;
  for (int day = 0; day < 30; ++day) {
    values.push_back((day % 2 == 0 ? .05 : -.05) + (day >= 20 ? .4 : 0));
  }
  const std::vector<std::size_t> one_block(30, 0);
  const NormalShift shift = FindNormalShift(values, one_block, 1, {});
  EXPECT_GT(LogSum(shift.log_evidence), std::log(1e6));
  EXPECT_NEAR(shift.shift[20], .4, .02);
  for (std::size_t day = 0; day < 10; ++day) EXPECT_EQ(shift.log_evidence[day], kNoEvidence);
}

TEST(FindNormalShift, BlocksTakeAWeekdayPatternOut) {
  std::mt19937_64 random(3);
  std::normal_distribution<double> noise(0, .03);
  std::vector<double> values;
  std::vector<std::size_t> weekday;
  for (std::size_t day = 0; day < 35; ++day) {
    weekday.push_back(day % 7);
    values.push_back((day % 7 >= 5 ? .5 : 0) + (day >= 28 ? -.25 : 0) + noise(random));
  }
  const std::vector<std::size_t> one_block(35, 0);
  const double with = LogSum(FindNormalShift(values, weekday, 7, {}).log_evidence);
  const double without = LogSum(FindNormalShift(values, one_block, 1, {}).log_evidence);
  EXPECT_GT(with, std::log(1e4));
  EXPECT_LT(without, std::log(1e4));
}

// Risk: alarms at M >= 50 in 30 days happen in at most 30/50 of histories by the theorem and in
// about 2 % in truth; 40 of 400 has probability under 1e-9. Fixed seed.
TEST(FindNormalShift, KeepsItsPromiseWithoutAChange) {
  std::mt19937_64 random(5);
  std::normal_distribution<double> noise;
  const std::vector<std::size_t> one_block(30, 0);
  int alarms = 0;
  for (int history = 0; history < 400; ++history) {
    std::vector<double> values;
    for (int day = 0; day < 30; ++day) values.push_back(7 + 3 * noise(random));
    alarms += LogSum(FindNormalShift(values, one_block, 1, {}).log_evidence) >= std::log(50);
  }
  EXPECT_LT(alarms, 40);
}

TEST(FindNormalShift, CountingNoiseIsTheLeastVariance) {
  const std::vector<std::size_t> blocks(30, 0);
  std::vector<double> values(30, 2);
  values[25] = 2 + 1e-9;
  EXPECT_LT(LogSum(FindNormalShift(values, blocks, 1, {.least_variance = 1e-3}).log_evidence),
            std::log(30));
}

TEST(FindNormalShift, SaysNothingOfFewOrEqualDays) {
  const std::vector<std::size_t> blocks(30, 0);
  const std::vector<double> equal(30, 2);
  EXPECT_EQ(LogSum(FindNormalShift(equal, blocks, 1, {}).log_evidence), kNoEvidence);
  EXPECT_EQ(LogSum(FindNormalShift(std::vector<double>{1, 2}, std::vector<std::size_t>{0, 0}, 1, {})
                       .log_evidence),
            kNoEvidence);
}

}  // namespace
}  // namespace ripen::stats
