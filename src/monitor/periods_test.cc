#include "monitor/periods.h"

#include <gtest/gtest.h>

#include <array>
#include <cmath>

#include "cube/testing_snapshot.h"
#include "monitor/changes.h"
#include "monitor/figures.h"

namespace ripen::monitor {
namespace {

constexpr std::size_t kPurchase = 1;

double Usual(int /*day*/, int delay) {
  constexpr std::array<double, 6> kShares{.3, .25, .2, .12, .08, .05};
  return delay < 6 ? kShares[static_cast<std::size_t>(delay)] : 0;
}

// Two collections; the first one ends where the second begins. The rate falls in the last week.
cube::Snapshot Shop(int days, double last_week = .05, int first_launch = 0, int second_launch = 40,
                    const std::function<double(int, int)>& delays = Usual) {
  cube::Snapshot snapshot = cube::testing::MakeSnapshot(
      days, {{"age", 2}, {"collection", 3, AttributeKind::kItem}}, 1, 2,
      [&](const std::vector<int>& values, int day) {
        const int on_sale = day < first_launch ? 0 : day < second_launch ? 1 : 2;
        const double shown = values[1] == on_sale ? 500 : 0;
        const double rate = day >= days - 7 ? last_week : .05;
        return cube::testing::CellDay{shown, {.25 * shown, std::round(rate * shown)}};
      });
  cube::testing::SpreadArrivals(snapshot, kPurchase, 14, delays);
  return snapshot;
}

PeriodComparison Compare(const cube::Snapshot& snapshot, PeriodLength length, Against against,
                         const std::string& stage = "purchase") {
  return *Figures::Make(snapshot, {}).Compare({stage, length, against});
}

TEST(Periods, AYoungWeekIsComparedAtTheSameAge) {
  const cube::Snapshot snapshot = Shop(50, .04);
  const PeriodComparison week = Compare(snapshot, PeriodLength::kWeek, Against::kBefore);
  ASSERT_FALSE(week.refused);
  EXPECT_FALSE(week.confirmed);
  EXPECT_EQ(week.now_from, snapshot.last_day - 6);
  EXPECT_EQ(week.before_to, snapshot.last_day - 7);
  const PeriodLine& total = week.lines.front();
  EXPECT_TRUE(total.slice.IsTotal());
  EXPECT_EQ(total.trials_now, total.trials_before);
  // Both are far from settled, and yet the fall of a fifth is told.
  EXPECT_LT(total.rate_now, .036);
  EXPECT_NEAR(*total.ratio, .8, .02);  // whole purchases
  EXPECT_LT(*total.ratio_high, 1);
  EXPECT_GT(*total.ratio_low, .65);
  EXPECT_EQ(week.lines.size(), 1U + 2 + 3 - 2);  // collections that were shown in neither are none
}

TEST(Periods, WithoutAChangeThereIsNoDifference) {
  const PeriodComparison week = Compare(Shop(50), PeriodLength::kWeek, Against::kBefore);
  EXPECT_NEAR(*week.lines.front().ratio, 1, 1e-9);
  EXPECT_LT(*week.lines.front().ratio_low, 1);
}

TEST(Periods, AMonthIsCutToTheDaysThatBothHave) {
  const cube::Snapshot snapshot = Shop(60);  // 22 October to 20 December
  const PeriodComparison month = Compare(snapshot, PeriodLength::kMonth, Against::kBefore);
  ASSERT_FALSE(month.refused);
  EXPECT_EQ(month.now_from, Day::FromYmd(2026, 12, 1));
  EXPECT_EQ(month.now_to, Day::FromYmd(2026, 12, 20));
  EXPECT_EQ(month.before_from, Day::FromYmd(2026, 11, 1));
  EXPECT_EQ(month.before_to, Day::FromYmd(2026, 11, 20));
}

TEST(Periods, TheSameWeeksOfTheLastCollection) {
  const cube::Snapshot snapshot = Shop(60, .05, 10, 42);
  const PeriodComparison week = Compare(snapshot, PeriodLength::kWeek, Against::kLastCollection);
  ASSERT_FALSE(week.refused);
  EXPECT_EQ(week.collection_now, "collection2");
  EXPECT_EQ(week.collection_before, "collection1");
  EXPECT_EQ(*week.now_from - *week.before_from, 42 - 10);
}

TEST(Periods, RefusalsAreTyped) {
  EXPECT_EQ(Compare(Shop(9), PeriodLength::kWeek, Against::kBefore).refused,
            NotComparable::kNoPeriodBefore);
  EXPECT_EQ(Compare(Shop(50), PeriodLength::kWeek, Against::kLastCollection).refused,
            NotComparable::kLaunchUnknown);
  EXPECT_EQ(Compare(Shop(50), PeriodLength::kWeek, Against::kBefore, "return").refused,
            NotComparable::kStageNotGiven);
  EXPECT_EQ(Compare(Shop(50), PeriodLength::kWeek, Against::kBefore, "click").refused,
            NotComparable::kNoOutcomeTimes);
  const auto slower = [](int day, int delay) {
    return day < 38 ? Usual(day, delay) : Usual(day, delay / 2) / 2;
  };
  EXPECT_EQ(Compare(Shop(50, .05, 0, 60, slower), PeriodLength::kWeek, Against::kBefore).refused,
            NotComparable::kDelayChanged);
  EXPECT_FALSE(Figures::Make(Shop(50), {}).Compare({"view", {}, {}}));
}

// The worked value of the header.
TEST(Periods, TheRangeIsThatOfALogRatio) {
  EXPECT_NEAR(.8 / RatioRangeFactor(40, 50), .5643, 1e-4);
  EXPECT_NEAR(.8 * RatioRangeFactor(40, 50), 1.1340, 1e-4);
}

TEST(Changes, SayThenNowAndWhy) {
  const cube::Snapshot now = Shop(50);
  const cube::Snapshot then = [&] {
    cube::Snapshot earlier = now;
    earlier.as_of = now.as_of - 8;
    earlier.last_day = earlier.as_of;
    earlier.truth.resize(42);
    for (cube::Family& family : earlier.families) {
      const auto later = [&](const cube::CountRow& row) {
        return row.shown + row.delay > earlier.as_of;
      };
      std::erase_if(family.shown, later);
      for (auto& rows : family.stages) std::erase_if(rows, later);
    }
    return earlier;
  }();
  const Figures figures_now = Figures::Make(now, {});
  const Figures figures_then = Figures::Make(then, {});
  const ChangeReport report = ListChanges({then, figures_then}, {now, figures_now});
  EXPECT_EQ(report.since, then.as_of);
  EXPECT_EQ(report.as_of, now.as_of);
  EXPECT_GT(report.unchanged, 0);
  ASSERT_FALSE(report.changes.empty());
  for (const Change& change : report.changes) {
    if (change.then.stage != "purchase") continue;
    EXPECT_NE(change.then.maturity(), Maturity::kConfirmed);
    EXPECT_EQ(change.causes.new_outcomes, change.now.events_so_far - change.then.events_so_far);
    EXPECT_EQ(change.causes.late_outcomes, 0);
    EXPECT_EQ(change.causes.corrections, 0);
  }
}

}  // namespace
}  // namespace ripen::monitor
