#include "monitor/backtest.h"

#include <gtest/gtest.h>

#include <array>
#include <cmath>

#include "cube/replay.h"
#include "cube/testing_snapshot.h"
#include "stats/draws.h"

namespace ripen::monitor {
namespace {

constexpr int kDays = 120;
constexpr std::size_t kPurchase = 1;

double Share(int delay) {
  constexpr std::array<double, 6> kShares{.3, .25, .2, .12, .08, .05};
  return delay < 6 ? kShares[static_cast<std::size_t>(delay)] : 0;
}

// Two ages whose purchases follow the binomial law; from `slower_from` on they come twice as late.
cube::Snapshot Shop(int slower_from = kDays) {
  stats::Draws draws({11, 2, 3});
  cube::Snapshot snapshot = cube::testing::MakeSnapshot(
      kDays, {{"age", 2}}, 0, 2, [&](const std::vector<int>& values, int) {
        const double shown = values[0] == 0 ? 900 : 400;
        return cube::testing::CellDay{
            shown,
            {static_cast<double>(draws.Binomial(static_cast<int>(shown), .25)),
             static_cast<double>(draws.Binomial(static_cast<int>(shown), .05))}};
      });
  stats::Draws delays({11, 2, 4});
  cube::testing::SpreadArrivals(snapshot, kPurchase, 14, [&](int day, int delay) {
    return day < slower_from ? Share(delay) : Share(delay / 2) / 2;
  });
  return snapshot;
}

TEST(ConformalFactor, IsTheRankOfTheDistances) {
  std::vector<double> distances;
  std::vector<Day> days;
  for (int at = 1; at <= 20; ++at) {
    distances.push_back(.5 * at);
    days.push_back(Day(at));
  }
  EXPECT_EQ(ConformalFactor(distances, days, 20), 9.5);  // ceil(21 * .9) = 19th
  days.back() = days.front();
  EXPECT_FALSE(ConformalFactor(distances, days, 20));  // 19 days only
  EXPECT_EQ(ConformalFactor(std::vector<double>(20, .1), {days.data(), 20}, 19), 1);
}

TEST(Backtest, LearnsFromRangesWhoseTruthIsIn) {
  const cube::Snapshot snapshot = Shop();
  const Backtest backtest = Backtest::Replay(snapshot, {});
  ASSERT_FALSE(backtest.ranges().empty());
  for (const IssuedRange& range : backtest.ranges()) {
    EXPECT_EQ(range.stage, kPurchase);
    EXPECT_LE(range.as_of - range.youngest_age + 14, snapshot.as_of);
    EXPECT_LE(range.low, range.middle);
    EXPECT_GE(range.high, range.middle);
  }
  const BacktestReport report = backtest.Report();
  ASSERT_EQ(report.stages.size(), 1U);
  const StageRecord& record = report.stages.front();
  EXPECT_EQ(record.stage, "purchase");
  EXPECT_GE(record.all.days, 25);
  EXPECT_LE(record.last.ranges, 100);
  // Nine in ten were promised; the ranges lean to the wide side.
  EXPECT_GE(record.all.held, .88 * record.all.ranges);
  EXPECT_LT(std::abs(record.all.bias), .03);
  EXPECT_TRUE(backtest.widening()[kPurchase].learned[0]);
  EXPECT_FALSE(backtest.widening()[0].learned[0]);  // clicks carry no times
  EXPECT_TRUE(backtest.Findings().empty());
}

TEST(Backtest, AYoungInstallHasNoRecordAndStaysCautious) {
  cube::Snapshot snapshot = Shop();
  const cube::Snapshot young = cube::AsKnownOn(snapshot, snapshot.first_day + 25);
  const Backtest backtest = Backtest::Replay(young, {});
  EXPECT_EQ(backtest.widening()[kPurchase].factor[0], Widening::kUntilRecorded);
  EXPECT_EQ(backtest.Report().stages.front().last.ranges,
            static_cast<int>(backtest.ranges().size()));
}

// Late messages that no curve could foresee: for the last weeks whose truth is in, a third of the
// purchases came only on the last day of their window.
TEST(Backtest, SaysWhenItsRangesWereTooNarrow) {
  cube::Snapshot snapshot = Shop();
  cube::testing::SpreadArrivals(snapshot, kPurchase, 14, [&](int day, int delay) {
    if (day < 30 || day % 2 == 0) return Share(delay);
    return delay == 14 ? .35 : .65 * Share(delay);
  });
  const Backtest backtest = Backtest::Replay(snapshot, {});
  const std::vector<Finding> findings = backtest.Findings();
  const StageRecord record = backtest.Report().stages.front();
  ASSERT_EQ(findings.size(), 1U) << record.all.held << " of " << record.all.ranges << " on "
                                 << record.all.days;
  EXPECT_EQ(findings.front().kind, FindingKind::kEstimateCheck);
  EXPECT_EQ(findings.front().level, Level::kWatch);
  EXPECT_EQ(findings.front().stage, "purchase");
  EXPECT_LT(*findings.front().observed, .9);
}

}  // namespace
}  // namespace ripen::monitor
