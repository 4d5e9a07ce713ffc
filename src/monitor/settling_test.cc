#include "monitor/settling.h"

#include <gtest/gtest.h>

#include "cube/testing_snapshot.h"

namespace ripen::monitor {
namespace {

using cube::testing::CellDay;
using cube::testing::MakeSnapshot;

// 30 days of 100 recommendations, 20 clicks and 5 purchases; windows of 1, 14 and 44 days.
cube::Snapshot ThirtyDays() {
  return MakeSnapshot(30, {{"a", 1}}, 0, 3, [](const std::vector<int>&, int) {
    return CellDay{100, {20, 5, 1}};
  });
}

Day At(const cube::Snapshot& snapshot, int day) { return snapshot.first_day + day; }

TEST(Settling, ADayIsConfirmedWhenItsWindowHasPassed) {
  cube::Snapshot snapshot = ThirtyDays();
  const Settling settling(snapshot);
  EXPECT_TRUE(settling.Confirmed(0, At(snapshot, 28)));
  EXPECT_FALSE(settling.Confirmed(0, At(snapshot, 29)));
  EXPECT_EQ(settling.SettlesOn(0, At(snapshot, 29)), snapshot.as_of + 2);
  EXPECT_TRUE(settling.Confirmed(1, At(snapshot, 15)));
  EXPECT_FALSE(settling.Confirmed(1, At(snapshot, 16)));
  EXPECT_FALSE(settling.Confirmed(2, At(snapshot, 0)));
  EXPECT_EQ(settling.ConfirmedThrough(1), At(snapshot, 15));
  EXPECT_EQ(settling.ConfirmedThrough(2), std::nullopt);
}

TEST(Settling, LatenessWaitsLonger) {
  cube::Snapshot snapshot = ThirtyDays();
  snapshot.ladder[1].lateness_days = 3;
  const Settling settling(snapshot);
  EXPECT_TRUE(settling.Confirmed(1, At(snapshot, 12)));
  EXPECT_FALSE(settling.Confirmed(1, At(snapshot, 13)));
  EXPECT_EQ(settling.SettlesOn(1, At(snapshot, 13)), At(snapshot, 13) + 18);
}

TEST(Settling, FlagsSettleADayOnlyWhenAllItsRowsHaveThem) {
  cube::Snapshot snapshot = ThirtyDays();
  snapshot.truth[20].flagged[1] = 99;
  EXPECT_FALSE(Settling(snapshot).Confirmed(1, At(snapshot, 20)));
  snapshot.truth[20].flagged[1] = 100;
  EXPECT_TRUE(Settling(snapshot).Confirmed(1, At(snapshot, 20)));
  EXPECT_EQ(Settling(snapshot).OpenRows(1, At(snapshot, 20)), 0);
}

TEST(Settling, EmptyCellsKeepADayOpenAfterItsWindow) {
  cube::Snapshot snapshot = ThirtyDays();
  snapshot.truth[3].open_unflagged[1] = 40;
  const Settling settling(snapshot);
  EXPECT_FALSE(settling.Confirmed(1, At(snapshot, 3)));
  EXPECT_EQ(settling.OpenRows(1, At(snapshot, 3)), 40);
  EXPECT_EQ(settling.ReasonFor(1, At(snapshot, 3)), PendingReason::kAnswersOfFastOnly);
  EXPECT_EQ(settling.ReasonFor(1, At(snapshot, 25)), PendingReason::kNoOutcomeTimes);
  snapshot.stage_has_times.assign(3, true);
  EXPECT_EQ(Settling(snapshot).ReasonFor(1, At(snapshot, 25)), PendingReason::kWindowOpen);
  EXPECT_EQ(settling.ConfirmedThrough(1), At(snapshot, 2));
}

TEST(Settling, BeforeTheSnapshotMomentNothingIsKnown) {
  cube::Snapshot snapshot = ThirtyDays();
  snapshot.stage_known_from[0] = snapshot.as_of + 1;
  snapshot.truth[0].flagged[0] = 100;
  const Settling settling(snapshot);
  EXPECT_FALSE(settling.Confirmed(0, At(snapshot, 0)));
  EXPECT_EQ(settling.ReasonFor(0, At(snapshot, 0)), PendingReason::kNotYetSnapshot);
  EXPECT_TRUE(settling.DetectorDays(0).empty());
  EXPECT_EQ(settling.SettledShare(0), 0);
}

TEST(Settling, ADetectorRestsOnKnownDaysWithoutAHoleBeforeThem) {
  cube::Snapshot snapshot = ThirtyDays();
  // Flags settle days 16 to 18 and, after a hole, 20: the last would be chosen by outcome.
  for (const std::size_t day : {16U, 17U, 18U, 20U}) snapshot.truth[day].flagged[1] = 100;
  const std::vector<Day> days = Settling(snapshot).DetectorDays(1);
  ASSERT_EQ(days.size(), 19U);
  EXPECT_EQ(days.back(), At(snapshot, 18));
}

TEST(Settling, ARowWithItsEventIsKnown) {
  cube::Snapshot snapshot = ThirtyDays();
  snapshot.truth[16].flagged[1] = 95;
  snapshot.truth[16].known_events_unflagged[1] = 5;
  EXPECT_EQ(Settling(snapshot).OpenRows(1, At(snapshot, 16)), 0);
  EXPECT_EQ(Settling(snapshot).DetectorDays(1).size(), 17U);
  EXPECT_FALSE(Settling(snapshot).Confirmed(1, At(snapshot, 16)));  // a purchase may be taken back
}

TEST(Settling, TheSettledShareCountsRows) {
  cube::Snapshot snapshot = ThirtyDays();
  snapshot.truth[29].flagged[0] = 60;
  EXPECT_NEAR(Settling(snapshot).SettledShare(0), (29 * 100 + 60) / 3000.0, 1e-12);
}

}  // namespace
}  // namespace ripen::monitor
