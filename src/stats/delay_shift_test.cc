#include "stats/delay_shift.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <vector>

namespace ripen::stats {
namespace {

constexpr int kDays = 40;
constexpr int kWindow = 7;

// Cohorts of `level` events each whose delays follow a geometric law; `late` from `change` on.
ArrivalTriangle Cohorts(double level_since, double keep_since, int change) {
  ArrivalTriangle triangle(kDays, kWindow);
  for (int cohort = 0; cohort < kDays; ++cohort) {
    const auto at = static_cast<std::size_t>(cohort);
    const int age = kDays - 1 - cohort;
    triangle.SetAge(at, age);
    const double keep = cohort < change ? .5 : keep_since;
    const double level = cohort < change ? 100 : level_since;
    double left = 1;
    for (int delay = 0; delay <= std::min(age, kWindow); ++delay) {
      const double share = delay == kWindow ? left : left * (1 - keep);
      triangle.Add(at, delay, level * share);
      left -= share;
    }
  }
  return triangle;
}

DelayShift Look(const ArrivalTriangle& triangle) {
  return FindDelayShift(triangle, *FitCompletionCurve(triangle, {}), 0, {});
}

// One delay only: q and s by hand. Twelve cohorts of (50, 50), three of (20, 80): g_1 = 840 / 1500,
// U = 80 - 56 = 24 for each of the last three, V = 100 g (1 - g) = 24.64 for each cohort.
TEST(DelayShift, IsTheScoreOfReverseHazards) {
  ArrivalTriangle triangle(15, 1);
  for (std::size_t cohort = 0; cohort < 15; ++cohort) {
    const bool late = cohort >= 12;
    triangle.Add(cohort, 0, late ? 20 : 50);
    triangle.Add(cohort, 1, late ? 80 : 50);
  }
  CompletionCurve curve = *FitCompletionCurve(triangle, {});
  EXPECT_NEAR(curve.reverse_hazard[1], .56, 1e-12);
  curve.dispersion = 1;
  const DelayShift shift = FindDelayShift(triangle, curve, 0, {});
  EXPECT_NEAR(shift.lateness[12], 72, 1e-9);
  const double information = 3 * 24.64 * 12 / 15;
  double mixture = 0;
  for (const double tau : {.1, .3, 1.0}) {
    const double gain = tau * tau * information;
    mixture += std::exp(.5 * 72 * 72 / information * gain / (1 + gain)) / std::sqrt(1 + gain) / 3;
  }
  EXPECT_NEAR(shift.log_evidence[12], std::log(mixture), 1e-9);
  EXPECT_EQ(shift.log_evidence[9], kNoEvidence);  // ten cohorts of reference
}

TEST(DelayShift, DatesASlowerDelay) {
  const DelayShift shift = Look(Cohorts(100, .8, 28));
  EXPECT_GT(LogSum(shift.log_evidence), std::log(90 / .08 * 3));
  const auto best = std::max_element(shift.log_evidence.begin(), shift.log_evidence.end()) -
                    shift.log_evidence.begin();
  EXPECT_EQ(best, 28);
  EXPECT_GT(shift.lateness[28], 0);
}

TEST(DelayShift, AFallOfTheRateIsNoDelay) {
  EXPECT_LT(LogSum(Look(Cohorts(40, .5, 28)).log_evidence), std::log(40));
}

TEST(DelayShift, OfNothingSaysNothing) {
  const CompletionCurve curve = *FitCompletionCurve(Cohorts(100, .5, 28), {});
  const DelayShift shift = FindDelayShift(ArrivalTriangle(kDays, kWindow), curve, 0, {});
  EXPECT_EQ(LogSum(shift.log_evidence), kNoEvidence);
}

}  // namespace
}  // namespace ripen::stats
