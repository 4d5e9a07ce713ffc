// The comparison of two arms against a slow plain version (naive/two_arms.py), day by day.
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <map>
#include <sstream>
#include <string>
#include <vector>

#include "stats/two_sample.h"

namespace ripen::stats {
namespace {

std::vector<std::string> Split(const std::string& text, char at) {
  std::vector<std::string> parts;
  std::istringstream stream(text);
  for (std::string part; std::getline(stream, part, at);) parts.push_back(part);
  if (!text.empty() && text.back() == at) parts.emplace_back();
  return parts;
}

std::vector<TwoArmCell> CellsOf(const std::string& text) {
  std::vector<TwoArmCell> cells;
  for (const std::string& each : Split(text, ';')) {
    const std::vector<std::string> parts = Split(each, ':');
    const auto number = [&](std::size_t at) { return std::stod(parts[at]); };
    cells.push_back({std::stoul(parts[0]), {number(1), number(2)}, {number(3), number(4)}});
  }
  return cells;
}

TEST(TwoArmsOracle, EveryDayIsThatOfThePlainVersion) {
  std::ifstream file(std::string(RIPEN_SOURCE_DIR) + "/tests/oracle/two_arms_expected.csv");
  ASSERT_TRUE(file);
  std::map<std::string, TwoRates> worlds;
  std::string line;
  std::getline(file, line);  // header
  int ranges = 0;
  int rows = 0;
  while (std::getline(file, line)) {
    const std::vector<std::string> fields = Split(line, ',');
    ASSERT_EQ(fields.size(), 8U) << line;
    TwoRates& watch = worlds.try_emplace(fields[0], 3, TwoSampleOptions{}).first->second;
    watch.AddDay(CellsOf(fields[2]));
    const TwoSampleState& state = watch.state();
    ++rows;
    EXPECT_NEAR(state.log_evidence, std::stod(fields[3]), 1e-9) << line;
    EXPECT_NEAR(state.highest_log_evidence, std::stod(fields[4]), 1e-9) << line;
    EXPECT_NEAR(state.difference, std::stod(fields[5]), 1e-12) << line;
    ASSERT_EQ(state.low.has_value(), !fields[6].empty()) << line;
    if (!state.low) continue;
    ++ranges;
    EXPECT_NEAR(*state.low, std::stod(fields[6]), 1e-9) << line;
    EXPECT_NEAR(*state.high, std::stod(fields[7]), 1e-9) << line;
  }
  EXPECT_EQ(rows, 57);
  EXPECT_GT(ranges, 20);
}

}  // namespace
}  // namespace ripen::stats
