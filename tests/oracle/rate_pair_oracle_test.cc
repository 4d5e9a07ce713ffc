// Ranges of differences and ratios, and shrunken rates, beside statsmodels and scipy, by
// rate_pair.py.
#include <gtest/gtest.h>

#include <fstream>
#include <map>
#include <sstream>
#include <string>
#include <vector>

#include "stats/beta_binomial.h"
#include "stats/rate_pair.h"

namespace ripen::stats {
namespace {

// The numbers of the lines that begin with `name`.
std::vector<std::vector<double>> Read(const std::string& name) {
  std::ifstream file(std::string(RIPEN_SOURCE_DIR) + "/tests/oracle/rate_pair_expected.csv");
  std::vector<std::vector<double>> lines;
  for (std::string line; std::getline(file, line);) {
    std::istringstream fields(line);
    std::string field;
    std::getline(fields, field, ',');
    if (field != name) continue;
    lines.emplace_back();
    while (std::getline(fields, field, ',')) lines.back().push_back(std::stod(field));
  }
  EXPECT_FALSE(lines.empty()) << name;
  return lines;
}

TEST(RatePairOracle, RangesAreThoseOfStatsmodels) {
  for (const std::vector<double>& line : Read("pair")) {
    const PairedRate one{line[0] / line[1], line[1]};
    const PairedRate other{line[2] / line[3], line[3]};
    const PairRange difference = DifferenceRange(one, other);
    EXPECT_NEAR(difference.low, line[4], 1e-8) << line[0] << " of " << line[1];
    EXPECT_NEAR(difference.high, line[5], 1e-8) << line[0] << " of " << line[1];
    const auto ratio = RatioRange(one, other);
    ASSERT_TRUE(ratio);
    EXPECT_NEAR(ratio->low, line[6], 1e-6 * line[6]) << line[0] << " of " << line[1];
    EXPECT_NEAR(ratio->high, line[7], 1e-6 * line[7]) << line[0] << " of " << line[1];
  }
}

TEST(BetaBinomialOracle, PriorAndShrunkenRatesAreThoseOfScipy) {
  std::map<double, std::vector<std::vector<double>>> worlds;
  for (const std::vector<double>& line : Read("group")) worlds[line[0]].push_back(line);
  for (const std::vector<double>& expected : Read("prior")) {
    std::vector<GroupCount> groups;
    for (const auto& line : worlds[expected[0]]) groups.push_back({line[2], line[1]});
    const auto prior = FitGroupPrior(groups);
    ASSERT_TRUE(prior);
    EXPECT_NEAR(prior->rate, expected[1], 1e-5);
    EXPECT_NEAR(prior->weight, expected[2], 1e-3 * expected[2]);
    for (const auto& line : worlds[expected[0]]) {
      EXPECT_NEAR(ShrunkenRate({line[2], line[1]}, *prior), line[3], 1e-5);
    }
  }
}

}  // namespace
}  // namespace ripen::stats
