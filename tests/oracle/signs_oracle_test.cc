// Our evidence and our isotonic fit against scipy's gammaln and scikit-learn's IsotonicRegression
// (signs.py).
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <span>
#include <sstream>
#include <string>
#include <vector>

#include "stats/dirichlet_shift.h"
#include "stats/isotonic.h"

namespace ripen::stats {
namespace {

std::vector<std::vector<double>> Rows(const std::string& name) {
  std::ifstream file(RIPEN_SOURCE_DIR "/tests/oracle/signs_expected.csv");
  std::vector<std::vector<double>> rows;
  for (std::string line; std::getline(file, line);) {
    std::istringstream cells(line);
    std::string cell;
    std::getline(cells, cell, ',');
    if (cell != name) continue;
    rows.emplace_back();
    while (std::getline(cells, cell, ',')) rows.back().push_back(std::stod(cell));
  }
  return rows;
}

TEST(SignsOracle, DirichletEvidenceIsThatOfGammaln) {
  const auto rows = Rows("dirichlet");
  ASSERT_EQ(rows.size(), 100U);
  for (const std::vector<double>& row : rows) {
    const std::span<const double> counts = std::span(row).subspan(1);
    const std::size_t bins = counts.size() / 2;
    EXPECT_NEAR(LogDirichletEvidence(counts.first(bins), counts.subspan(bins)), row[0],
                1e-9 * std::max(1.0, std::abs(row[0])) + 1e-8);
  }
}

TEST(SignsOracle, TheIsotonicFitIsThatOfScikitLearn) {
  const auto rows = Rows("isotonic");
  ASSERT_EQ(rows.size(), 100U);
  for (const std::vector<double>& row : rows) {
    std::vector<ScoreBin> bins;
    for (std::size_t at = 0; at < row.size(); at += 4) {
      bins.push_back({row[at], row[at + 1], row[at + 2]});
    }
    const std::vector<double> fitted = FitIsotonic(bins);
    for (std::size_t bin = 0; bin < bins.size(); ++bin) {
      EXPECT_NEAR(fitted[bin], row[4 * bin + 3], 1e-9);
    }
  }
}

}  // namespace
}  // namespace ripen::stats
