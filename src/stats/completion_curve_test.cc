#include "stats/completion_curve.h"

#include <gtest/gtest.h>

#include <array>
#include <cmath>

namespace ripen::stats {
namespace {

// The RAA triangle of cumulative losses (Mack 1993), ten origin years.
constexpr std::array<std::array<double, 10>, 10> kRaa{{
    {5012, 8269, 10907, 11805, 13539, 16181, 18009, 18608, 18662, 18834},
    {106, 4285, 5396, 10666, 13782, 15599, 15496, 16169, 16704},
    {3410, 8992, 13873, 16141, 18735, 22214, 22863, 23466},
    {5655, 11555, 15766, 21266, 23425, 26083, 27067},
    {1092, 9565, 15836, 22169, 25955, 26180},
    {1513, 6445, 11702, 12935, 15852},
    {557, 4020, 10946, 12314},
    {1351, 6947, 13112},
    {3133, 5395},
    {2063},
}};

ArrivalTriangle Raa() {
  ArrivalTriangle triangle(10, 9);
  for (std::size_t origin = 0; origin < 10; ++origin) {
    const int age = 9 - static_cast<int>(origin);
    triangle.SetAge(origin, age);
    double before = 0;
    for (int delay = 0; delay <= age; ++delay) {
      const double cumulative = kRaa[origin][static_cast<std::size_t>(delay)];
      triangle.Add(origin, delay, cumulative - before);
      before = cumulative;
    }
  }
  return triangle;
}

TEST(CompletionCurve, EqualsChainLadderOnTheRaaTriangle) {
  const auto curve = FitCompletionCurve(Raa(), {.last_cohorts = 10});
  ASSERT_TRUE(curve);
  EXPECT_TRUE(curve->Complete());
  constexpr std::array<double, 9> kFactors{2.99935865133538, 1.62352275375345, 1.27088811503565,
                                           1.17167463308837, 1.11338488620646, 1.04193463791101,
                                           1.03326355378938, 1.01693648100756, 1.00921658986175};
  for (std::size_t j = 1; j < 10; ++j) {
    EXPECT_NEAR(1 / (1 - curve->reverse_hazard[j]), kFactors[j - 1], 1e-12) << j;
  }
  double reserve = 0;
  for (std::size_t origin = 0; origin < 10; ++origin) {
    const double latest = kRaa[origin][9 - origin];
    reserve += latest / curve->ShareKnown(9 - static_cast<int>(origin)) - latest;
  }
  EXPECT_NEAR(reserve, 52135.23, 0.005);
}

TEST(CompletionCurve, ARateThatFallsDoesNotBendTheCurve) {
  ArrivalTriangle triangle(20, 3);
  for (std::size_t cohort = 0; cohort < 20; ++cohort) {
    const int age = 19 - static_cast<int>(cohort);
    triangle.SetAge(cohort, age);
    const double level = cohort < 10 ? 100 : 40;
    constexpr std::array<double, 4> kShares{.4, .3, .2, .1};
    for (int delay = 0; delay <= std::min(age, 3); ++delay) {
      triangle.Add(cohort, delay, level * kShares[static_cast<std::size_t>(delay)]);
    }
  }
  const auto curve = FitCompletionCurve(triangle, {});
  ASSERT_TRUE(curve);
  EXPECT_NEAR(curve->ShareKnown(0), .4, 1e-12);
  EXPECT_NEAR(curve->ShareKnown(1), .7, 1e-12);
  EXPECT_NEAR(curve->ShareKnown(2), .9, 1e-12);
  EXPECT_EQ(curve->ShareKnown(3), 1);
  EXPECT_EQ(curve->ShareKnown(300), 1);
  EXPECT_EQ(curve->ShareKnown(-1), 0);
  EXPECT_EQ(curve->dispersion, 1);
}

TEST(CompletionCurve, AYoungInstallKnowsItsTailIsOpen) {
  ArrivalTriangle triangle(4, 14);
  for (std::size_t cohort = 0; cohort < 4; ++cohort) {
    triangle.SetAge(cohort, 3 - static_cast<int>(cohort));
    triangle.Add(cohort, 0, 40);
  }
  const auto curve = FitCompletionCurve(triangle, {});
  ASSERT_TRUE(curve);
  EXPECT_EQ(curve->tail_age, 3);
  EXPECT_FALSE(curve->Complete());
}

TEST(CompletionCurve, TooFewEventsGiveNoCurve) {
  ArrivalTriangle triangle(5, 2);
  triangle.Add(0, 0, 29);
  EXPECT_FALSE(FitCompletionCurve(triangle, {}));
  EXPECT_FALSE(FitCompletionCurve(ArrivalTriangle(0, 2), {}));
}

TEST(CompletionCurve, LateArrivalsBeyondTheLastDelayAreKept) {
  ArrivalTriangle triangle(1, 2);
  triangle.Add(0, 99, 7);
  EXPECT_EQ(triangle.At(0, 2), 7);
}

}  // namespace
}  // namespace ripen::stats
