// The completion curve beside other software: chain ladder as a quasi-Poisson model, survival
// curves in reversed time, and the delays of Lawless (1994). completion_curve.R made the numbers.
#include <gtest/gtest.h>

#include <fstream>
#include <map>
#include <string>

#include "stats/completion_curve.h"

namespace ripen::stats {
namespace {

constexpr std::size_t kDays = 42;
constexpr int kWindow = 10;
const std::string kFolder = std::string(RIPEN_SOURCE_DIR) + "/tests/oracle/";

ArrivalTriangle ReadTriangle() {
  std::ifstream file(kFolder + "completion_curve_triangle.csv");
  ArrivalTriangle triangle(kDays, kWindow);
  for (std::size_t cohort = 0; cohort < kDays; ++cohort) {
    triangle.SetAge(cohort, static_cast<int>(kDays - 1 - cohort));
  }
  std::string header;
  std::getline(file, header);
  std::size_t cohort = 0;
  int delay = 0;
  double events = 0;
  for (char comma = 0; file >> cohort >> comma >> delay >> comma >> events;) {
    triangle.Add(cohort, delay, events);
  }
  return triangle;
}

std::map<int, double> Expected(const std::string& what) {
  std::ifstream file(kFolder + "completion_curve_expected.csv");
  std::map<int, double> values;
  for (std::string line; std::getline(file, line);) {
    const std::size_t first = line.find(',');
    const std::size_t second = line.find(',', first + 1);
    if (line.substr(0, first) != what) continue;
    values[std::stoi(line.substr(first + 1, second - first - 1))] =
        std::stod(line.substr(second + 1));
  }
  EXPECT_FALSE(values.empty()) << what;
  return values;
}

CompletionCurve Fit(std::optional<int> first_weekday) {
  return *FitCompletionCurve(ReadTriangle(),
                             {.last_cohorts = kDays, .first_weekday = first_weekday});
}

// What is still to come of a cohort: X (1 / G - 1).
double StillToCome(const ArrivalTriangle& triangle, std::size_t cohort,
                   const CompletionCurve& curve) {
  double known = 0;
  const int age = triangle.age(cohort);
  for (int delay = 0; delay <= age; ++delay) known += triangle.At(cohort, delay);
  return known * (1 / curve.ShareKnown(age, static_cast<int>(cohort) % kWeekdays) - 1);
}

TEST(CompletionCurveOracle, EqualsTheQuasiPoissonModel) {
  const ArrivalTriangle triangle = ReadTriangle();
  const CompletionCurve curve = Fit(std::nullopt);
  for (const auto& [cohort, expected] : Expected("plain_still")) {
    EXPECT_NEAR(StillToCome(triangle, static_cast<std::size_t>(cohort), curve), expected,
                1e-6 * expected)
        << cohort;
  }
}

TEST(CompletionCurveOracle, EqualsTheQuasiPoissonModelWithWeekdaysOfReport) {
  const ArrivalTriangle triangle = ReadTriangle();
  const CompletionCurve curve = Fit(0);
  ASSERT_TRUE(curve.KnowsWeekdays());
  for (const auto& [weekday, expected] : Expected("weekday_factor")) {
    EXPECT_NEAR(curve.weekday_factor[static_cast<std::size_t>(weekday)], expected, 1e-5) << weekday;
  }
  for (const auto& [cohort, expected] : Expected("weekly_still")) {
    EXPECT_NEAR(StillToCome(triangle, static_cast<std::size_t>(cohort), curve), expected,
                1e-5 * expected)
        << cohort;
  }
}

TEST(CompletionCurveOracle, IsTheSurvivalCurveInReversedTime) {
  const CompletionCurve curve = Fit(std::nullopt);
  for (const auto& [age, expected] : Expected("share_known")) {
    EXPECT_NEAR(curve.ShareKnown(age), expected, 1e-12) << age;
  }
}

TEST(CompletionCurveOracle, IsTheDelayDistributionOfLawless) {
  const CompletionCurve curve = Fit(std::nullopt);
  for (const auto& [age, expected] : Expected("lawless_share_known")) {
    EXPECT_NEAR(curve.ShareKnown(age), expected, 1e-9) << age;
  }
}

}  // namespace
}  // namespace ripen::stats
