#include "stats/start_posterior.h"

#include <gtest/gtest.h>

#include <array>
#include <cmath>

#include "stats/shiryaev_roberts.h"

namespace ripen::stats {
namespace {

TEST(EstimateStart, GivesTheWorkedValue) {
  const std::array<double, 4> logs{0, std::log(2), std::log(14), std::log(3)};
  const auto estimate = EstimateStart(logs);
  ASSERT_TRUE(estimate);
  EXPECT_EQ(estimate->start, 2U);
  EXPECT_EQ(estimate->earliest, 1U);
  EXPECT_EQ(estimate->latest, 3U);
}

TEST(EstimateStart, StandsOnOneDayWhenThatCarriesAll) {
  const auto estimate = EstimateStart(std::array{kNoEvidence, 900.0, 4.0, kNoEvidence});
  ASSERT_TRUE(estimate);
  EXPECT_EQ(estimate->start, 1U);
  EXPECT_EQ(estimate->earliest, 1U);
  EXPECT_EQ(estimate->latest, 1U);
}

TEST(EstimateStart, SaysNothingWithoutCandidates) {
  EXPECT_FALSE(EstimateStart(std::array{kNoEvidence, kNoEvidence}));
  EXPECT_FALSE(EstimateStart({}));
}

}  // namespace
}  // namespace ripen::stats
