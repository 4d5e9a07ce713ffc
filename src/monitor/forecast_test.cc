#include "monitor/forecast.h"

#include <gtest/gtest.h>

#include <array>
#include <cmath>

#include "cube/testing_snapshot.h"
#include "monitor/delay_shift.h"
#include "monitor/figures.h"

namespace ripen::monitor {
namespace {

constexpr int kDays = 50;
constexpr std::size_t kPurchase = 1;

// Purchases come within six days, half of them by the end of the second.
double Usual(int /*day*/, int delay) {
  constexpr std::array<double, 6> kShares{.3, .25, .2, .12, .08, .05};
  return delay < 6 ? kShares[static_cast<std::size_t>(delay)] : 0;
}

// A shop of two ages: 500 and 100 recommendations a day, 6 and 4 purchases in 100. `rate` changes
// the first age's from a day on.
cube::Snapshot Shop(double rate_since = .06, int change = kDays,
                    const std::function<double(int, int)>& delays = Usual) {
  cube::Snapshot snapshot = cube::testing::MakeSnapshot(
      kDays, {{"age", 2}}, 0, 2, [&](const std::vector<int>& values, int day) {
        const double shown = values[0] == 0 ? 500 : 100;
        const double rate = values[0] == 1 ? .04 : day < change ? .06 : rate_since;
        return cube::testing::CellDay{shown, {.25 * shown, rate * shown}};
      });
  cube::testing::SpreadArrivals(snapshot, kPurchase, 14, delays);
  return snapshot;
}

const ProvisionalRate& RangeOf(const Metric& metric) {
  return std::get<ProvisionalRate>(metric.state);
}

Metric LastWeek(const Figures& figures, const cube::Snapshot& snapshot, const Slice& slice) {
  return *figures.Of("purchase", slice, snapshot.last_day - 6, snapshot.last_day);
}

const Slice kFirstAge = Slice::Of({{"age", AttributeValue("age0")}});
const Slice kSecondAge = Slice::Of({{"age", AttributeValue("age1")}});

TEST(Forecast, AYoungWeekIsCompletedToItsRate) {
  const cube::Snapshot snapshot = Shop();
  const Figures figures = Figures::Make(snapshot, {});
  for (const auto& [slice, rate] :
       {std::pair(Slice{}, .34 / 6), std::pair(kFirstAge, .06), std::pair(kSecondAge, .04)}) {
    const Metric metric = LastWeek(figures, snapshot, slice);
    ASSERT_EQ(metric.maturity(), Maturity::kProvisional) << slice.Canonical();
    EXPECT_NEAR(RangeOf(metric).rate, rate, .04 * rate) << slice.Canonical();
    EXPECT_LT(RangeOf(metric).low, rate);
    EXPECT_GT(RangeOf(metric).high, rate);
    EXPECT_GE(RangeOf(metric).low,
              static_cast<double>(metric.events_so_far) / static_cast<double>(metric.trials));
    EXPECT_NEAR(RangeOf(metric).arrived_share, (.3 + .55 + .75 + .87 + .95 + 1 + 1) / 7, .02);
    EXPECT_EQ(RangeOf(metric).settles_on, snapshot.last_day + 15);
    EXPECT_FALSE(RangeOf(metric).borrowed);
  }
}

TEST(Forecast, FollowsAFallInsteadOfAveragingItAway) {
  const cube::Snapshot snapshot = Shop(.03, kDays - 7);
  const Metric metric = LastWeek(Figures::Make(snapshot, {}), snapshot, kFirstAge);
  EXPECT_NEAR(RangeOf(metric).rate, .03, .003);
}

// One age buys at once, the other twice as late as usual; both buy as often as they always did.
TEST(Forecast, GroupsOfOtherSpeedsHaveCurvesOfTheirOwn) {
  cube::Snapshot snapshot = Shop();
  cube::Family& family = snapshot.families.front();
  std::vector<cube::CountRow> rows;
  for (int day = 0; day < kDays; ++day) {
    for (std::int32_t age = 0; age < 2; ++age) {
      for (int delay = 0; delay <= 10; ++delay) {
        const double share = age == 0 ? (delay == 0   ? .8
                                         : delay == 1 ? .2
                                                      : 0)
                                      : Usual(0, delay / 2) / 2;
        const auto count = static_cast<std::int64_t>(std::lround(40 * share));
        if (count == 0 || day + delay >= kDays) continue;
        rows.push_back({age, snapshot.first_day + day, 0, delay, count, 0});
      }
    }
  }
  std::sort(rows.begin(), rows.end(), [](const cube::CountRow& a, const cube::CountRow& b) {
    return std::tuple(a.cell, a.shown, a.delay) < std::tuple(b.cell, b.shown, b.delay);
  });
  family.stages[kPurchase] = rows;
  const CubeIndex index(snapshot);
  const auto arrivals = ReadArrivals(index, kPurchase, {});
  ASSERT_TRUE(arrivals.own);
  EXPECT_NEAR(arrivals.own->curves[0].ShareKnown(0), .8, .02);
  const Figures figures = Figures::Make(snapshot, {});
  const Metric fast = LastWeek(figures, snapshot, kFirstAge);
  EXPECT_NEAR(RangeOf(fast).rate, 40.0 / 500, .05 * 40 / 500);
  const Metric slow = LastWeek(figures, snapshot, kSecondAge);
  EXPECT_NEAR(RangeOf(slow).rate, .39, .05 * .39);  // in whole purchases
}

TEST(OwnCurves, HazardsAreShrunkOnTheLogitScale) {
  EXPECT_NEAR(ShrunkHazard(60, 100, .5), .5334, 5e-5);
  EXPECT_NEAR(ShrunkHazard(0, 0, .3), .3, 1e-12);
  EXPECT_EQ(ShrunkHazard(5, 10, 1), 1);
}

TEST(Forecast, SettledDaysAreNoForecast) {
  const cube::Snapshot snapshot = Shop();
  const Figures figures = Figures::Make(snapshot, {});
  EXPECT_EQ(figures.Of("purchase", {}, snapshot.first_day, snapshot.last_day - 14)->maturity(),
            Maturity::kConfirmed);
  EXPECT_EQ(figures.MaturityOf(kPurchase, snapshot.last_day), Maturity::kProvisional);
}

TEST(Forecast, TheSameSeedRepeatsEveryDigit) {
  const cube::Snapshot snapshot = Shop();
  const auto rate = [&](std::uint64_t seed) {
    FigureOptions options;
    options.forecast.seed = seed;
    return RangeOf(LastWeek(Figures::Make(snapshot, options), snapshot, {})).high;
  };
  EXPECT_EQ(rate(1), rate(1));
  EXPECT_NE(rate(1), rate(2));
}

TEST(Forecast, ATooYoungInstallEstimatesNothing) {
  cube::Snapshot snapshot = Shop();
  snapshot.as_of = snapshot.first_day + 9;
  snapshot.last_day = snapshot.as_of;
  snapshot.truth.resize(10);
  for (cube::Family& family : snapshot.families) {
    const auto later = [&](const cube::CountRow& row) {
      return row.shown + row.delay > snapshot.as_of;
    };
    std::erase_if(family.shown, later);
    for (auto& rows : family.stages) std::erase_if(rows, later);
  }
  const Metric metric = LastWeek(Figures::Make(snapshot, {}), snapshot, {});
  ASSERT_EQ(metric.maturity(), Maturity::kPending);
  EXPECT_EQ(std::get<PendingRate>(metric.state).first_estimate_on, snapshot.first_day + 15);
}

// Delays double from day 38 on; twelve days are not yet a whole new curve.
TEST(Forecast, WaitsWhileTheDelayItselfHasChanged) {
  const auto slower = [](int day, int delay) {
    return day < 38 ? Usual(day, delay) : Usual(day, delay / 2) / 2;
  };
  const cube::Snapshot snapshot = Shop(.06, kDays, slower);
  const Metric metric = LastWeek(Figures::Make(snapshot, {}), snapshot, {});
  ASSERT_EQ(metric.maturity(), Maturity::kPending);
  EXPECT_EQ(std::get<PendingRate>(metric.state).reason, PendingReason::kDelayChanged);
  const Look look = TakeLook(snapshot, {}, {});
  const auto delay =
      std::find_if(look.findings.begin(), look.findings.end(),
                   [](const Finding& finding) { return finding.kind == FindingKind::kDelayShift; });
  ASSERT_NE(delay, look.findings.end());
  EXPECT_EQ(delay->level, Level::kAlert);
  EXPECT_EQ(delay->direction, Move::kRise);
  EXPECT_EQ(delay->since, snapshot.first_day + 38);
  EXPECT_LT(*delay->before, *delay->after);
  for (const Finding& finding : look.findings) {
    EXPECT_FALSE(finding.kind == FindingKind::kRateShift && finding.level == Level::kAlert);
  }
}

// Where the new delay has lasted for a whole window, its own curve completes the young days.
TEST(Forecast, ANewDelayIsLearnedOnceItIsOldEnough) {
  const auto slower = [](int day, int delay) {
    return day < 25 ? Usual(day, delay) : Usual(day, delay / 2) / 2;
  };
  const cube::Snapshot snapshot = Shop(.06, kDays, slower);
  const Metric metric = LastWeek(Figures::Make(snapshot, {}), snapshot, kFirstAge);
  ASSERT_EQ(metric.maturity(), Maturity::kProvisional);
  EXPECT_NEAR(RangeOf(metric).rate, .06, .004);
}

TEST(RateShift, AFallOfPurchasesIsSeenBeforeTheirWindowHasPassed) {
  const cube::Snapshot snapshot = Shop(.03, kDays - 9);
  const Look look = TakeLook(snapshot, {}, {});
  ASSERT_FALSE(look.findings.empty());
  const Finding& finding = look.findings.front();
  EXPECT_EQ(finding.level, Level::kAlert);
  EXPECT_FALSE(finding.code);
  EXPECT_EQ(finding.stage, "purchase");
  EXPECT_EQ(finding.slice, kFirstAge);
  EXPECT_EQ(finding.since, snapshot.last_day - 8);
  EXPECT_EQ(finding.maturity, Maturity::kProvisional);
  EXPECT_NEAR(*finding.before, .06, .002);
  EXPECT_NEAR(*finding.after, .03, .004);
  EXPECT_EQ(finding.trials_since, 9 * 500);
}

// After six days the evidence would do, but a slower delay could still explain it.
TEST(RateShift, AFallThatAMereDelayCouldExplainIsOnlyWatched) {
  const Look look = TakeLook(Shop(.03, kDays - 6), {}, {});
  ASSERT_FALSE(look.findings.empty());
  const Finding& finding = look.findings.front();
  EXPECT_EQ(finding.slice, kFirstAge);
  EXPECT_GE(*finding.evidence_days, 90);
  EXPECT_EQ(finding.level, Level::kWatch);
  EXPECT_EQ(finding.code, "fewer_or_later");
}

}  // namespace
}  // namespace ripen::monitor
