#include "stats/strata.h"

#include <gtest/gtest.h>

#include <array>
#include <cstdint>
#include <vector>

namespace ripen::stats {
namespace {

// Two cells over four days; the second cell has nothing on the second day.
struct TwoCells {
  std::vector<std::uint32_t> first{0, 4, 7};
  std::vector<std::uint16_t> cohort{0, 1, 2, 3, 0, 2, 3};
  std::vector<float> trials{100, 100, 50, 50, 10, 100, 100};
  std::vector<float> events{20, 30, 10, 10, 5, 50, 50};
  std::vector<double> share = std::vector<double>(8, 1);
  std::vector<double> rate{.25, .25};

  ScoreIncrements Scores(const std::vector<std::int32_t>& stream_of_cell, std::size_t streams) {
    ScoreIncrements increments(streams, 4);
    AddStratifiedScores({first, cohort, trials, events}, {stream_of_cell, streams, 4, share, rate},
                        increments);
    return increments;
  }
};

TEST(Strata, GiveTheWorkedValue) {
  const std::vector<std::uint32_t> first{0, 2};
  const std::vector<std::uint16_t> cohort{0, 1};
  const std::vector<float> trials{100, 100};
  const std::vector<float> events{20, 30};
  const std::vector<std::int32_t> stream{0};
  const std::vector<double> share{1, 1};
  const std::vector<double> rate{.25};
  ScoreIncrements increments(1, 2);
  AddStratifiedScores({first, cohort, trials, events}, {stream, 1, 2, share, rate}, increments);
  const StartStatistics statistics = SumFromStarts(increments, 0, share, .25);
  EXPECT_NEAR(statistics.score[1], 5, 1e-12);
  EXPECT_NEAR(statistics.variance[1], .1875 * 50, 1e-12);
  EXPECT_NEAR(statistics.skew[1], 0, 1e-12);
}

TEST(Strata, OneCellIsTheOldFormula) {
  TwoCells world;
  const auto increments = world.Scores({0, -1}, 1);
  const std::vector<double> trials{100, 100, 50, 50};
  const StartStatistics strata = SumFromStarts(increments, 0, trials, 70.0 / 300);
  const StartStatistics plain = OneStratum(trials, std::vector<double>{20, 30, 10, 10}, {});
  for (std::size_t start = 1; start < 4; ++start) {
    EXPECT_NEAR(strata.score[start], plain.score[start], 1e-9);
    // v_c shrinks towards the stream's rate, which here is .25 against 70/300.
    EXPECT_NEAR(strata.variance[start], plain.variance[start], .01 * plain.variance[start]);
  }
}

TEST(Strata, AChangeOfMixMovesNothing) {
  TwoCells world;
  world.events = {20, 20, 10, 10, 5, 50, 50};  // both cells keep their rates of .2 and .5
  const auto increments = world.Scores({0, 0}, 1);
  const StartStatistics strata =
      SumFromStarts(increments, 0, std::vector<double>{110, 100, 150, 150}, 165.0 / 510);
  for (std::size_t start = 0; start < 4; ++start) EXPECT_NEAR(strata.score[start], 0, 1e-9);
  const StartStatistics plain =
      OneStratum(std::vector<double>{110, 100, 150, 150}, std::vector<double>{25, 20, 60, 60}, {});
  EXPECT_GT(plain.score[2], 20);
}

TEST(Strata, AddUpOverCellsAndRespectDayShares) {
  TwoCells world;
  world.share = {1, .5, 1, .25, 1, 1, 1, 1};
  const auto together = world.Scores({0, 0}, 1);
  const auto apart = world.Scores({0, -1}, 1);
  TwoCells second = world;
  const auto other = second.Scores({-1, 0}, 1);
  for (std::size_t day = 0; day < 4; ++day) {
    EXPECT_NEAR(together.score[day], apart.score[day] + other.score[day], 1e-9);
    EXPECT_NEAR(together.variance[day], apart.variance[day] + other.variance[day], 1e-9);
  }
  // By hand: effective trials 100, 50, 50, 12.5 and events 20, 15, 10, 2.5.
  const double rate = 47.5 / 212.5;
  EXPECT_NEAR(apart.score[3], 2.5 - 12.5 * rate, 1e-9);
}

TEST(OneStratum, TakesTheMixOutWithExpectedCounts) {
  // Twice the trials of a better mix: all of the rise is expected.
  const std::vector<double> trials{100, 100, 200};
  const std::vector<double> events{20, 20, 60};
  const StartStatistics raw = OneStratum(trials, events, {});
  const StartStatistics adjusted = OneStratum(trials, events, events);
  EXPECT_GT(raw.score[2], 5);
  EXPECT_NEAR(adjusted.score[2], 0, 1e-9);
  EXPECT_EQ(adjusted.variance[2], raw.variance[2]);
}

TEST(OneStratum, OfNothingIsEmpty) {
  const StartStatistics none = OneStratum(std::vector<double>{0, 0}, std::vector<double>{0, 0}, {});
  EXPECT_EQ(none.all_trials, 0);
  EXPECT_EQ(none.variance[0], 0);
}

}  // namespace
}  // namespace ripen::stats
