#include "stats/direct_standardisation.h"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

namespace ripen::stats {
namespace {

TEST(DirectStandardisation, MatchesTheWorkedValue) {
  const std::vector<StratumCounts> strata = {{{100, 30}, {300, 60}}, {{300, 10}, {100, 5}}};
  const StandardisedRates rates = Standardise(strata, 1, 1);
  EXPECT_NEAR(rates.support, 1, 1e-12);
  EXPECT_NEAR(rates.rate_a, .166667, 1e-6);
  EXPECT_NEAR(rates.rate_b, .125, 1e-6);
  ASSERT_TRUE(rates.ratio);
  EXPECT_NEAR(rates.ratio->value, std::log(4.0 / 3), 1e-6);
}

TEST(DirectStandardisation, LeavesOutWhomOneSideNeverMeets) {
  const std::vector<StratumCounts> strata = {{{100, 30}, {100, 30}}, {{100, 90}, {2, 0}}};
  const StandardisedRates rates = Standardise(strata, 1, 1);
  EXPECT_NEAR(rates.rate_a, .3, 1e-12);
  EXPECT_NEAR(rates.rate_b, .3, 1e-12);
  EXPECT_NEAR(rates.support, (.5 + 100.0 / 102) / 2, 1e-12);
  EXPECT_NEAR(CommonSupport(strata, 10), rates.support, 1e-12);
}

TEST(DirectStandardisation, WidensAndRefuses) {
  const std::vector<StratumCounts> strata = {{{1000, 300}, {1000, 200}}};
  const auto plain = Standardise(strata, 1, 1);
  const auto wide = Standardise(strata, 4, 4);
  ASSERT_TRUE(plain.ratio && wide.ratio);
  EXPECT_NEAR(wide.ratio->variance, 4 * plain.ratio->variance, 1e-9);
  EXPECT_FALSE(Standardise(std::vector<StratumCounts>{{{100, 9}, {100, 20}}}, 1, 1).ratio);
  EXPECT_EQ(CommonSupport({}, 10), 0);
}

}  // namespace
}  // namespace ripen::stats
