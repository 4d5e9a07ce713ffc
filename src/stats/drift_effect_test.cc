#include "stats/drift_effect.h"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

#include "stats/draws.h"

namespace ripen::stats {
namespace {

std::vector<double> EqualShares(std::int64_t records, Draws& draws) {
  std::vector<double> counts(10);
  for (std::int64_t record = 0; record < records; ++record) {
    counts[static_cast<std::size_t>(draws.Uniform() * 10)] += 1;
  }
  return counts;
}

TEST(DriftEffectTest, WorkedValueOfTheHeader) {
  const std::vector<double> before{30, 70};
  const std::vector<double> since{60, 40};
  EXPECT_NEAR(PopulationStabilityIndex(before, since), .375829, 1e-6);
  EXPECT_NEAR(JensenShannon(before, since), .066654, 1e-6);
  const DriftEffect effect = JensenShannonEffect(before, since, 1);
  EXPECT_NEAR(effect.value, .063047, 1e-6);
  EXPECT_GT(effect.low, 0);
  EXPECT_LT(effect.low, effect.value);
  EXPECT_GT(effect.high, effect.value);
}

// The table of the method's page: what the plain index shows without any change, and what the
// corrected effect does instead. Risk: standard errors of 2000 runs are 1 % of the means.
TEST(DriftEffectTest, ThePlainIndexSeesChangesThatAreNone) {
  Draws draws({3, StreamKey("psi"), 0});
  for (const auto& [records, mean, over] :
       {std::tuple<std::int64_t, double, double>{100, .190, .86}, {500, .036, .003}}) {
    double sum = 0;
    double above = 0;
    double corrected = 0;
    constexpr int kRuns = 2000;
    for (int run = 0; run < kRuns; ++run) {
      const std::vector<double> before = EqualShares(records, draws);
      const std::vector<double> since = EqualShares(records, draws);
      const double index = PopulationStabilityIndex(before, since);
      sum += index;
      above += index > .1;
      corrected += JensenShannonEffect(before, since, 1).value;
    }
    EXPECT_NEAR(sum / kRuns, mean, .05 * mean) << records;
    EXPECT_NEAR(above / kRuns, over, .03) << records;
    EXPECT_LT(corrected / kRuns, records == 100 ? .015 : .003);
  }
}

// In 90 of 100 cases the range holds the true divergence. Risk: 400 runs, three standard errors
// are .045.
TEST(DriftEffectTest, TheRangeHoldsTheTrueDivergence) {
  const std::vector<double> before_shares{.1, .2, .3, .4};
  const std::vector<double> since_shares{.16, .24, .28, .32};
  std::vector<double> scaled_before;
  std::vector<double> scaled_since;
  for (std::size_t bin = 0; bin < 4; ++bin) {
    scaled_before.push_back(before_shares[bin] * 1e9);
    scaled_since.push_back(since_shares[bin] * 1e9);
  }
  const double truth = JensenShannon(scaled_before, scaled_since);
  Draws draws({5, StreamKey("range"), 0});
  const auto draw = [&](const std::vector<double>& shares) {
    std::vector<double> counts(4);
    for (int record = 0; record < 2000; ++record) {
      double at = draws.Uniform();
      std::size_t bin = 0;
      while (bin < 3 && at >= shares[bin]) at -= shares[bin++];
      counts[bin] += 1;
    }
    return counts;
  };
  int held = 0;
  for (int run = 0; run < 400; ++run) {
    const DriftEffect effect = JensenShannonEffect(draw(before_shares), draw(since_shares), 1);
    held += effect.low <= truth && truth <= effect.high;
  }
  EXPECT_NEAR(held / 400.0, .9, .045);
}

TEST(DriftEffectTest, AMeanIsMeasuredInStandardDeviationsOfOneRecord) {
  const DriftEffect effect = StandardisedMean({.27, .33, .15, .0001, 20, 5});
  EXPECT_NEAR(effect.value, .4, 1e-12);
  EXPECT_NEAR(effect.high - effect.value, 1.6448536 * .01 * std::sqrt(.25) / .15, 1e-6);
}

TEST(DriftEffectTest, ABinThatIsEmptyOnOneSideIsNoInfinity) {
  const std::vector<double> before{50, 50, 0};
  const std::vector<double> since{40, 40, 20};
  EXPECT_LT(PopulationStabilityIndex(before, since), 2);
  EXPECT_LE(JensenShannonEffect(before, since, 1).high, 1);
}

}  // namespace
}  // namespace ripen::stats
