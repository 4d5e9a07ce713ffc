#include "monitor/fairness_gap.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "cube/testing_snapshot.h"
#include "monitor/look.h"

namespace ripen::monitor {
namespace {

using cube::testing::CellDay;
using cube::testing::MakeSnapshot;
using cube::testing::TestAttribute;

const std::vector<TestAttribute> kAgeAndRegion = {{"age", 3}, {"region", 2}};

CellDay Shown(double shown, double rate) { return {shown, {std::round(shown * rate)}}; }

cube::Snapshot World(const std::function<double(int age, int region, int day)>& rate,
                     int days = 40) {
  cube::Snapshot snapshot =
      MakeSnapshot(days, kAgeAndRegion, 0, 1, [&](const std::vector<int>& values, int day) {
        return Shown(500, rate(values[0], values[1], day));
      });
  for (cube::Attribute& attribute : snapshot.attributes) {
    attribute.members.assign(attribute.values.size(), 1000);
  }
  return snapshot;
}

std::vector<Finding> GapsOf(const cube::Snapshot& snapshot, const LookOptions& options = {}) {
  std::vector<Finding> findings = TakeLook(snapshot, {}, options).findings;
  std::erase_if(findings,
                [](const Finding& finding) { return finding.kind != FindingKind::kFairnessGap; });
  return findings;
}

double Level(int age) { return age == 0 ? .3 : age == 1 ? .25 : .2; }

LookOptions PairOf(const std::string& group, const std::string& against) {
  LookOptions options;
  options.fairness.pairs = {{{"age", group}, {"age", against}}};
  return options;
}

TEST(FairnessGap, AGapThatWasAlwaysThereRaisesNone) {
  EXPECT_TRUE(GapsOf(World([](int age, int, int) { return Level(age); })).empty());
}

TEST(FairnessGap, WhatMovesEverybodyInProportionCancels) {
  EXPECT_TRUE(GapsOf(World([](int age, int, int day) {
                return Level(age) * (day >= 20 ? .6 : 1) * (day % 7 == 0 ? 1.3 : 1);
              })).empty());
}

TEST(FairnessGap, TheWorstThatFallsFurtherIsTheShadowOfItsOwnFall) {
  const cube::Snapshot snapshot =
      World([](int age, int, int day) { return Level(age) * (age == 2 && day >= 25 ? .7 : 1); });
  const std::vector<Finding> gaps = GapsOf(snapshot);
  ASSERT_EQ(gaps.size(), 1U);
  const Finding& gap = gaps.front();
  EXPECT_EQ(gap.slice, Slice::Of({{"age", "age2"}}));
  EXPECT_EQ(gap.against, Slice::Of({{"age", "age0"}}));
  EXPECT_EQ(gap.level, Level::kWatch);
  EXPECT_NEAR(*gap.before, -.1, .005);
  EXPECT_NEAR(*gap.after, -.16, .005);
  EXPECT_NEAR(*gap.against_after, .3, .005);
  EXPECT_EQ(gap.since, snapshot.first_day + 25);
  ASSERT_TRUE(gap.explained_by);
  const std::vector<Finding> all = TakeLook(snapshot, {}, {}).findings;
  const auto cause = std::find_if(all.begin(), all.end(), [&](const Finding& finding) {
    return finding.id == *gap.explained_by;
  });
  ASSERT_NE(cause, all.end());
  EXPECT_EQ(cause->kind, FindingKind::kRateShift);
  EXPECT_EQ(cause->slice, Slice::Of({{"age", "age2"}}));
}

TEST(FairnessGap, AClosingGapAccusesNobody) {
  EXPECT_TRUE(GapsOf(World([](int age, int, int day) {
                return Level(age) * (age == 2 && day >= 25 ? 1.3 : 1);
              })).empty());
}

TEST(FairnessGap, TheGroupOfANamedPairThatFallsBehindIsTheSliceWhicheverWasNamedFirst) {
  const cube::Snapshot snapshot =
      World([](int age, int, int day) { return Level(age) * (age == 1 && day >= 25 ? .6 : 1); });
  for (const LookOptions& options : {PairOf("age1", "age2"), PairOf("age2", "age1")}) {
    const std::vector<Finding> gaps = GapsOf(snapshot, options);
    ASSERT_EQ(gaps.size(), 1U);
    EXPECT_EQ(gaps.front().slice, Slice::Of({{"age", "age1"}}));
    EXPECT_GT(*gaps.front().before, 0);
    EXPECT_LT(*gaps.front().after, 0);
  }
}

TEST(FairnessGap, HiddenGroupsAreNotNamed) {
  cube::Snapshot snapshot =
      World([](int age, int, int day) { return Level(age) * (age == 2 && day >= 25 ? .7 : 1); });
  snapshot.attributes[0].members[2] = 3;
  for (const Finding& gap : GapsOf(snapshot, PairOf("age2", "age0"))) {
    EXPECT_NE(gap.slice, Slice::Of({{"age", "age2"}}));
    EXPECT_NE(gap.against, Slice::Of({{"age", "age2"}}));
  }
}

TEST(FairnessGap, ThePairsShareTheBudgetOfTheKind) {
  const cube::Snapshot snapshot = World([](int age, int, int) { return Level(age); });
  const CubeIndex index(snapshot);
  // One stage; two attributes and a named pair.
  EXPECT_NEAR(FairnessPairWeight(index, PairOf("age1", "age2").fairness), .08 / 3, 1e-12);
}

TEST(FairnessPairs, AreThoseOfTheFirstDays) {
  // The last becomes the best after the first fourteen days: the pair stays.
  const cube::Snapshot snapshot =
      World([](int age, int, int day) { return age == 2 && day >= 20 ? .5 : Level(age); });
  const CubeIndex index(snapshot);
  const Settling settling(snapshot);
  const Visibility visibility(index, 20);
  const BestAndWorst chosen = ChooseBestAndWorst(index, settling, visibility, 0, 0);
  ASSERT_FALSE(chosen.reason);
  EXPECT_EQ(index.SliceOf(chosen.best), Slice::Of({{"age", "age0"}}));
  EXPECT_EQ(index.SliceOf(chosen.worst), Slice::Of({{"age", "age2"}}));
}

TEST(FairnessPairs, NamesThatTheDataDoNotHaveAreRefusedWithThoseTheyHave) {
  const cube::Snapshot snapshot = World([](int age, int, int) { return Level(age); });
  const auto value = CheckFairnessOptions(snapshot, PairOf("age9", "age0").fairness);
  ASSERT_FALSE(value);
  EXPECT_EQ(value.error().message,
            "[segments] fairness_pairs names age=\"age9\", which the data do not have; they have "
            "age0, age1, age2.");
  EXPECT_FALSE(CheckFairnessOptions(snapshot, {{"shoe"}, {}}));
  EXPECT_TRUE(CheckFairnessOptions(snapshot, {{"age"}, {}}));
}

}  // namespace
}  // namespace ripen::monitor
