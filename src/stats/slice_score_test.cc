#include "stats/slice_score.h"

#include <gtest/gtest.h>

namespace ripen::stats {
namespace {

TEST(SliceScore, GivesTheWorkedValue) {
  EXPECT_NEAR(PoissonGain(68, 126), 16.0594, 5e-5);
  EXPECT_NEAR(SliceScore(68, 126, 1, 2), 12.0594, 5e-5);
  EXPECT_NEAR(SliceScore(68, 126, 2, 1), 16.0594 / 2 - 2, 5e-5);
}

TEST(PoissonGain, IsZeroAtTheExpectationAndPositiveBesideIt) {
  EXPECT_EQ(PoissonGain(50, 50), 0);
  EXPECT_GT(PoissonGain(51, 50), 0);
  EXPECT_GT(PoissonGain(49, 50), 0);
  EXPECT_EQ(PoissonGain(0, 12), 12);
}

}  // namespace
}  // namespace ripen::stats
