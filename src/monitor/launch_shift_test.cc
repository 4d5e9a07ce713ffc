#include "monitor/launch_shift.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "cube/testing_snapshot.h"
#include "monitor/look.h"

namespace ripen::monitor {
namespace {

using cube::testing::CellDay;
using cube::testing::MakeSnapshot;

constexpr int kDays = 45;
constexpr int kLaunch = 28;
const Slice kNew = Slice::Of({{"i", "i2"}});

// Two customer attributes and one of the item, whose third value is shown from the launch on in the
// place of others; a ripple of one click keeps the days from being alike.
cube::Snapshot Shop(double new_rate, double old_rate_after, double before = .25) {
  cube::Snapshot snapshot = MakeSnapshot(
      kDays, {{"a", 3}, {"b", 2}, {"i", 3, AttributeKind::kItem}}, 1, 1,
      [&](const std::vector<int>& v, int day) {
        const bool is_new = v[2] == 2;
        const double shown = day < kLaunch ? (is_new ? 0 : 60) : 40;
        const double rate = day < kLaunch ? before : is_new ? new_rate : old_rate_after;
        const double ripple = (v[0] + v[1] + v[2] + day) % 2;
        return CellDay{shown, {shown > 0 ? std::round(shown * rate) + ripple : 0}};
      });
  snapshot.attributes.back().known_at_start[2] = false;
  return snapshot;
}

Annotation Declared(const cube::Snapshot& snapshot) {
  Annotation launch;
  launch.kind = AnnotationKind::kLaunch;
  launch.day = snapshot.first_day + kLaunch;
  launch.item = Segment{"i", "i2"};
  launch.new_epoch = true;
  return *CheckedAnnotation(launch);
}

std::vector<Finding> Alerts(const Look& look) {
  std::vector<Finding> alerts;
  for (const Finding& finding : look.findings) {
    if (finding.level == Level::kAlert && !finding.explained_by) alerts.push_back(finding);
  }
  return alerts;
}

const Finding* Launched(const Look& look) {
  for (const Finding& finding : look.findings) {
    if (finding.kind == FindingKind::kLaunch) return &finding;
  }
  return nullptr;
}

TEST(LaunchShift, NewGoodsAreSaidWithTheirShare) {
  const cube::Snapshot snapshot = Shop(.25, .25);
  const Look look = TakeLook(snapshot, {}, {});
  const Finding* launch = Launched(look);
  ASSERT_NE(launch, nullptr);
  EXPECT_EQ(launch->level, Level::kInfo);
  EXPECT_EQ(launch->slice, kNew);
  EXPECT_EQ(launch->code, "found");
  EXPECT_EQ(launch->since, snapshot.first_day + kLaunch);
  EXPECT_EQ(launch->before, 0);
  EXPECT_NEAR(*launch->after, 1.0 / 3, 1e-12);
}

TEST(LaunchShift, ARateThatMovesByNewGoodsAloneIsNoAlarm) {
  const cube::Snapshot snapshot = Shop(.05, .25);
  const Look look = TakeLook(snapshot, {}, {});
  const Finding* launch = Launched(look);
  ASSERT_NE(launch, nullptr);
  EXPECT_TRUE(Alerts(look).empty());
  const auto total = std::find_if(look.findings.begin(), look.findings.end(), [](const auto& each) {
    return each.kind == FindingKind::kRateShift && each.slice.IsTotal();
  });
  ASSERT_NE(total, look.findings.end());
  EXPECT_EQ(total->explained_by, launch->id);
  EXPECT_EQ(total->level, Level::kWatch);
}

TEST(LaunchShift, OldGoodsThatFallWithTheLaunchStayAnAlarm) {
  const Look look = TakeLook(Shop(.05, .10), {}, {});
  ASSERT_FALSE(Alerts(look).empty());
  EXPECT_EQ(Alerts(look).front().kind, FindingKind::kRateShift);
}

TEST(LaunchShift, ADeclaredLaunchOpensAnEpochInWhichEverythingIsJudgedAnew) {
  const cube::Snapshot snapshot = Shop(.05, .10);
  LookOptions options;
  options.annotations = {Declared(snapshot)};
  const Look look = TakeLook(snapshot, {}, options);
  EXPECT_TRUE(Alerts(look).empty());
  ASSERT_NE(Launched(look), nullptr);
  EXPECT_EQ(Launched(look)->code, "declared");

  // Ten days of reference later what falls is found, with its day.
  const cube::Snapshot falls =
      MakeSnapshot(kDays, {{"a", 3}, {"b", 2}, {"i", 3, AttributeKind::kItem}}, 1, 1,
                   [&](const std::vector<int>& v, int day) {
                     const double rate = v[0] == 1 && day >= kLaunch + 11 ? .05 : .25;
                     return CellDay{40, {std::round(40 * rate) + (v[0] + v[1] + day) % 2}};
                   });
  const std::vector<Finding> found = Alerts(TakeLook(falls, {}, options));
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found.front().slice, Slice::Of({{"a", "a1"}}));
  EXPECT_EQ(found.front().since, falls.first_day + kLaunch + 11);
}

TEST(LaunchShift, ThePlacesThatNewGoodsTookAreExplained) {
  const Look look = TakeLook(Shop(.25, .25), {}, {});
  int volumes = 0;
  for (const Finding& finding : look.findings) {
    if (finding.kind != FindingKind::kVolumeShift) continue;
    ++volumes;
    EXPECT_TRUE(finding.explained_by) << finding.slice.segments.size();
  }
  EXPECT_EQ(volumes, 2);
}

}  // namespace
}  // namespace ripen::monitor
