#include "stats/mere_delay.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <vector>

namespace ripen::stats {
namespace {

constexpr std::size_t kDays = 40;
constexpr int kWindow = 14;
constexpr std::size_t kChange = 34;

// The share of events known by the end of day `age` when delays are stretched: exponential with
// mean of two days.
double Known(int age, double stretch) { return 1 - std::exp(-(age + .5) / (2 * stretch)); }

struct World {
  ArrivalTriangle triangle{kDays, kWindow};
  std::vector<double> trials = std::vector<double>(kDays, 1000);
};

World Make(double rate_since, double stretch_since) {
  World world;
  for (std::size_t cohort = 0; cohort < kDays; ++cohort) {
    const int age = static_cast<int>(kDays - 1 - cohort);
    world.triangle.SetAge(cohort, age);
    const double rate = cohort < kChange ? .05 : rate_since;
    const double stretch = cohort < kChange ? 1 : stretch_since;
    double before = 0;
    for (int delay = 0; delay <= std::min(age, kWindow); ++delay) {
      const double known = 1000 * rate * Known(delay, stretch);
      world.triangle.Add(cohort, delay, known - before);
      before = known;
    }
  }
  return world;
}

CompletionCurve UsualCurve() { return *FitCompletionCurve(Make(.05, 1).triangle, {}); }

TEST(MereDelay, FindsTheStretchThatWasMade) {
  const CompletionCurve curve = UsualCurve();
  const World world = Make(.05, 2);
  double came = 0;
  double due = 0;
  for (std::size_t cohort = kChange; cohort < kDays; ++cohort) {
    const int age = static_cast<int>(kDays - 1 - cohort);
    for (int delay = 0; delay <= age; ++delay) came += world.triangle.At(cohort, delay);
    due += 50 * curve.ShareKnown(age);
  }
  const auto stretch =
      StretchThatExplains(world.triangle, world.trials, kChange, curve, came / due, .5);
  ASSERT_TRUE(stretch);
  EXPECT_NEAR(*stretch, 2, .02);
  EXPECT_GT(*MereDelayLogRatio(world.triangle, world.trials, kChange, curve, came / due), 0);
}

TEST(MereDelay, AFallWithTheUsualDelaysRefutesIt) {
  const World world = Make(.025, 1);
  const auto log_ratio = MereDelayLogRatio(world.triangle, world.trials, kChange, UsualCurve(), .5);
  ASSERT_TRUE(log_ratio);
  EXPECT_LT(*log_ratio, -3);
}

TEST(MereDelay, WhatNoStretchExplainsIsRefutedOutright) {
  const World world = Make(.05, 1);
  EXPECT_FALSE(MereDelayLogRatio(world.triangle, world.trials, kChange, UsualCurve(), .02));
  EXPECT_FALSE(MereDelayLogRatio(world.triangle, world.trials, kChange, UsualCurve(), 1.1));
}

}  // namespace
}  // namespace ripen::stats
