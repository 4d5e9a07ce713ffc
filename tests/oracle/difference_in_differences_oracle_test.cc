// Difference in differences against the interaction of a binomial glm
// (difference_in_differences.py).
#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <fstream>
#include <sstream>
#include <string>

#include "stats/difference_in_differences.h"

namespace ripen::stats {
namespace {

TEST(DifferenceInDifferencesOracle, IsTheInteractionOfABinomialGlm) {
  std::ifstream file(std::string(RIPEN_SOURCE_DIR) +
                     "/tests/oracle/difference_in_differences_expected.csv");
  ASSERT_TRUE(file);
  std::string line;
  std::getline(file, line);  // header
  int cases = 0;
  while (std::getline(file, line)) {
    std::istringstream cells(line);
    std::array<double, 10> n{};
    for (double& value : n) {
      std::string cell;
      ASSERT_TRUE(std::getline(cells, cell, ',')) << line;
      value = std::stod(cell);
    }
    const auto group = LogOddsRatio({n[0], n[1]}, {n[2], n[3]});
    const auto others = LogOddsRatio({n[4], n[5]}, {n[6], n[7]});
    ASSERT_TRUE(group && others) << line;
    const LogEstimate apart = *group - *others;
    EXPECT_NEAR(apart.value, n[8], 1e-7) << line;
    EXPECT_NEAR(std::sqrt(apart.variance), n[9], 1e-7) << line;
    ++cases;
  }
  EXPECT_EQ(cases, 12);
}

}  // namespace
}  // namespace ripen::stats
