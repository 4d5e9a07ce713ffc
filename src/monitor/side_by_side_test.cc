#include "monitor/side_by_side.h"

#include <gtest/gtest.h>

#include <cmath>

#include "cube/testing_snapshot.h"

namespace ripen::monitor {
namespace {

using cube::testing::CellDay;
using cube::testing::MakeSnapshot;
using cube::testing::TestAttribute;

const std::vector<TestAttribute> kRegionAndModel = {{"region", 2, AttributeKind::kCustomer},
                                                    {"model", 2, AttributeKind::kContext}};

// Click, purchase and return; the click window is a day, so the last day is not settled.
struct World {
  explicit World(cube::Snapshot made)
      : snapshot(std::move(made)), index(snapshot), settling(snapshot), visibility(index, 20) {}
  SidesReader Reader(SidesOptions options = {}) const {
    return SidesReader(index, settling, visibility, options);
  }
  SideBySide Only(const std::string& stage = "click",
                  const std::string& attribute = "model") const {
    const auto report = Reader().Compare({stage, attribute});
    EXPECT_TRUE(report) << (report ? "" : report.error().message);
    EXPECT_EQ(report->comparisons.size(), 1U);
    return report->comparisons.at(0);
  }
  cube::Snapshot snapshot;
  CubeIndex index;
  Settling settling;
  Visibility visibility;
};

CellDay Day100(double shown, double rate) { return {shown, {std::round(shown * rate)}}; }

TEST(SidesReader, ClaimsADifferenceOnSettledCommonDays) {
  const World world(MakeSnapshot(20, kRegionAndModel, 0, 1, [](const auto& values, int) {
    return Day100(values[1] == 0 ? 600 : 400, values[1] == 0 ? .2 : .28);
  }));
  const SideBySide sides = world.Only();
  EXPECT_EQ(sides.arm.value, "model1");
  EXPECT_EQ(sides.against.value, "model0");
  ASSERT_EQ(sides.verdict, SidesVerdict::kMore);
  EXPECT_FALSE(sides.refused);
  EXPECT_EQ(sides.days, 19);
  EXPECT_EQ(sides.from, world.snapshot.first_day);
  EXPECT_EQ(sides.to, world.snapshot.last_day - 1);
  EXPECT_EQ(sides.arm.trials, 19 * 800);
  EXPECT_EQ(sides.arm.events, 19 * 224);
  EXPECT_NEAR(*sides.difference, .08, 1e-9);
  EXPECT_GT(*sides.low, 0);
  EXPECT_NEAR(sides.arm.rate, .28, 1e-9);
  EXPECT_EQ(sides.level, .95);
  EXPECT_EQ(sides.held_same, std::vector<std::string>{"region"});
  EXPECT_TRUE(sides.mix_differs.empty());
  ASSERT_TRUE(sides.claimed_with);
  EXPECT_EQ(*sides.claimed_on, *sides.claimed_with + 2);
  EXPECT_LT(*sides.claimed_with, world.snapshot.first_day + 10);
}

TEST(SidesReader, AnEarlierDayKnowsWhatALaterOneSaysOfIt) {
  const auto counts = [](const auto& values, int) {
    return Day100(values[1] == 0 ? 600 : 400, values[1] == 0 ? .2 : .28);
  };
  const World whole(MakeSnapshot(20, kRegionAndModel, 0, 1, counts));
  const Day claimed = *whole.Only().claimed_on;
  // As of the evening before that morning it is known; a day earlier it is not.
  const int days = claimed - whole.snapshot.first_day;
  const World then(MakeSnapshot(days, kRegionAndModel, 0, 1, counts));
  EXPECT_EQ(then.Only().verdict, SidesVerdict::kMore);
  EXPECT_EQ(*then.Only().claimed_on, claimed);
  const World before(MakeSnapshot(days - 1, kRegionAndModel, 0, 1, counts));
  EXPECT_NE(before.Only().verdict, SidesVerdict::kMore);
}

TEST(SidesReader, AnotherMixOfCustomersIsSaidAndIsNoDifference) {
  const World world(MakeSnapshot(30, kRegionAndModel, 0, 1, [](const auto& values, int) {
    const double shown = values[0] == values[1] ? 800 : 200;
    return Day100(shown, values[0] == 0 ? .1 : .3);
  }));
  const SideBySide sides = world.Only();
  EXPECT_EQ(sides.verdict, SidesVerdict::kNoneYet);
  EXPECT_NEAR(*sides.difference, 0, 1e-9);
  EXPECT_EQ(sides.held_same, std::vector<std::string>{"region"});
  EXPECT_EQ(sides.mix_differs, std::vector<std::string>{"region"});
}

TEST(SidesReader, RefusesWhereCustomersDifferAndCannotBeHeldTheSame) {
  // Each model has its own region: no cell holds both.
  const World world(MakeSnapshot(30, kRegionAndModel, 0, 1, [](const auto& values, int) {
    return Day100(values[0] == values[1] ? 800 : 0, values[0] == 0 ? .1 : .3);
  }));
  const SideBySide sides = world.Only();
  EXPECT_EQ(sides.refused, NotSideBySide::kMixDiffers);
  EXPECT_EQ(sides.mix_differs, std::vector<std::string>{"region"});
  EXPECT_TRUE(sides.held_same.empty());
  EXPECT_FALSE(sides.verdict);
  EXPECT_FALSE(sides.difference);
}

TEST(SidesReader, AttributesWhoseGroupsAreTooSmallAreNotHeldTheSame) {
  // Of fifty towns each is shown one model on one day and the other on the next.
  const World world(MakeSnapshot(30,
                                 {{"region", 2, AttributeKind::kCustomer},
                                  {"town", 50, AttributeKind::kCustomer},
                                  {"model", 2, AttributeKind::kContext}},
                                 0, 1, [](const auto& values, int day) {
                                   return Day100((values[1] + day) % 2 == values[2] ? 20 : 0, .2);
                                 }));
  const SideBySide sides = world.Only();
  EXPECT_EQ(sides.verdict, SidesVerdict::kNoneYet);
  EXPECT_EQ(sides.held_same, std::vector<std::string>{"region"});
  EXPECT_TRUE(sides.mix_differs.empty());
}

TEST(SidesReader, RefusesDaysThatAreNotTheSame) {
  const World world(MakeSnapshot(30, kRegionAndModel, 0, 1, [](const auto& values, int day) {
    return Day100((values[1] == 0) == (day < 15) ? 500 : 0, day < 15 ? .1 : .3);
  }));
  EXPECT_EQ(world.Only().refused, NotSideBySide::kNotSameDays);
  EXPECT_TRUE(world.Reader().OfContext().empty());
}

TEST(SidesReader, OnlyCommonDaysCount) {
  // model1 starts on day 10, when everything is clicked twice as often.
  const World world(MakeSnapshot(30, kRegionAndModel, 0, 1, [](const auto& values, int day) {
    return Day100(values[1] == 1 && day < 10 ? 0 : 500, day < 10 ? .1 : .2);
  }));
  const SideBySide sides = world.Only();
  EXPECT_EQ(sides.verdict, SidesVerdict::kNoneYet);
  EXPECT_EQ(sides.from, world.snapshot.first_day + 10);
  EXPECT_EQ(sides.days, 19);
}

TEST(SidesReader, SaysFromWhenOnWhereDaysAreNotSettled) {
  const World world(MakeSnapshot(10, kRegionAndModel, 0, 2, [](const auto&, int) {
    return CellDay{500, {100, 20}};
  }));
  const SideBySide sides = world.Only("purchase");
  EXPECT_EQ(sides.refused, NotSideBySide::kNotSettled);
  // Three days teach; the fourth is settled 14 days and a morning later.
  EXPECT_EQ(sides.first_on, world.snapshot.first_day + 3 + 15);
  EXPECT_EQ(sides.days, 0);
  EXPECT_FALSE(sides.from);
}

TEST(SidesReader, RefusesTooFewOutcomesTooFewDaysAndAStageNotGiven) {
  const World few(MakeSnapshot(30, kRegionAndModel, 0, 1, [](const auto& values, int day) {
    return CellDay{10, {values[1] == 0 && day == 2 ? 1.0 : 0.0}};
  }));
  EXPECT_EQ(few.Only().refused, NotSideBySide::kTooFew);
  const World days(MakeSnapshot(3, kRegionAndModel, 0, 1, [](const auto&, int) {
    return CellDay{500, {100}};
  }));
  EXPECT_EQ(days.Only().refused, NotSideBySide::kTooFew);
  EXPECT_EQ(days.Only("purchase").refused, NotSideBySide::kStageNotGiven);
}

TEST(SidesReader, ComparesEveryValueWithTheOneShownMostAndSharesTheRisk) {
  const World world(MakeSnapshot(
      30,
      {{"region", 2, AttributeKind::kCustomer},
       {"model", 3, AttributeKind::kContext},
       {"placement", 2, AttributeKind::kContext}},
      1, 1, [](const auto& values, int) { return Day100(values[1] == 1 ? 500 : 250, .2); }));
  const auto report = world.Reader().Compare({"click", std::nullopt});
  ASSERT_TRUE(report);
  ASSERT_EQ(report->comparisons.size(), 3U);
  EXPECT_EQ(report->comparisons[0].attribute, "model");
  EXPECT_EQ(report->comparisons[0].against.value, "model1");
  EXPECT_EQ(report->comparisons[1].arm.value, "model2");
  EXPECT_EQ(report->comparisons[1].level, .975);
  // An attribute of its own family is compared within the base cells.
  EXPECT_EQ(report->comparisons[2].attribute, "placement");
  EXPECT_EQ(report->comparisons[2].level, .95);
  EXPECT_EQ(report->comparisons[2].held_same, (std::vector<std::string>{"region", "model"}));
  EXPECT_EQ(world.Reader().OfContext().size(), 3U);
}

TEST(SidesReader, HiddenValuesAreNotCompared) {
  cube::Snapshot snapshot = MakeSnapshot(30, kRegionAndModel, 0, 1, [](const auto&, int) {
    return CellDay{500, {100}};
  });
  snapshot.attributes[1].members = {5, 3000};
  const World world(std::move(snapshot));
  const auto report = world.Reader().Compare({"click", "model"});
  ASSERT_TRUE(report);
  EXPECT_TRUE(report->comparisons.empty());
}

TEST(SidesReader, RefusesUnknownNamesInSentences) {
  const World world(MakeSnapshot(5, kRegionAndModel, 0, 1, [](const auto&, int) {
    return CellDay{500, {100}};
  }));
  EXPECT_EQ(world.Reader().Compare({"view", "model"}).error().message, "No stage is named 'view'.");
  EXPECT_EQ(world.Reader().Compare({"click", "modle"}).error().message,
            "No attribute is named 'modle'; the nearest is 'model'.");
}

TEST(SidesReader, AnEmptySnapshotHasNothingToCompare) {
  cube::Snapshot snapshot;
  snapshot.ladder = StageLadder::Default();
  snapshot.stage_given.assign(3, false);
  snapshot.stage_has_times.assign(3, false);
  snapshot.stage_known_from.assign(3, std::nullopt);
  snapshot.stage_empty_where_unflagged.assign(3, false);
  const World world(std::move(snapshot));
  EXPECT_TRUE(world.Reader().OfContext().empty());
  EXPECT_TRUE(world.Reader().Compare({"click", std::nullopt})->comparisons.empty());
}

}  // namespace
}  // namespace ripen::monitor
