#include "monitor/epochs.h"

#include <gtest/gtest.h>

namespace ripen::monitor {
namespace {

Day March(int day) { return Day::FromYmd(2026, 3, static_cast<unsigned>(day)); }

Annotation LaunchOn(int day, const char* id, bool new_epoch = true) {
  Annotation launch;
  launch.kind = AnnotationKind::kLaunch;
  launch.id = id;
  launch.day = March(day);
  launch.new_epoch = new_epoch;
  return launch;
}

TEST(EpochsOf, TheWorkedValue) {
  const std::vector<Annotation> launches = {LaunchOn(10, "a"), LaunchOn(20, "b")};
  const auto epochs = EpochsOf(launches, March(1), March(25));
  ASSERT_EQ(epochs.size(), 3U);
  EXPECT_EQ(epochs[0].since, March(1));
  EXPECT_EQ(epochs[0].state, EpochState::kPast);
  EXPECT_TRUE(epochs[0].annotations.empty());
  EXPECT_EQ(epochs[1].since, March(10));
  EXPECT_EQ(epochs[1].state, EpochState::kPast);
  EXPECT_EQ(epochs[2].since, March(20));
  EXPECT_EQ(epochs[2].state, EpochState::kCollecting);
  EXPECT_EQ(epochs[2].first_alert_on, March(30));
  EXPECT_EQ(epochs[2].annotations, (std::vector<std::string>{"b"}));
  EXPECT_EQ(EpochsOf(launches, March(1), March(30)).back().state, EpochState::kJudging);
  EXPECT_EQ(EpochStart(launches, March(1), March(19)), March(10));
}

TEST(EpochsOf, PlansAheadAndPlainNotesOpenNone) {
  const std::vector<Annotation> all = {LaunchOn(1, "a"), LaunchOn(12, "b", false),
                                       LaunchOn(30, "c")};
  EXPECT_EQ(EpochsOf(all, March(1), March(29)).size(), 1U);
  const std::vector<Annotation> same_day = {LaunchOn(5, "a"), LaunchOn(5, "b")};
  const auto epochs = EpochsOf(same_day, March(1), March(29));
  ASSERT_EQ(epochs.size(), 2U);
  EXPECT_EQ(epochs[1].annotations.size(), 2U);
}

}  // namespace
}  // namespace ripen::monitor
