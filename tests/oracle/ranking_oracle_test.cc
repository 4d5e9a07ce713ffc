// Order within lists, clustered means and concentration beside other programs' (ranking.py).
#include <gtest/gtest.h>

#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "stats/clustered_mean.h"
#include "stats/concentration.h"
#include "stats/ranking.h"

namespace ripen::stats {
namespace {

std::vector<std::string> Split(const std::string& text, char at) {
  std::vector<std::string> parts;
  std::istringstream stream(text);
  for (std::string part; std::getline(stream, part, at);) parts.push_back(part);
  return parts;
}

std::vector<std::vector<std::string>> RowsOf(const std::string& what) {
  std::ifstream file(std::string(RIPEN_SOURCE_DIR) + "/tests/oracle/ranking_expected.csv");
  std::vector<std::vector<std::string>> rows;
  for (std::string line; std::getline(file, line);) {
    std::vector<std::string> fields = Split(line, ',');
    fields.resize(6);
    if (fields[0] == what) rows.push_back(std::move(fields));
  }
  return rows;
}

TEST(RankingOracle, NdcgIsThatOfScikitLearn) {
  const auto rows = RowsOf("list");
  ASSERT_EQ(rows.size(), 300U);
  for (const auto& row : rows) {
    std::vector<std::int32_t> positions;
    for (const std::string& each : Split(row[1], ' ')) positions.push_back(std::stoi(each));
    std::vector<double> gains;
    for (const std::string& each : Split(row[2], ' ')) gains.push_back(std::stod(each));
    const ListScore score = ScoreList(RankedShape(positions, std::stoul(row[3])), gains);
    ASSERT_TRUE(score.ndcg);
    EXPECT_NEAR(*score.ndcg, std::stod(row[4]), 1e-12) << row[1] << " | " << row[2];
  }
}

TEST(RankingOracle, ClusteredErrorsAreThoseOfStatsmodels) {
  const auto rows = RowsOf("clusters");
  ASSERT_EQ(rows.size(), 40U);
  for (const auto& row : rows) {
    std::vector<ClusterSum> clusters;
    for (const std::string& each : Split(row[1], ' ')) {
      const std::vector<std::string> parts = Split(each, ':');
      clusters.push_back({std::stod(parts[0]), std::stod(parts[1])});
    }
    const MeanRange range = ClusteredMean(clusters);
    EXPECT_NEAR(range.mean, std::stod(row[4]), 1e-12);
    EXPECT_NEAR(range.standard_error, std::stod(row[5]), 1e-12);
  }
}

TEST(RankingOracle, ConcentrationIsThatOfNumpyAndScipy) {
  const auto rows = RowsOf("counts");
  ASSERT_EQ(rows.size(), 40U);
  for (const auto& row : rows) {
    std::vector<std::int64_t> counts;
    for (const std::string& each : Split(row[1], ' ')) counts.push_back(std::stoll(each));
    const auto concentration = ConcentrationOf(counts);
    ASSERT_TRUE(concentration);
    EXPECT_NEAR(concentration->gini, std::stod(row[4]), 1e-10);
    EXPECT_NEAR(concentration->effective_number, std::stod(row[5]), 1e-8);
  }
}

}  // namespace
}  // namespace ripen::stats
