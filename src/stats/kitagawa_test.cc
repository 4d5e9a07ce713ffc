#include "stats/kitagawa.h"

#include <gtest/gtest.h>

#include <array>
#include <random>
#include <vector>

namespace ripen::stats {
namespace {

TEST(DecomposeMove, GivesTheWorkedValue) {
  constexpr std::array<double, 5> kBefore{.15, .18, .25, .22, .20};
  constexpr std::array<double, 5> kAfter{.14, .21, .24, .21, .20};
  constexpr std::array<double, 5> kRates{.24, .28, .235, .22, .22};
  std::vector<GroupCounts> groups;
  for (std::size_t group = 0; group < 5; ++group) {
    const double fallen = group == 1 ? .15 : kRates[group];
    groups.push_back(
        {kBefore[group], kBefore[group] * kRates[group], kAfter[group], kAfter[group] * fallen});
  }
  const Decomposition move = DecomposeMove(groups);
  EXPECT_NEAR(move.rate_after - move.rate_before, -.02585, 1e-12);
  EXPECT_NEAR(move.rate_effect, -.02535, 1e-12);
  EXPECT_NEAR(move.rate_effects[1], -.02535, 1e-12);
  EXPECT_NEAR(move.mix_effect, -.00050, 1e-12);
  constexpr std::array<double, 5> kMix{-.00015375, -.00028875, -.00010375, .00004625, 0};
  for (std::size_t group = 0; group < 5; ++group) {
    EXPECT_NEAR(move.mix_effects[group], kMix[group], 1e-12) << group;
  }
}

TEST(DecomposeMove, AddsUpExactlyWhateverTheGroups) {
  std::mt19937_64 random(11);
  std::uniform_real_distribution<double> uniform;
  for (int world = 0; world < 500; ++world) {
    std::vector<GroupCounts> groups(1 + random() % 9);
    for (GroupCounts& group : groups) {
      group.trials_before = uniform(random) < .2 ? 0 : 1e4 * uniform(random);
      group.trials_after = uniform(random) < .2 ? 0 : 1e4 * uniform(random);
      group.events_before = group.trials_before * uniform(random);
      group.events_after = group.trials_after * uniform(random);
    }
    groups[0].trials_before += 1;
    groups[0].trials_after += 1;
    const Decomposition move = DecomposeMove(groups);
    EXPECT_NEAR(move.rate_effect + move.mix_effect, move.rate_after - move.rate_before, 1e-12);
  }
}

TEST(DecomposeMove, AGroupThatAppearsIsAllMix) {
  const Decomposition move =
      DecomposeMove(std::array{GroupCounts{100, 20, 100, 20}, GroupCounts{0, 0, 100, 50}});
  EXPECT_NEAR(move.rate_effects[0], 0, 1e-15);
  EXPECT_NEAR(move.rate_after - move.rate_before, .15, 1e-12);
  EXPECT_NEAR(move.rate_effects[1], 0, 1e-15);
  EXPECT_NEAR(move.mix_effect, .15, 1e-12);
  // (0.5 - 0) * (.50 - (.20 + .35) / 2): what the newcomers lift the total by.
  EXPECT_NEAR(move.mix_effects[1], .1125, 1e-12);
}

// With the overall rate in the place of the absent one and both terms counted as mix the effect of
// the newcomer is the same number.
TEST(DecomposeMove, AnAbsentRateDoesNotMatter) {
  const Decomposition move =
      DecomposeMove(std::array{GroupCounts{100, 20, 100, 20}, GroupCounts{0, 0, 50, 40}});
  const double share = 1. / 3;
  const double rate_term = share / 2 * (.8 - move.rate_before);
  const double mix_term =
      share * ((.8 + move.rate_before) / 2 - (move.rate_before + move.rate_after) / 2);
  EXPECT_NEAR(move.mix_effects[1], rate_term + mix_term, 1e-15);
}

// Half of the group's cells change places: within the cells nothing changes.
TEST(SumToGroups, WhatIsMixWithinAGroupIsMix) {
  const std::array cells{GroupCounts{80, 8, 20, 2}, GroupCounts{20, 10, 80, 40},
                         GroupCounts{100, 30, 100, 30}};
  const Decomposition move =
      SumToGroups(DecomposeMove(cells), std::array<std::size_t, 3>{0, 0, 1}, 2);
  EXPECT_NEAR(move.rate_effects[0], 0, 1e-15);
  EXPECT_NEAR(move.mix_effects[0], .12, 1e-12);
  const Decomposition coarse =
      DecomposeMove(std::array{GroupCounts{100, 18, 100, 42}, GroupCounts{100, 30, 100, 30}});
  EXPECT_NEAR(coarse.rate_effects[0], .12, 1e-12);
  EXPECT_NEAR(move.mix_effects[0] + move.mix_effects[1] + move.rate_effect,
              move.rate_after - move.rate_before, 1e-12);
}

TEST(DecomposeMove, SaysNothingWithoutTrialsInAPeriod) {
  const Decomposition move = DecomposeMove(std::array{GroupCounts{0, 0, 100, 20}});
  EXPECT_EQ(move.rate_effect, 0);
  EXPECT_TRUE(move.mix_effects.empty());
}

}  // namespace
}  // namespace ripen::stats
