// Rate, mix and the mix by attribute beside exact fractions and the enumeration of all orders, by
// total_move.py.
#include <gtest/gtest.h>

#include <fstream>
#include <map>
#include <string>
#include <vector>

#include "stats/kitagawa.h"
#include "stats/mix_by_attribute.h"

namespace ripen::stats {
namespace {

// By what and at.
using World = std::map<std::string, std::vector<double>>;

World Read(const std::string& name) {
  std::ifstream file(std::string(RIPEN_SOURCE_DIR) + "/tests/oracle/total_move_expected.csv");
  World world;
  for (std::string line; std::getline(file, line);) {
    const std::size_t first = line.find(',');
    const std::size_t second = line.find(',', first + 1);
    const std::size_t third = line.find(',', second + 1);
    if (line.substr(0, first) != name) continue;
    world[line.substr(first + 1, second - first - 1)].push_back(std::stod(line.substr(third + 1)));
  }
  EXPECT_FALSE(world.empty()) << name;
  return world;
}

std::vector<GroupCounts> CellsOf(World& world) {
  std::vector<GroupCounts> cells;
  for (std::size_t at = 0; at < world["n0"].size(); ++at) {
    cells.push_back({world["n0"][at], world["x0"][at], world["n1"][at], world["x1"][at]});
  }
  return cells;
}

TEST(TotalMoveOracle, RateAndMixAreThoseOfExactFractions) {
  for (const char* name : {"berkeley", "vanished", "two", "three", "five"}) {
    World world = Read(name);
    const Decomposition move = DecomposeMove(CellsOf(world));
    EXPECT_NEAR(move.rate_before, world["before"][0], 1e-14) << name;
    EXPECT_NEAR(move.rate_after, world["after"][0], 1e-14) << name;
    EXPECT_NEAR(move.rate_effect, world["rate"][0], 1e-13) << name;
    EXPECT_NEAR(move.mix_effect, world["mix"][0], 1e-13) << name;
    ASSERT_EQ(move.rate_effects.size(), world["rate_of"].size()) << name;
    for (std::size_t at = 0; at < move.rate_effects.size(); ++at) {
      EXPECT_NEAR(move.rate_effects[at], world["rate_of"][at], 1e-13) << name << at;
      EXPECT_NEAR(move.mix_effects[at], world["mix_of"][at], 1e-13) << name << at;
    }
  }
}

TEST(TotalMoveOracle, TheMixOfAttributesIsThatOfAllOrders) {
  for (const auto& [name, attributes] :
       {std::pair("two", 2), std::pair("three", 3), std::pair("five", 5)}) {
    World world = Read(name);
    const std::vector<GroupCounts> cells = CellsOf(world);
    std::vector<std::uint16_t> values;
    for (std::size_t cell = 0; cell < cells.size(); ++cell) {
      for (int at = 0; at < attributes; ++at) {
        values.push_back(static_cast<std::uint16_t>(world["key" + std::to_string(at)][cell]));
      }
    }
    const std::vector<double> effects =
        MixByAttribute(cells, values, static_cast<std::size_t>(attributes));
    for (std::size_t at = 0; at < effects.size(); ++at) {
      EXPECT_NEAR(effects[at], world["attribute"][at], 1e-12) << name << at;
    }
  }
}

}  // namespace
}  // namespace ripen::stats
