#include "stats/slope.h"

#include <gtest/gtest.h>

#include <array>
#include <cmath>

namespace ripen::stats {
namespace {

constexpr std::array<double, 5> kTrials{100, 100, 100, 100, 100};
constexpr std::array<double, 5> kLevel{20, 20, 20, 20, 20};

TEST(StandardizedSlope, GivesTheWorkedValue) {
  // Covariance -100, variance .2 * .8 * 100 * 10 = 160.
  const auto slope = StandardizedSlope(kTrials, std::array{40.0, 30.0, 20.0, 10.0, 0.0}, kLevel);
  ASSERT_TRUE(slope);
  EXPECT_NEAR(*slope, -100 / std::sqrt(160.0), 1e-12);
  EXPECT_NEAR(*slope, -7.9057, 5e-5);
}

TEST(StandardizedSlope, IsZeroWhereTheLevelFollowsItsReference) {
  const std::array<double, 5> expected{10, 15, 20, 25, 30};
  const auto slope = StandardizedSlope(kTrials, std::array{5.0, 7.5, 10.0, 12.5, 15.0}, expected);
  ASSERT_TRUE(slope);
  EXPECT_NEAR(*slope, 0, 1e-12);
}

TEST(StandardizedSlope, NeedsFiveDays) {
  EXPECT_FALSE(StandardizedSlope(std::array{9.0, 9.0, 9.0, 9.0}, std::array{1.0, 2.0, 3.0, 4.0},
                                 std::array{2.0, 2.0, 2.0, 2.0}));
  EXPECT_FALSE(StandardizedSlope(kTrials, std::array{0.0, 0.0, 0.0, 0.0, 0.0}, kLevel));
}

}  // namespace
}  // namespace ripen::stats
