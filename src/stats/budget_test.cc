#include "stats/budget.h"

#include <gtest/gtest.h>

#include <array>
#include <numeric>

namespace ripen::stats {
namespace {

TEST(Budget, GivesTheWorkedValue) {
  std::array<std::size_t, 25> groups{};
  for (std::size_t member = 0; member < 25; ++member) groups[member] = member / 5;
  const double stage = RateStageWeight(0, 3);
  EXPECT_DOUBLE_EQ(stage * kTotalShare, .07);
  const auto weights = SplitLevel(stage * kSingleShare, groups, 5, {});
  for (const double weight : weights) EXPECT_NEAR(weight, .007, 1e-15);
}

TEST(Budget, AllKindsTogetherSpendNoMoreThanTheWhole) {
  for (const std::size_t stages : {1U, 2U, 3U, 7U}) {
    double all = kDelayWeight + kExposureWeight + kFairnessWeight + kVolumeWeight;
    for (std::size_t stage = 0; stage < stages; ++stage) all += RateStageWeight(stage, stages);
    EXPECT_NEAR(all, 1, 1e-12) << stages;
  }
  EXPECT_NEAR(kTotalShare + kSingleShare + kPairShare, 1, 1e-12);
  EXPECT_NEAR(kExposureTotalShare + kMissingShare + kExposureCellShare, 1, 1e-12);
}

TEST(SplitLevel, IsEqualOverAttributesThenOverValues) {
  const std::array<std::size_t, 5> groups{0, 0, 0, 0, 2};
  const auto weights = SplitLevel(.4, groups, 3, {});
  EXPECT_NEAR(weights[0], .05, 1e-15);
  EXPECT_NEAR(weights[4], .2, 1e-15);
}

TEST(SplitLevel, KeySegmentsTakeHalfAndTheSumStays) {
  const std::array<std::size_t, 4> groups{0, 0, 1, 1};
  const auto weights = SplitLevel(.8, groups, 2, std::array<std::size_t, 1>{1});
  EXPECT_NEAR(weights[1], .4 + .1, 1e-15);
  EXPECT_NEAR(weights[0], .1, 1e-15);
  EXPECT_NEAR(std::accumulate(weights.begin(), weights.end(), 0.0), .8, 1e-15);
}

TEST(SplitLevel, OfNothingIsNothing) { EXPECT_TRUE(SplitLevel(.5, {}, 3, {}).empty()); }

}  // namespace
}  // namespace ripen::stats
