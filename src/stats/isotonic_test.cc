#include "stats/isotonic.h"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

namespace ripen::stats {
namespace {

TEST(IsotonicTest, WorkedValueOfTheHeader) {
  const std::vector<ScoreBin> bins{{.1, 10, 1}, {.2, 10, 3}, {.3, 30, 6}, {.4, 10, 4}};
  const std::vector<double> fitted = FitIsotonic(bins);
  const std::vector<double> expected{.1, .225, .225, .4};
  ASSERT_EQ(fitted.size(), expected.size());
  for (std::size_t bin = 0; bin < fitted.size(); ++bin) {
    EXPECT_NEAR(fitted[bin], expected[bin], 1e-12);
  }
}

TEST(IsotonicTest, BinsWithoutRecordsTakeTheRateBelowThem) {
  const std::vector<ScoreBin> bins{{.1, 0, 0}, {.2, 10, 2}, {.3, 0, 0}, {.4, 10, 5}};
  EXPECT_EQ(FitIsotonic(bins), (std::vector<double>{.2, .2, .2, .5}));
}

TEST(IsotonicTest, AFallingRelationIsFlat) {
  const std::vector<ScoreBin> bins{{.1, 10, 9}, {.2, 10, 5}, {.3, 10, 1}};
  for (const double rate : FitIsotonic(bins)) EXPECT_DOUBLE_EQ(rate, .5);
}

// The likelihood equations hold at the fit: what is expected by the line is what its targets say.
TEST(IsotonicTest, PlattsLineSolvesItsEquations) {
  const std::vector<ScoreBin> bins{{-1, 200, 10}, {0, 300, 40}, {2, 100, 45}};
  const auto line = FitPlatt(bins);
  ASSERT_TRUE(line);
  double level = 0;
  double tilt = 0;
  for (const ScoreBin& bin : bins) {
    const double target = bin.events * 96 / 97 + (bin.trials - bin.events) / 507;
    level += target - bin.trials * line->At(bin.score);
    tilt += (target - bin.trials * line->At(bin.score)) * bin.score;
  }
  EXPECT_NEAR(level, 0, 1e-6);
  EXPECT_NEAR(tilt, 0, 1e-6);
  EXPECT_GT(line->At(2), line->At(-1));
  const std::vector<ScoreBin> none{{1, 10, 0}};
  EXPECT_FALSE(FitPlatt(none));
}

TEST(IsotonicTest, ScoresThatAreRatesHaveNoErrorBeyondChance) {
  const std::vector<ScoreBin> right{{.1, 1000, 103}, {.3, 1000, 296}};
  EXPECT_EQ(CalibrationError(right), 0);
  const std::vector<ScoreBin> off{{.2, 100000, 10000}};
  EXPECT_NEAR(CalibrationError(off), .1 - std::sqrt(2 / 3.14159265 * .09 / 100000), 1e-6);
}

}  // namespace
}  // namespace ripen::stats
