#include "stats/move_ranges.h"

#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <numeric>
#include <random>
#include <vector>

namespace ripen::stats {
namespace {

constexpr std::size_t kDraws = 400;

// Bickel, Hammel & O'Connell 1975: applicants and admitted of departments A to F, men then women.
constexpr std::array kBerkeley{GroupCounts{825, 512, 108, 89},  GroupCounts{560, 353, 25, 17},
                               GroupCounts{325, 120, 593, 202}, GroupCounts{417, 138, 375, 131},
                               GroupCounts{191, 53, 393, 94},   GroupCounts{373, 22, 341, 24}};

std::vector<Draws> Generators(std::size_t groups, std::uint64_t stream, std::uint64_t draw) {
  std::vector<Draws> draws;
  for (std::size_t group = 0; group < groups; ++group) {
    draws.emplace_back(Draws::Key{7, 1000 * stream + group, draw});
  }
  return draws;
}

// Draws of both periods under the sampling law, days without noise of their own.
std::vector<std::vector<GroupCounts>> Sampled(std::span<const GroupCounts> groups) {
  std::vector<CountedGroup> before;
  std::vector<CountedGroup> after;
  double all_before = 0;
  double all_after = 0;
  for (const GroupCounts& group : groups) {
    before.push_back({group.trials_before, group.events_before, group.trials_before});
    after.push_back({group.trials_after, group.events_after, group.trials_after});
    all_before += group.trials_before;
    all_after += group.trials_after;
  }
  std::vector<std::vector<GroupCounts>> draws;
  for (std::size_t draw = 0; draw < kDraws; ++draw) {
    auto of_before = Generators(groups.size(), 1, draw);
    auto of_after = Generators(groups.size(), 2, draw);
    Draws total_before({7, 1, draw});
    Draws total_after({7, 2, draw});
    const auto was = DrawCounted(before, all_before, of_before, total_before);
    const auto is = DrawCounted(after, all_after, of_after, total_after);
    std::vector<GroupCounts>& drawn = draws.emplace_back(groups.begin(), groups.end());
    for (std::size_t group = 0; group < groups.size(); ++group) {
      drawn[group].events_before = was[group];
      drawn[group].events_after = is[group];
    }
  }
  return draws;
}

TEST(RangesOfMove, BerkeleyIsSimpsonsParadox) {
  const MoveRanges move = RangesOfMove(kBerkeley, Sampled(kBerkeley));
  EXPECT_NEAR(move.point.rate_before, .44519, 5e-6);
  EXPECT_NEAR(move.point.rate_after, .30354, 5e-6);
  EXPECT_NEAR(move.rate.value, .03603, 5e-6);
  EXPECT_NEAR(move.mix.value, -.17767, 5e-6);
  EXPECT_TRUE(move.move.BeyondItsRange());
  EXPECT_TRUE(move.simpson);
  // Only department A clearly differs, as the published analysis found.
  EXPECT_GT(move.rates[0].low, 0);
  for (std::size_t department = 1; department < 6; ++department) {
    EXPECT_FALSE(move.rates[department].BeyondItsRange()) << department;
  }
}

TEST(IsSimpson, NeedsAGroupThatClearlyWentTheOtherWay) {
  const EffectRange up{.02, .01, .03};
  const EffectRange unclear_down{-.02, -.05, .01};
  const EffectRange down{-.02, -.03, -.01};
  EXPECT_TRUE(IsSimpson(-.1, std::array{up, unclear_down}));
  EXPECT_FALSE(IsSimpson(-.1, std::array{up, down}));
  EXPECT_FALSE(IsSimpson(-.1, std::array{unclear_down}));
  EXPECT_FALSE(IsSimpson(.1, std::array{up}));
  EXPECT_TRUE(IsSimpson(.1, std::array{down}));
}

// Every draw is decomposed by itself, groups that vanish or appear included, and the printed values
// add up as well.
TEST(RangesOfMove, AddUpInEveryDrawAndAsPrinted) {
  std::mt19937_64 random(12);
  std::uniform_real_distribution<double> uniform;
  for (int world = 0; world < 60; ++world) {
    std::vector<GroupCounts> groups(1 + random() % 8);
    for (GroupCounts& group : groups) {
      group.trials_before = uniform(random) < .25 ? 0 : std::floor(2000 * uniform(random));
      group.trials_after = uniform(random) < .25 ? 0 : std::floor(2000 * uniform(random));
      group.events_before = group.trials_before * uniform(random);
      group.events_after = group.trials_after * uniform(random);
    }
    groups[0].trials_before += 1;
    groups[0].trials_after += 1;
    const auto draws = Sampled(groups);
    for (const std::vector<GroupCounts>& draw : draws) {
      const Decomposition move = DecomposeMove(draw);
      ASSERT_NEAR(std::accumulate(move.rate_effects.begin(), move.rate_effects.end(), 0.0) +
                      std::accumulate(move.mix_effects.begin(), move.mix_effects.end(), 0.0),
                  move.rate_after - move.rate_before, 1e-12);
    }
    const MoveRanges move = RangesOfMove(groups, draws);
    double terms = 0;
    for (const EffectRange& rate : move.rates) {
      terms += rate.value;
      EXPECT_LE(rate.low, rate.value);
      EXPECT_GE(rate.high, rate.value);
    }
    for (const EffectRange& mix : move.mixes) terms += mix.value;
    EXPECT_NEAR(terms, move.move.value, 1e-12);
    EXPECT_NEAR(move.rate.value + move.mix.value, move.move.value, 1e-12);
  }
}

TEST(MoveToTotal, GivesEachPartItsWeight) {
  std::vector<double> parts{10, 20, 0};
  MoveToTotal(parts, std::array<double, 3>{1, 3, 0}, 34);
  EXPECT_NEAR(parts[0], 11, 1e-12);
  EXPECT_NEAR(parts[1], 23, 1e-12);
  EXPECT_EQ(parts[2], 0);
  MoveToTotal(parts, std::array<double, 3>{0, 0, 0}, 99);
  EXPECT_NEAR(parts[1], 23, 1e-12);
}

double Variance(const std::vector<double>& values) {
  const double mean =
      std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
  double squares = 0;
  for (const double value : values) squares += (value - mean) * (value - mean);
  return squares / static_cast<double>(values.size() - 1);
}

// Tying the groups to the total leaves their law alone; days that are good for everybody make the
// total less sure than the sum of independent groups would be. 4000 draws: a variance has a
// standard error of 2.2 %, the bounds lie five of them away.
TEST(DrawCounted, KeepsTheLawOfTheGroupsAndOfTheTotal) {
  const std::vector<CountedGroup> groups{{3000, 600, 3000}, {1000, 50, 1000}, {6000, 1800, 6000}};
  const double effective = 2500;  // of 10,000: noisy days
  constexpr std::size_t kMany = 4000;
  std::array<std::vector<double>, 4> drawn;
  for (std::size_t draw = 0; draw < kMany; ++draw) {
    auto of_group = Generators(3, 3, draw);
    Draws of_total({7, 3, draw});
    const auto events = DrawCounted(groups, effective, of_group, of_total);
    for (std::size_t group = 0; group < 3; ++group) drawn[group].push_back(events[group]);
    drawn[3].push_back(std::accumulate(events.begin(), events.end(), 0.0));
  }
  const double rate = .245;
  EXPECT_NEAR(Variance(drawn[3]) / (1e8 * rate * (1 - rate) / effective), 1, .11);
  // The smallest group hardly takes part in the noise of all.
  EXPECT_NEAR(Variance(drawn[1]) / (1000 * .05 * .95), 1, .15);
  EXPECT_GT(Variance(drawn[2]), 6000 * .3 * .7);
}

TEST(DrawCounted, WithoutOutcomesThereIsNoNoise) {
  const std::vector<CountedGroup> groups{{100, 0, 100}, {50, 0, 50}};
  auto of_group = Generators(2, 4, 0);
  Draws of_total({7, 4, 0});
  EXPECT_EQ(DrawCounted(groups, 150, of_group, of_total), (std::vector<double>{0, 0}));
}

}  // namespace
}  // namespace ripen::stats
