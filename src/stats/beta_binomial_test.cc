#include "stats/beta_binomial.h"

#include <gtest/gtest.h>

#include <array>

namespace ripen::stats {
namespace {

TEST(BetaBinomial, GivesTheWorkedValue) {
  const std::array<GroupCount, 4> groups{{{100, 10}, {100, 30}, {100, 20}, {5, 2}}};
  const auto prior = FitGroupPrior(groups);
  ASSERT_TRUE(prior);
  EXPECT_NEAR(prior->rate, .211724, 2e-6);
  EXPECT_NEAR(prior->weight, 28.6642, 2e-3);
  EXPECT_NEAR(ShrunkenRate(groups[3], *prior), .239687, 2e-6);
}

TEST(BetaBinomial, GroupsThatDifferByChanceAloneGetOneRate) {
  const std::array<GroupCount, 3> groups{{{1000, 200}, {1000, 201}, {30, 6}}};
  const auto prior = FitGroupPrior(groups);
  ASSERT_TRUE(prior);
  EXPECT_GT(prior->weight, 1e5);
  EXPECT_NEAR(ShrunkenRate(groups[2], *prior), .2005, 5e-4);
}

TEST(BetaBinomial, KnowsNothingOfOneGroupOrOfNoEvents) {
  EXPECT_FALSE(FitGroupPrior(std::array<GroupCount, 2>{{{100, 10}, {0, 0}}}));
  EXPECT_FALSE(FitGroupPrior(std::array<GroupCount, 2>{{{100, 0}, {50, 0}}}));
}

}  // namespace
}  // namespace ripen::stats
