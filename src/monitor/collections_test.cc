#include "monitor/collections.h"

#include <gtest/gtest.h>

#include <cmath>
#include <map>

#include "cube/testing_snapshot.h"
#include "monitor/collection_switch.h"
#include "monitor/figures.h"

namespace ripen::monitor {
namespace {

using cube::testing::CellDay;
using cube::testing::MakeSnapshot;
using cube::testing::TestAttribute;

const std::vector<TestAttribute> kAgeAndCollection = {{"age_group", 3, AttributeKind::kCustomer},
                                                      {"collection", 3, AttributeKind::kItem}};

constexpr int kSpring = 20;  // the first collection is there from the start, this one from day 20,
constexpr int kSummer = 90;  // and this one from day 90

// Each leaves six weeks after the next one came. Clicks 20 in 100, purchases 10 in 100, returns 30
// in 100 bought; `rate` may change the clicks.
using ClickRate = std::function<double(int age, int collection, int day)>;

bool IsShown(int collection, int day, int overlap) {
  const int from = collection == 0 ? 0 : collection == 1 ? kSpring : kSummer;
  const int to = (collection == 0 ? kSpring : collection == 1 ? kSummer : 1000) + overlap;
  return day >= from && day < to;
}

cube::Snapshot Shop(int days, const ClickRate& rate, int overlap = 42) {
  return MakeSnapshot(days, kAgeAndCollection, 1, 3, [&](const auto& values, int day) {
    if (!IsShown(values[1], day, overlap)) return CellDay{0, {0, 0, 0}};
    const double shown = 200 + 10 * (day % 7);
    const double clicks = std::round(shown * rate(values[0], values[1], day));
    return CellDay{shown, {clicks, std::round(shown * .1), std::round(shown * .03)}};
  });
}

double Same(int, int, int) { return .2; }

CollectionsReport Report(const cube::Snapshot& snapshot, CollectionsRequest request = {}) {
  auto report = Figures::Make(snapshot, {}).Collections(request);
  EXPECT_TRUE(report) << (report ? "" : report.error().message);
  return report ? *report : CollectionsReport{};
}

const CollectionComparison& Of(const CollectionsReport& report, std::size_t change,
                               const std::string& stage, SwitchComparison kind) {
  for (const SwitchStage& each : report.switches.at(change).stages) {
    if (each.stage == stage) return each.comparisons.at(static_cast<std::size_t>(kind));
  }
  ADD_FAILURE() << "no stage " << stage;
  return report.switches.at(change).stages.at(0).comparisons.at(0);
}

TEST(Collections, EachHasItsLaunchAndReplacesTheOneLaunchedLast) {
  const cube::Snapshot snapshot = Shop(140, Same);
  const CollectionsReport report = Report(snapshot);
  ASSERT_EQ(report.collections.size(), 3U);
  EXPECT_EQ(report.collections[0].value, "collection2");
  EXPECT_EQ(report.collections[0].launch, LaunchOrigin::kFound);
  EXPECT_EQ(report.collections[0].launched_on, snapshot.first_day + kSummer);
  EXPECT_EQ(report.collections[2].launch, LaunchOrigin::kBeforeData);
  EXPECT_FALSE(report.collections[2].launched_on);
  ASSERT_EQ(report.switches.size(), 2U);
  EXPECT_EQ(report.switches[0].new_collection, "collection2");
  EXPECT_EQ(report.switches[0].old_collection, "collection1");
  EXPECT_EQ(report.switches[1].old_collection, "collection0");
  EXPECT_FALSE(report.switches[1].old_launched_on);
  // Whole weeks alone, none that has not been reached.
  const CollectionCurve& clicks = report.collections[0].curves.at(0);
  ASSERT_EQ(clicks.weeks.size(), 7U);
  EXPECT_EQ(clicks.weeks[6].days_since_launch, 42);
  EXPECT_EQ(clicks.weeks[6].figure.maturity(), Maturity::kConfirmed);
  EXPECT_EQ(report.collections[0].curves.at(2).weeks[6].figure.maturity(), Maturity::kPending);
  // Everybody sees the same.
  const Audience& ages = report.collections[0].audience.at(0);
  ASSERT_EQ(ages.groups.size(), 3U);
  EXPECT_NEAR(ages.groups[0].share, 1.0 / 3, 1e-9);
  EXPECT_NEAR(ages.groups[0].share_of_all, 1.0 / 3, 1e-9);
}

// Summer replaces spring in the middle of a purchase window of 14 days and a return window of 30:
// on every day the same first day is named, and on its eve nothing is compared, on it everything.
TEST(Collections, TheDayThatIsNamedIsKept) {
  const std::map<std::string, int> settling{{"click", 1}, {"purchase", 14}, {"return", 44}};
  for (int last = kSummer; last <= kSummer + 60; ++last) {
    const cube::Snapshot snapshot = Shop(last + 1, Same);
    const CollectionsReport report = Report(snapshot);
    for (const auto& [stage, days] : settling) {
      for (const SwitchComparison kind :
           {SwitchComparison::kOverlap, SwitchComparison::kSameAge, SwitchComparison::kGroups}) {
        const CollectionComparison& comparison = Of(report, 0, stage, kind);
        ASSERT_EQ(comparison.comparable_on, snapshot.first_day + kSummer + 7 + days)
            << stage << " on day " << last;
        const bool due = snapshot.as_of + 1 >= *comparison.comparable_on;
        EXPECT_EQ(comparison.refused.has_value(), !due) << stage << " on day " << last;
        if (!due) {
          EXPECT_EQ(comparison.refused, SwitchRefusal::kTooYoung);
        }
      }
    }
  }
}

TEST(Collections, ALatenessThatGrowsAfterTheLaunchMovesNoDay) {
  cube::Snapshot snapshot = Shop(kSummer + 30, Same);
  snapshot.ladder[1].lateness_days = 5;
  CollectionsRequest request;
  std::vector<Day> asked;
  request.ladder_on = [&](Day day) -> Result<StageLadder> {
    asked.push_back(day);
    StageLadder ladder = StageLadder::Default();
    ladder[1].lateness_days = 2;
    return ladder;
  };
  const CollectionsReport report = Report(snapshot, request);
  EXPECT_EQ(asked.front(), snapshot.first_day + kSummer);
  EXPECT_EQ(Of(report, 0, "purchase", SwitchComparison::kGroups).comparable_on,
            snapshot.first_day + kSummer + 7 + 16);
}

TEST(Collections, SameRatesAreComparedAsTheSame) {
  const CollectionsReport report = Report(Shop(kSummer + 50, Same));
  for (const SwitchComparison kind : {SwitchComparison::kOverlap, SwitchComparison::kSameAge}) {
    const CollectionComparison& comparison = Of(report, 0, "purchase", kind);
    ASSERT_FALSE(comparison.refused);
    EXPECT_NEAR(comparison.ratio->value, 1, .01);
    EXPECT_EQ(comparison.verdict, SwitchVerdict::kNoneYet);
    EXPECT_EQ(comparison.held_same, std::vector<std::string>{"age_group"});
  }
  for (const GroupReception& group : Of(report, 0, "click", SwitchComparison::kGroups).groups) {
    EXPECT_EQ(group.verdict, Reception::kAsOthers) << group.slice.Canonical();
  }
}

TEST(Collections, TheGroupThatTakesItBadlyIsNamedAndNobodyElse) {
  const CollectionsReport report = Report(Shop(kSummer + 30, [](int age, int collection, int) {
    return collection == 2 ? (age == 1 ? .18 : .3) : .2 + .02 * age;
  }));
  const CollectionComparison& comparison = Of(report, 0, "click", SwitchComparison::kGroups);
  ASSERT_FALSE(comparison.refused);
  ASSERT_EQ(comparison.groups.size(), 3U);
  EXPECT_EQ(comparison.groups[0].slice.segments.at(0).value, "age_group1");
  EXPECT_EQ(comparison.groups[0].verdict, Reception::kWorse);
  EXPECT_LT(comparison.groups[0].ratio->high, 1);
  EXPECT_NEAR(comparison.groups[0].rate_new, .18, .003);
  EXPECT_NEAR(comparison.groups[0].rate_old, .22, .003);
}

TEST(Collections, WhatCannotBeComparedSaysWhy) {
  const CollectionsReport report = Report(Shop(kSummer + 60, Same));
  const auto refused = [](const CollectionComparison& comparison) {
    EXPECT_FALSE(comparison.comparable_on);
    EXPECT_FALSE(comparison.ratio);
    return comparison.refused;
  };
  EXPECT_EQ(refused(Of(report, 1, "click", SwitchComparison::kSameAge)),
            SwitchRefusal::kLaunchUnknown);
  EXPECT_EQ(refused(Of(report, 0, "click", SwitchComparison::kLastYear)),
            SwitchRefusal::kNoYearBefore);
  const CollectionsReport sudden = Report(Shop(kSummer + 60, Same, 0));
  EXPECT_EQ(refused(Of(sudden, 0, "click", SwitchComparison::kOverlap)), SwitchRefusal::kNoOverlap);
  EXPECT_FALSE(Of(sudden, 0, "click", SwitchComparison::kSameAge).refused);
}

TEST(Collections, OtherCustomersAreRefusedOrTakenOut) {
  const auto shop = [](double of_first) {
    return MakeSnapshot(kSummer + 30, kAgeAndCollection, 1, 1, [&](const auto& values, int day) {
      if (!IsShown(values[1], day, 42)) return CellDay{0, {0}};
      const bool skewed = values[1] == 2;
      const double shown = skewed ? (values[0] == 0 ? 600 * of_first : 300 * (1 - of_first)) : 200;
      return CellDay{shown, {std::round(shown * (.1 + .1 * values[0]))}};
    });
  };
  const CollectionsReport skewed = Report(shop(.7));
  const CollectionComparison& held = Of(skewed, 0, "click", SwitchComparison::kSameAge);
  ASSERT_FALSE(held.refused);
  EXPECT_NEAR(held.ratio->value, 1, .01);
  EXPECT_NEAR(held.new_side->rate, held.old_side->rate, .003);
  const CollectionsReport apart = Report(shop(1));
  const CollectionComparison& refused = Of(apart, 0, "click", SwitchComparison::kSameAge);
  EXPECT_EQ(refused.refused, SwitchRefusal::kMixDiffers);
  EXPECT_NEAR(*refused.support, (1 + 1.0 / 3) / 2, 1e-9);
}

TEST(Collections, ASmallGroupIsNotNamed) {
  const CollectionsReport report =
      Report(MakeSnapshot(kSummer + 30, kAgeAndCollection, 1, 1, [](const auto& values, int day) {
        if (!IsShown(values[1], day, 42)) return CellDay{0, {0}};
        const double shown = values[0] == 0 ? (day == kSummer ? 5 : 0) : 200;
        return CellDay{shown, {std::round(shown * .2)}};
      }));
  for (const Collection& collection : report.collections) {
    for (const Audience& audience : collection.audience) {
      for (const AudienceGroup& group : audience.groups) EXPECT_NE(group.value, "age_group0");
    }
  }
  for (const SwitchComparison kind : {SwitchComparison::kGroups}) {
    for (const GroupReception& group : Of(report, 0, "click", kind).groups) {
      EXPECT_NE(group.slice.segments.at(0).value, "age_group0");
    }
  }
}

TEST(Collections, LastYearsSwitchOfTheSameName) {
  // Collection 1 is launched on day 60 and again on day 425.
  const auto shop = [](double now) {
    return MakeSnapshot(470, kAgeAndCollection, 1, 1, [&](const auto& values, int day) {
      const int of_year = day % 365;
      const bool first = values[1] == 0;
      const bool is_shown =
          first ? of_year < 100 || of_year > 200 : values[1] == 1 && of_year >= 60 && of_year < 250;
      if (!is_shown) return CellDay{0, {0}};
      const double rate = first ? .2 : day < 365 ? .16 : now;
      return CellDay{300, {std::round(300 * rate)}};
    });
  };
  const CollectionsReport same = Report(shop(.16));
  ASSERT_FALSE(same.switches.empty());
  EXPECT_EQ(same.switches[0].new_collection, "collection1");
  const CollectionComparison& usual = Of(same, 0, "click", SwitchComparison::kLastYear);
  ASSERT_FALSE(usual.refused);
  EXPECT_EQ(usual.verdict, SwitchVerdict::kNoneYet);
  EXPECT_EQ(usual.last_year->new_collection, "collection1");
  const CollectionsReport worse = Report(shop(.1));
  EXPECT_EQ(Of(worse, 0, "click", SwitchComparison::kLastYear).verdict, SwitchVerdict::kLower);
}

TEST(Collections, ErrorsNameWhatIsUnknown) {
  const cube::Snapshot snapshot = Shop(30, Same);
  const Figures figures = Figures::Make(snapshot, {});
  CollectionsRequest request;
  request.stage = "buy";
  EXPECT_EQ(figures.Collections(request).error().message, "No stage is named 'buy'.");
  request.stage = "click";
  request.attribute = "colection";
  EXPECT_EQ(figures.Collections(request).error().message,
            "No attribute is named 'colection'; the nearest is 'collection'.");
  request.attribute = "age_group";
  EXPECT_EQ(figures.Collections(request).error().message,
            "The attribute 'age_group' does not describe items, so it tells no collections apart.");
}

TEST(CollectionLaunch, ADeclaredDayTakesTheFoundOnesPlace) {
  const cube::Snapshot snapshot = Shop(kSummer + 10, Same);
  const CubeIndex index(snapshot);
  const std::vector<DeclaredLaunch> told{{"collection2", snapshot.first_day + kSummer - 3}};
  const auto launches = FindLaunches(index, 1, told);
  ASSERT_EQ(launches.size(), 3U);
  EXPECT_EQ(launches[2].origin, LaunchOrigin::kDeclared);
  EXPECT_EQ(launches[2].first, snapshot.first_day + kSummer - 3);
  EXPECT_EQ(launches[2].replaces, 1U);
}

}  // namespace
}  // namespace ripen::monitor
