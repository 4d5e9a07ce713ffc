#include "monitor/missing_values.h"

#include <gtest/gtest.h>

#include <cmath>

#include "cube/testing_snapshot.h"

namespace ripen::monitor {
namespace {

using cube::testing::CellDay;
using cube::testing::MakeSnapshot;

constexpr int kChange = 20;
const Slice kMissingA = Slice::Of({{"a", std::nullopt}});

// The first value of `a` is the missing one, with this share of 400 recommendations a day.
cube::Snapshot Shop(const std::function<double(int day)>& missing, double rate_of_missing = .2) {
  auto snapshot = MakeSnapshot(
      30, {{"a", 3}, {"b", 2}, {"i", 2, AttributeKind::kItem}}, 1, 1,
      [&](const std::vector<int>& v, int day) {
        const double share = v[0] == 0 ? missing(day) : (1 - missing(day)) / 2;
        const double shown = std::round(400 * share / 4) + (v[0] + v[1] + v[2] + day) % 2;
        const bool changed = v[0] == 0 && day >= kChange;
        return CellDay{shown, {std::round((changed ? rate_of_missing : .2) * shown)}};
      });
  snapshot.attributes[0].values[0] = std::nullopt;
  return snapshot;
}

std::vector<Finding> Missing(const std::vector<Finding>& findings) {
  std::vector<Finding> found;
  for (const Finding& finding : findings) {
    if (finding.code == "missing_values") found.push_back(finding);
  }
  return found;
}

TEST(MissingValues, AShareThatRisesIsWatchedWithItsFigures) {
  const auto snapshot = Shop([](int day) { return day >= kChange ? .3 : .1; });
  const auto found = Missing(TakeLook(snapshot, {}, {}).findings);
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].kind, FindingKind::kDataProblem);
  EXPECT_EQ(found[0].level, Level::kWatch);
  EXPECT_EQ(found[0].slice, kMissingA);
  EXPECT_EQ(found[0].direction, Move::kRise);
  EXPECT_NEAR(static_cast<double>(*found[0].since - snapshot.first_day), kChange, 1);
  EXPECT_NEAR(*found[0].expected, .1, .02);
  EXPECT_NEAR(*found[0].observed, .3, .02);
}

TEST(MissingValues, AFallIsSaidTooAndAQuietShareIsNot) {
  const auto falls = Shop([](int day) { return day >= kChange ? .05 : .3; });
  const auto found = Missing(TakeLook(falls, {}, {}).findings);
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].direction, Move::kFall);
  EXPECT_TRUE(Missing(TakeLook(Shop([](int) { return .1; }), {}, {}).findings).empty());
}

TEST(MissingValues, AGroupTooSmallToBeShownIsNotSpokenOf) {
  auto snapshot = Shop([](int day) { return day >= kChange ? .3 : .1; });
  snapshot.attributes[0].members[0] = 5;
  EXPECT_TRUE(Missing(TakeLook(snapshot, {}, {}).findings).empty());
}

TEST(MissingValues, TheRateOfAGroupThatHoldsOthersIsItsShadow) {
  const auto snapshot = Shop([](int day) { return day >= kChange ? .4 : .1; }, .5);
  const Look look = TakeLook(snapshot, {}, {});
  const auto found = Missing(look.findings);
  ASSERT_EQ(found.size(), 1U);
  bool any = false;
  for (const Finding& finding : look.findings) {
    if (finding.kind != FindingKind::kRateShift || finding.slice != kMissingA) continue;
    any = true;
    EXPECT_EQ(finding.explained_by, found[0].id);
    EXPECT_EQ(finding.level, Level::kWatch);
  }
  EXPECT_TRUE(any);
}

}  // namespace
}  // namespace ripen::monitor
