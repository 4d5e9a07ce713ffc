#include "monitor/accepted.h"

#include <gtest/gtest.h>

#include <cmath>

#include "cube/testing_snapshot.h"
#include "monitor/look.h"

namespace ripen::monitor {
namespace {

using cube::testing::CellDay;
using cube::testing::MakeSnapshot;

// Two attributes of the base cells, one of the item and one of the context as further ones.
cube::Snapshot Shop(int days, const std::function<double(const std::vector<int>&, int)>& rate) {
  return MakeSnapshot(
      days, {{"a", 3}, {"b", 2}, {"i", 2, AttributeKind::kItem}, {"m", 2, AttributeKind::kContext}},
      2, 2, [&](const std::vector<int>& v, int day) {
        const double ripple = (v[0] + v[1] + v[2] + v[3] + day) % 2;
        const double clicks = std::round(60 * rate(v, day)) + ripple;
        return CellDay{60, {clicks, std::floor(clicks / 4)}};
      });
}

LookOptions Accepting(const Slice& slice, int from_day) {
  LookOptions options;
  options.accepted.push_back(
      {FindingKind::kRateShift, "click", slice, Day::FromYmd(2026, 10, 22) + from_day});
  return options;
}

std::vector<Finding> Alerts(const cube::Snapshot& snapshot, const LookOptions& options = {}) {
  std::vector<Finding> alerts;
  for (const Finding& finding : TakeLook(snapshot, {}, options).findings) {
    if (finding.level == Level::kAlert) alerts.push_back(finding);
  }
  return alerts;
}

const Slice kA1 = Slice::Of({{"a", "a1"}});
const Slice kI1 = Slice::Of({{"i", "i1"}});

TEST(Accepted, AnAcceptedFallIsTheNewUsualInEveryStageOfShown) {
  const auto snapshot =
      Shop(45, [](const auto& v, int day) { return v[0] == 1 && day >= 20 ? .2 : .4; });
  ASSERT_FALSE(Alerts(snapshot).empty());
  EXPECT_TRUE(Alerts(snapshot, Accepting(kA1, 20)).empty());
}

TEST(Accepted, AnAcceptedFallOfAFurtherAttributeIsTheNewUsualInEveryFamily) {
  const auto snapshot =
      Shop(45, [](const auto& v, int day) { return v[2] == 1 && day >= 20 ? .2 : .4; });
  ASSERT_FALSE(Alerts(snapshot).empty());
  EXPECT_TRUE(TakeLook(snapshot, {}, Accepting(kI1, 20)).findings.empty());
}

TEST(Accepted, AFurtherFallAndAReturnToTheOldLevelAreNews) {
  for (const double next : {.1, .4}) {
    const auto snapshot = Shop(60, [&](const auto& v, int day) {
      if (v[0] != 1 || day < 20) return .4;
      return day < 40 ? .2 : next;
    });
    const auto alerts = Alerts(snapshot, Accepting(kA1, 20));
    ASSERT_FALSE(alerts.empty()) << next;
    EXPECT_EQ(alerts[0].slice, kA1);
    EXPECT_EQ(alerts[0].direction, next < .2 ? Move::kFall : Move::kRise);
    EXPECT_NEAR(static_cast<double>(*alerts[0].since - snapshot.first_day), 40, 1);
    EXPECT_NEAR(*alerts[0].before, .2083, .01);
  }
}

TEST(Accepted, AnotherGroupKeepsItsReference) {
  const auto snapshot = Shop(30, [](const auto& v, int day) {
    if (v[0] == 1 && day >= 20) return .2;
    return v[0] == 2 && day >= 22 ? .3 : .4;
  });
  const auto alerts = Alerts(snapshot, Accepting(kA1, 20));
  ASSERT_FALSE(alerts.empty());
  for (const Finding& alert : alerts) EXPECT_EQ(alert.slice, Slice::Of({{"a", "a2"}}));
}

TEST(Accepted, AReturnStageStartsAnewOnlyFromItsOwn) {
  const StageLadder ladder = StageLadder::Default();
  const std::vector<AcceptedChange> accepted{{FindingKind::kRateShift, "click", {}, Day(0)},
                                             {FindingKind::kRateShift, "return", {}, Day(0)},
                                             {FindingKind::kDelayShift, "purchase", {}, Day(0)}};
  EXPECT_EQ(AcceptedFor(accepted, ladder, 0).size(), 1U);  // click
  EXPECT_EQ(AcceptedFor(accepted, ladder, 1).size(), 1U);  // purchase: that of the clicks
  ASSERT_EQ(AcceptedFor(accepted, ladder, 2).size(), 1U);
  EXPECT_EQ(AcceptedFor(accepted, ladder, 2)[0].stage, "return");
}

}  // namespace
}  // namespace ripen::monitor
