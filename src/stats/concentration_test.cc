#include "stats/concentration.h"

#include <gtest/gtest.h>

#include <vector>

namespace ripen::stats {
namespace {

TEST(Concentration, GivesTheWorkedValue) {
  const auto some = ConcentrationOf(std::vector<std::int64_t>{4, 1, 3, 2});
  ASSERT_TRUE(some);
  EXPECT_NEAR(some->gini, .25, 1e-12);
  EXPECT_NEAR(some->effective_number, 3.596115, 5e-7);
  EXPECT_NEAR(some->top_tenth_share, .4, 1e-12);
}

TEST(Concentration, EvenIsZeroAndEveryItemCounts) {
  const auto even = ConcentrationOf(std::vector<std::int64_t>(20, 7));
  EXPECT_NEAR(even->gini, 0, 1e-12);
  EXPECT_NEAR(even->effective_number, 20, 1e-9);
  EXPECT_NEAR(even->top_tenth_share, .1, 1e-12);
  EXPECT_FALSE(ConcentrationOf({}));
}

TEST(Novelty, AnItemOfHalfTheShowsIsOneBitAndANewOneHasMost) {
  const std::vector<std::int64_t> before{998, 998, 0};
  const auto known = NoveltyOf(std::vector<std::int64_t>{5, 5, 0}, before);
  ASSERT_TRUE(known);
  EXPECT_NEAR(*known, 1, 2e-3);  // (998 + 1) / (1996 + 2)
  const auto fresh = NoveltyOf(std::vector<std::int64_t>{0, 0, 10}, before);
  EXPECT_GT(*fresh, 10);
  EXPECT_FALSE(NoveltyOf(before, std::vector<std::int64_t>{0, 0, 0}));
}

}  // namespace
}  // namespace ripen::stats
