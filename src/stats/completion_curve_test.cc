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

TEST(CompletionCurve, WeekdaysOfReportAreLearnedWhereTheyDiffer) {
  constexpr std::array<double, 4> kShares{.4, .3, .2, .1};
  for (const bool weekend_rests : {false, true}) {
    ArrivalTriangle triangle(42, 3);
    const auto factor = [&](std::size_t day) { return weekend_rests && day % 7 >= 5 ? .3 : 1.0; };
    for (std::size_t cohort = 0; cohort < 42; ++cohort) {
      const int age = 41 - static_cast<int>(cohort);
      triangle.SetAge(cohort, age);
      for (int delay = 0; delay <= std::min(age, 3); ++delay) {
        const auto at = static_cast<std::size_t>(delay);
        triangle.Add(cohort, delay, 100 * kShares[at] * factor(cohort + at));
      }
    }
    const auto curve = FitCompletionCurve(triangle, {.first_weekday = 0});
    ASSERT_TRUE(curve);
    EXPECT_EQ(curve->KnowsWeekdays(), weekend_rests);
    // A cohort of a Friday (4) has seen .4 of .4 + .3 * .3 + .2 * .3 + .1 by its evening.
    EXPECT_NEAR(curve->ShareKnown(0, 4), weekend_rests ? .4 / (.4 + .09 + .06 + .1) : .4, 1e-6);
    EXPECT_NEAR(curve->ReverseHazard(1, 4), weekend_rests ? .09 / .49 : 3.0 / 7, 1e-6);
    EXPECT_EQ(curve->ShareKnown(3, 4), 1);
  }
}

TEST(CompletionCurve, TheMedianIsTakenInTheMiddleOfDays) {
  CompletionCurve curve;
  curve.share_known = {.25, .75, 1};
  curve.tail_age = 2;
  EXPECT_NEAR(*curve.MedianDelay(), 1, 1e-12);
  curve.share_known = {.8, .9, 1};
  EXPECT_NEAR(*curve.MedianDelay(), .3125, 1e-12);
  curve.share_known = {.1, .2, .3};
  EXPECT_FALSE(curve.MedianDelay());
}

// Draws scatter around the curve as its variance says. 4,000 draws; the seed is fixed.
TEST(CompletionCurve, DrawsScatterAsTheVarianceSays) {
  const auto curve = FitCompletionCurve(Raa(), {.last_cohorts = 10});
  CompletionCurve firm = *curve;
  firm.dispersion = 100;
  double sum = 0;
  double squares = 0;
  constexpr int kDraws = 4000;
  for (int draw = 0; draw < kDraws; ++draw) {
    Draws draws({3, 1, static_cast<std::uint64_t>(draw)});
    const double ratio = DrawCurve(firm, draws).ShareKnown(2) / firm.ShareKnown(2);
    sum += ratio / kDraws;
    squares += ratio * ratio / kDraws;
  }
  EXPECT_NEAR(sum, 1, .005);
  EXPECT_NEAR(std::sqrt(squares - sum * sum), std::sqrt(firm.RelativeVariance(2)),
              .06 * std::sqrt(firm.RelativeVariance(2)));
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
