#include "monitor/incident_cost.h"

#include <gtest/gtest.h>

#include "cube/testing_snapshot.h"

namespace ripen::monitor {
namespace {

using cube::testing::CellDay;
using cube::testing::MakeSnapshot;

// 60 days of 1,000 recommendations to a1; 28 in 100 are clicked and 2 bought until day 50, then 14
// and 1. No stage has times: days are settled by their windows.
cube::Snapshot Shop() {
  return MakeSnapshot(60, {{"a", 2}}, 0, 2, [](const std::vector<int>& v, int day) {
    const bool fell = v[0] == 1 && day >= 50;
    return CellDay{1000, {fell ? 140.0 : 280.0, fell ? 10.0 : 20.0}};
  });
}

Finding Fall(const cube::Snapshot& snapshot) {
  Finding finding;
  finding.kind = FindingKind::kRateShift;
  finding.stage = "click";
  finding.slice = Slice::Of({{"a", "a1"}});
  finding.direction = Move::kFall;
  finding.worse = true;
  finding.since = finding.since_earliest = finding.since_latest = snapshot.first_day + 50;
  finding.before = .28;
  finding.after = .14;
  finding.maturity = Maturity::kConfirmed;
  finding.trials_since = 10000;
  return finding;
}

std::optional<IncidentCost> Cost(const cube::Snapshot& snapshot, const Finding& finding,
                                 double value = 3000) {
  const Figures figures = Figures::Make(snapshot, {});
  // What was shown before is settled by now.
  return CostOf(finding, figures, snapshot.ladder, snapshot.first_day, snapshot.as_of,
                {value, "EUR"});
}

TEST(IncidentCost, GivesTheWorkedValue) {
  cube::Snapshot snapshot = Shop();
  snapshot.as_of = snapshot.last_day + 20;
  const auto cost = Cost(snapshot, Fall(snapshot));
  ASSERT_TRUE(cost);
  EXPECT_NEAR(cost->lost, 100, 1e-6);
  EXPECT_EQ(cost->value, 300000);
  EXPECT_LT(cost->lost_low, 100);
  EXPECT_GT(cost->lost_low, 60);
  EXPECT_GT(cost->lost_high, 100);
  EXPECT_LT(cost->lost_high, 140);
  EXPECT_EQ(cost->currency, "EUR");
  EXPECT_EQ(cost->value_a_week, 300000 * 7 / 30);  // 30 days from the start to the as-of day
}

TEST(IncidentCost, SaysNothingWithoutAValueOrALoss) {
  cube::Snapshot snapshot = Shop();
  snapshot.as_of = snapshot.last_day + 20;
  EXPECT_FALSE(Cost(snapshot, Fall(snapshot), 0));
  Finding better = Fall(snapshot);
  better.worse = false;
  EXPECT_FALSE(Cost(snapshot, better));
  Finding small = Fall(snapshot);
  small.after = .279;
  EXPECT_FALSE(Cost(snapshot, small));  // the range of the loss holds none
  Finding delay = Fall(snapshot);
  delay.kind = FindingKind::kDelayShift;
  EXPECT_FALSE(Cost(snapshot, delay));
}

TEST(IncidentCost, CountsReturnsThatCameOnTop) {
  cube::Snapshot snapshot = Shop();
  snapshot.as_of = snapshot.last_day + 20;
  Finding returns = Fall(snapshot);
  returns.stage = "return";
  returns.direction = Move::kRise;
  returns.before = .30;
  returns.after = .54;
  returns.trials_since = 1000;
  const auto cost = Cost(snapshot, returns);
  ASSERT_TRUE(cost);
  EXPECT_NEAR(cost->lost, 240, 1e-6);
}

TEST(PaidStage, IsTheOneOfWhichReturnsAre) {
  EXPECT_EQ(PaidStage(StageLadder::Default()), "purchase");
}

}  // namespace
}  // namespace ripen::monitor
