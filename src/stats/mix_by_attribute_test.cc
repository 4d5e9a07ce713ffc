#include "stats/mix_by_attribute.h"

#include <gtest/gtest.h>

#include <numeric>
#include <random>

namespace ripen::stats {
namespace {

TEST(MixByAttribute, GivesTheWorkedValue) {
  const std::vector<GroupCounts> cells{
      {25, 2.5, 40, 4}, {25, 5, 40, 8}, {25, 7.5, 10, 3}, {25, 10, 10, 4}};
  const std::vector<std::uint16_t> values{0, 0, 0, 1, 1, 0, 1, 1};
  const std::vector<double> effects = MixByAttribute(cells, values, 2);
  EXPECT_NEAR(effects[0], -.06, 1e-12);
  EXPECT_NEAR(effects[1], 0, 1e-12);
}

// The effects sum to the mix of the cross whatever the shares, cells that vanish or appear
// included.
TEST(MixByAttribute, AddsUpToTheMixOfTheCross) {
  std::mt19937_64 random(5);
  std::uniform_real_distribution<double> uniform;
  for (int world = 0; world < 200; ++world) {
    const std::size_t attributes = 1 + world % kMostMixAttributes;
    std::vector<GroupCounts> cells;
    std::vector<std::uint16_t> values;
    for (std::size_t cell = 0; cell < (std::size_t{1} << attributes); ++cell) {
      for (std::size_t at = 0; at < attributes; ++at) {
        values.push_back(static_cast<std::uint16_t>(cell >> at & 1U));
      }
      GroupCounts& counts = cells.emplace_back();
      counts.trials_before = uniform(random) < .2 ? 0 : 100 * uniform(random);
      counts.trials_after = uniform(random) < .2 ? 0 : 100 * uniform(random);
      counts.events_before = counts.trials_before * uniform(random);
      counts.events_after = counts.trials_after * uniform(random);
    }
    cells[0].trials_before += 1;
    cells[0].trials_after += 1;
    const std::vector<double> effects = MixByAttribute(cells, values, attributes);
    EXPECT_NEAR(std::accumulate(effects.begin(), effects.end(), 0.0),
                DecomposeMove(cells).mix_effect, 1e-12)
        << world;
  }
}

TEST(MixByAttribute, SaysNothingWithoutTrialsInAPeriod) {
  EXPECT_EQ(
      MixByAttribute(std::vector<GroupCounts>{{0, 0, 10, 1}}, std::vector<std::uint16_t>{0}, 1),
      std::vector<double>{0});
}

}  // namespace
}  // namespace ripen::stats
