#include "stats/homogeneity.h"

#include <gtest/gtest.h>

#include <array>

namespace ripen::stats {
namespace {

TEST(ChiSquareUpperTail, MatchesTheTables) {
  EXPECT_NEAR(ChiSquareUpperTail(7.814728, 3), .05, 1e-7);
  EXPECT_NEAR(ChiSquareUpperTail(3.841459, 1), .05, 1e-7);
  EXPECT_NEAR(ChiSquareUpperTail(5.991465, 2), .05, 1e-7);
  EXPECT_NEAR(ChiSquareUpperTail(23.209251, 10), .01, 1e-8);
  EXPECT_EQ(ChiSquareUpperTail(0, 4), 1);
}

TEST(HomogeneityTail, TellsACommonFallFromOneOfAPart) {
  const auto same = HomogeneityTail(std::array{Part{50, 100}, Part{26, 50}, Part{99, 200}}, .2, 1);
  ASSERT_TRUE(same);
  EXPECT_GT(*same, .5);
  const auto differs = HomogeneityTail(std::array{Part{20, 100}, Part{98, 100}}, .2, 1);
  ASSERT_TRUE(differs);
  EXPECT_LT(*differs, 1e-6);
}

TEST(HomogeneityTail, NeedsTwoPartsWorthTheName) {
  EXPECT_FALSE(HomogeneityTail(std::array{Part{50, 100}, Part{1, 2}}, .2, 1));
  EXPECT_FALSE(HomogeneityTail({}, .2, 1));
}

}  // namespace
}  // namespace ripen::stats
