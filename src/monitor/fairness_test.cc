#include "monitor/fairness.h"

#include <gtest/gtest.h>

#include <cmath>

#include "cube/testing_snapshot.h"
#include "monitor/figures.h"

namespace ripen::monitor {
namespace {

using cube::testing::CellDay;
using cube::testing::MakeSnapshot;

cube::Snapshot World(int days, double shown, const std::function<double(int, int)>& rate) {
  cube::Snapshot snapshot = MakeSnapshot(
      days, {{"age", 3}, {"region", 2}}, 0, 2, [&](const std::vector<int>& values, int day) {
        const double here = rate(values[0], day) * (values[1] == 0 ? 1 : .8);
        return CellDay{shown, {std::round(shown * here), std::round(shown * .05)}};
      });
  for (cube::Attribute& attribute : snapshot.attributes) {
    attribute.members.assign(attribute.values.size(), 1000);
  }
  return snapshot;
}

double Level(int age, int day) {
  return (age == 0 ? .3 : age == 1 ? .25 : .2) * (age == 2 && day >= 20 ? .6 : 1);
}

FairnessReport Read(const cube::Snapshot& snapshot,
                    const FairnessRequest& request = {"click", {}, {}}) {
  const auto report = Figures::Make(snapshot, {}).Fairness(request);
  EXPECT_TRUE(report) << (report ? "" : report.error().message);
  return report ? *report : FairnessReport{};
}

TEST(Fairness, ComparesBestAndWorstOfTheFirstDaysNowAndThen) {
  const cube::Snapshot snapshot = World(50, 1000, Level);
  const FairnessReport report = Read(snapshot);
  EXPECT_EQ(report.start_to, snapshot.first_day + 13);
  // Without times nothing can be expected of the newest days: the last ones that are settled.
  EXPECT_LT(*report.now_to, snapshot.last_day);
  EXPECT_EQ(report.now_from, *report.now_to - 27);
  ASSERT_EQ(report.pairs.size(), 2U);  // age and region
  const FairnessPair& pair = report.pairs.front();
  EXPECT_EQ(pair.group, Slice::Of({{"age", "age2"}}));
  EXPECT_EQ(pair.against, Slice::Of({{"age", "age0"}}));
  ASSERT_TRUE(pair.start->ratio && pair.change);
  EXPECT_NEAR(pair.start->ratio->value, 2. / 3, .01);
  EXPECT_LT(pair.start->ratio->low, 2. / 3);
  EXPECT_EQ(pair.verdict, GapVerdict::kWider);
  EXPECT_LT(pair.change->high, 0);
  EXPECT_EQ(report.attributes.front().groups.at(2).four_fifths, FourFifths::kBelow);
  EXPECT_TRUE(report.attributes.front().groups.at(0).best);
  EXPECT_EQ(pair.weeks.size(), 8U);
}

TEST(Fairness, FourFifthsAreReadFromTheRangeAndNeverFromThePoint) {
  const auto verdict = [](double shown, double worst) {
    const cube::Snapshot snapshot = World(40, shown, [&](int age, int) {
      return age == 0 ? .3 : age == 1 ? .29 : .3 * worst;
    });
    return Read(snapshot).attributes.front().groups.at(2).four_fifths;
  };
  EXPECT_EQ(verdict(2000, .7), FourFifths::kBelow);
  EXPECT_EQ(verdict(40, .8), FourFifths::kMayBeBelow);
  EXPECT_EQ(verdict(2000, .9), FourFifths::kNotBelow);
}

TEST(Fairness, SaysFromWhenOnItCanTell) {
  const cube::Snapshot snapshot = World(20, 500, Level);
  const FairnessReport report = Read(snapshot, {"purchase", {}, {}});
  ASSERT_FALSE(report.pairs.empty());
  EXPECT_EQ(report.pairs.front().reason, FairnessReason::kStartNotSettled);
  EXPECT_EQ(report.pairs.front().first_on, snapshot.first_day + 13 + 14 + 1);
  EXPECT_FALSE(report.pairs.front().group);
  EXPECT_EQ(Read(snapshot, {"return", {}, {}}).pairs.front().reason,
            FairnessReason::kStageNotGiven);
  EXPECT_EQ(Read(World(10, 500, Level)).pairs.front().reason, FairnessReason::kNothingSince);
}

TEST(Fairness, IntersectionsAreServedWorstFirstAndDrawnToTheirTwoAttributes) {
  const FairnessReport report = Read(World(50, 1000, Level));
  ASSERT_EQ(report.intersections.size(), 6U);
  const FairnessIntersection& worst = report.intersections.front();
  EXPECT_EQ(worst.slice, Slice::Of({{"age", "age2"}, {"region", "region1"}}));
  // The two attributes make it what it is.
  EXPECT_NEAR(worst.expected, .2 * .6 * .8, .004);
  EXPECT_NEAR(worst.shrunk, .2 * .6 * .8, .004);
}

TEST(Fairness, HiddenGroupsAreNowhere) {
  cube::Snapshot snapshot = World(50, 1000, Level);
  snapshot.attributes[0].members = {1000, 1000, 3};
  const FairnessReport report = Read(snapshot);
  // The smallest and, or it could be worked out, the next smallest.
  EXPECT_EQ(report.attributes.front().groups.size(), 1U);
  EXPECT_EQ(report.pairs.front().reason, FairnessReason::kTooFewGroups);
  for (const FairnessIntersection& crossed : report.intersections) {
    EXPECT_NE(crossed.slice.segments.front().value, "age2");
  }
}

TEST(Fairness, RefusesUnknownNames) {
  const cube::Snapshot snapshot = World(30, 100, Level);
  const Figures figures = Figures::Make(snapshot, {});
  EXPECT_FALSE(figures.Fairness({"view", {}, {}}));
  EXPECT_FALSE(figures.Fairness({"click", "shoe", {}}));
}

}  // namespace
}  // namespace ripen::monitor
