// The scan against a plain enumeration (adult_slices.py) of all slices of one and two of nine
// correlated attributes in 20,000 rows of real data.
#include <gtest/gtest.h>
#include <zlib.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <fstream>
#include <map>
#include <sstream>
#include <string>
#include <vector>

#include "stats/slice_scan.h"

namespace {

using ripen::stats::Predicate;

std::vector<std::string> Split(const std::string& line) {
  std::vector<std::string> fields;
  std::istringstream in(line);
  for (std::string field; std::getline(in, field, ',');) fields.push_back(field);
  return fields;
}

std::vector<std::vector<std::string>> ReadPackedCsv(const std::string& path) {
  std::vector<std::vector<std::string>> rows;
  gzFile file = gzopen(path.c_str(), "rb");
  std::array<char, 4096> line{};
  while (file != nullptr && gzgets(file, line.data(), line.size()) != nullptr) {
    std::string text(line.data());
    while (!text.empty() && (text.back() == '\n' || text.back() == '\r')) text.pop_back();
    rows.push_back(Split(text));
  }
  if (file != nullptr) gzclose(file);
  return rows;
}

struct People {
  std::vector<std::string> attributes{"workclass",  "education",      "marital_status",
                                      "occupation", "relationship",   "race",
                                      "sex",        "native_country", "age_band"};
  std::vector<std::vector<std::string>> values;  // by attribute
  std::vector<std::vector<std::uint16_t>> columns;
  std::vector<double> observed;
  std::vector<double> expected;

  People() {
    const auto rows = ReadPackedCsv(RIPEN_SOURCE_DIR "/tests/data/adult_slices/adult.csv.gz");
    values.resize(attributes.size());
    columns.resize(attributes.size());
    std::vector<std::map<std::string, std::uint16_t>> numbers(attributes.size());
    const auto column_of = [&](const std::string& name) {
      return static_cast<std::size_t>(std::find(rows.front().begin(), rows.front().end(), name) -
                                      rows.front().begin());
    };
    double all = 0;
    for (std::size_t row = 1; row < rows.size(); ++row) {
      for (std::size_t attribute = 0; attribute < attributes.size(); ++attribute) {
        const std::string value = attributes[attribute] == "age_band"
                                      ? std::to_string(std::stoi(rows[row][column_of("age")]) / 10)
                                      : rows[row][column_of(attributes[attribute])];
        const auto [at, is_new] =
            numbers[attribute].emplace(value, static_cast<std::uint16_t>(values[attribute].size()));
        if (is_new) values[attribute].push_back(value);
        columns[attribute].push_back(at->second);
      }
      observed.push_back(rows[row][column_of("income")] == ">50K" ? 1 : 0);
      all += observed.back();
    }
    expected.assign(observed.size(), all / static_cast<double>(observed.size()));
  }

  ripen::stats::ScanCells Cells() const {
    ripen::stats::ScanCells cells;
    for (std::size_t attribute = 0; attribute < attributes.size(); ++attribute) {
      cells.columns.emplace_back(columns[attribute]);
      cells.sizes.push_back(values[attribute].size());
    }
    cells.observed = observed;
    cells.expected = expected;
    return cells;
  }
};

// The lines of one direction.
std::vector<std::vector<std::string>> Expected(const std::string& direction) {
  std::vector<std::vector<std::string>> lines;
  std::ifstream file(RIPEN_SOURCE_DIR "/tests/oracle/adult_slices_expected.csv");
  for (std::string line; std::getline(file, line);) {
    if (line.starts_with(direction + ",")) lines.push_back(Split(line));
  }
  return lines;
}

class AdultSlices : public testing::TestWithParam<std::string> {};

TEST_P(AdultSlices, AreThoseOfTheEnumeration) {
  const People people;
  ASSERT_EQ(people.observed.size(), 20000U);
  ripen::stats::ScanOptions options;
  options.direction = GetParam() == "fall" ? ripen::stats::ScanDirection::kFalls
                                           : ripen::stats::ScanDirection::kRises;
  options.most_predicates = 2;
  options.keep = 200;
  const auto found = ripen::stats::ScanSlices(people.Cells(), options);
  const auto expected = Expected(GetParam());
  ASSERT_EQ(expected.size(), 200U);
  ASSERT_EQ(found.best.size(), 200U);
  // Slices of the same people have the same score; their order among themselves is not compared.
  std::multimap<std::string, std::string> ours;
  std::multimap<std::string, std::string> theirs;
  for (std::size_t rank = 0; rank < 200; ++rank) {
    EXPECT_NEAR(found.best[rank].score, std::stod(expected[rank][3]), 1e-6) << "rank " << rank;
    EXPECT_EQ(found.best[rank].observed, std::stod(expected[rank][2])) << "rank " << rank;
    std::string name;
    for (const Predicate& predicate : found.best[rank].predicates) {
      name += "," + people.attributes[predicate.attribute] + "," +
              people.values[predicate.attribute][predicate.value];
    }
    std::string other;
    for (std::size_t at = 4; at < expected[rank].size(); ++at) other += "," + expected[rank][at];
    if (std::abs(std::stod(expected[rank][3]) - std::stod(expected.back()[3])) < 1e-6) continue;
    ours.emplace(expected[rank][3], name);
    theirs.emplace(expected[rank][3], other);
  }
  const auto names = [](const std::multimap<std::string, std::string>& of_score) {
    std::vector<std::string> all;
    for (const auto& [score, name] : of_score) all.push_back(name);
    std::sort(all.begin(), all.end());
    return all;
  };
  EXPECT_EQ(names(ours), names(theirs));
}

INSTANTIATE_TEST_SUITE_P(BothDirections, AdultSlices, testing::Values("fall", "rise"),
                         [](const auto& each) { return each.param; });

}  // namespace
