#include "wording/collections_text.h"

#include <gtest/gtest.h>

#include <utility>

namespace ripen::wording {
namespace {

const Day kLaunch = Day::FromYmd(2026, 5, 31);

CheckReport Check() {
  CheckReport report;
  report.as_of = Day::FromYmd(2026, 6, 12);
  for (const auto& [name, of] : {std::pair{"click", "shown"}, std::pair{"purchase", "shown"},
                                 std::pair{"return", "purchase"}}) {
    StageSummary summary;
    summary.stage.name = name;
    summary.stage.of = of;
    report.stages.push_back(summary);
  }
  report.segments = {{"age_group", AttributeKind::kCustomer, {}},
                     {"item_collection", AttributeKind::kItem, {}}};
  return report;
}

CollectionComparison SameAge() {
  CollectionComparison comparison;
  comparison.kind = SwitchComparison::kSameAge;
  comparison.days = 7;
  comparison.new_side = CollectionSide{kLaunch, kLaunch + 6, 9000, 189, .021};
  comparison.old_side = CollectionSide{kLaunch - 90, kLaunch - 84, 9000, 216, .024};
  comparison.ratio = SwitchRatio{.875, .78, .97};
  comparison.verdict = SwitchVerdict::kLower;
  comparison.held_same = {"age_group"};
  return comparison;
}

CollectionComparison Refused(SwitchRefusal reason) {
  CollectionComparison comparison;
  comparison.refused = reason;
  if (reason == SwitchRefusal::kTooYoung) comparison.comparable_on = kLaunch + 51;
  return comparison;
}

GroupReception Group(const std::string& age, Reception verdict) {
  return {Slice{{{"age_group", age}}}, .28, .15, .45, SwitchRatio{.5, .4, .62}, verdict};
}

class CollectionsTextTest : public ::testing::Test {
 protected:
  CollectionsTextTest() {
    report_.as_of = check_.as_of;
    report_.attribute = "item_collection";
    change_.new_collection = "Summer";
    change_.old_collection = "Spring";
    change_.launched_on = kLaunch;
    change_.stages = {{"purchase", false, {SameAge()}},
                      {"return", true, {Refused(SwitchRefusal::kTooYoung)}}};
    report_.switches = {change_};
  }
  MessageText Say(const std::string& language, const CollectionComparison& comparison,
                  const std::string& stage = "purchase") const {
    return SwitchComparisonText(change_, {stage, stage == "return", {}}, comparison, report_,
                                check_, Phrasebook::For(language));
  }
  const CheckReport check_ = Check();
  CollectionsReport report_;
  CollectionSwitch change_;
};

TEST_F(CollectionsTextTest, ASwitchSaysWhenTheLastComparisonCanBeMade) {
  const MessageText text = CollectionsText(report_, check_, Phrasebook::For("en"));
  EXPECT_EQ(text.headline, "“Summer” has replaced “Spring” since 31 May.");
  ASSERT_EQ(text.details.size(), 2U);
  EXPECT_EQ(text.details[0], "The last comparison can be made on 21 Jul.");
  EXPECT_EQ(text.details[1],
            "Nobody knows the goods of a new collection yet: its first days may be lower for that "
            "alone.");
}

TEST_F(CollectionsTextTest, BothFiguresAreSaidWithTheirRange) {
  const MessageText text = Say("en", SameAge());
  EXPECT_EQ(text.headline,
            "In the same number of days since the launch: “Summer” 2.1 in 100, “Spring” 2.4.");
  ASSERT_EQ(text.details.size(), 2U);
  EXPECT_EQ(text.details[0],
            "13 % lower, and on all days together surely between 22 % lower and 3 % lower.");
  EXPECT_EQ(text.details[1], "Among customers of the same groups: age.");
}

TEST_F(CollectionsTextTest, WhatIsTooYoungNamesItsDay) {
  EXPECT_EQ(
      Say("en", Refused(SwitchRefusal::kTooYoung), "return").headline,
      "Not comparable until 21 Jul: the first seven days of “Summer” are not settled before.");
  EXPECT_NE(Say("de", Refused(SwitchRefusal::kTooYoung), "return").headline.find("21. Juli"),
            std::string::npos);
}

TEST_F(CollectionsTextTest, EveryReasonHasItsSentenceInBothLanguages) {
  for (int reason = 0; reason <= static_cast<int>(SwitchRefusal::kStageNotGiven); ++reason) {
    for (const char* language : {"en", "de"}) {
      const std::string text = Say(language, Refused(static_cast<SwitchRefusal>(reason))).headline;
      EXPECT_EQ(text.find('{'), std::string::npos) << text;
      EXPECT_GT(text.size(), 20U);
    }
  }
  for (const NoCollections reason : {NoCollections::kNoCollection, NoCollections::kOneCollection}) {
    CollectionsReport none;
    none.reason = reason;
    EXPECT_FALSE(CollectionsText(none, check_, Phrasebook::For("de")).headline.empty());
  }
}

TEST_F(CollectionsTextTest, GroupsAreNamedOnlyByTheirVerdict) {
  CollectionComparison groups;
  groups.kind = SwitchComparison::kGroups;
  groups.groups = {Group("25-34", Reception::kWorse), Group("35-44", Reception::kAsOthers)};
  EXPECT_EQ(Say("en", groups, "click").headline,
            "Customers aged 25-34 take “Summer” worse than the others do.");
  groups.groups = {Group("35-44", Reception::kAsOthers), Group("45-54", Reception::kTooFew)};
  EXPECT_EQ(Say("en", groups, "click").headline,
            "No group is seen to take “Summer” otherwise than the others do.");
  EXPECT_EQ(ReceptionText(change_, groups.groups[0], report_, check_, Phrasebook::For("en")),
            "Customers aged 35-44: no other change than for the others is seen.");
}

// Fewer returns than last year are no "worse" change.
TEST_F(CollectionsTextTest, BesideLastYearNothingIsCalledWorse) {
  CollectionComparison year = SameAge();
  year.kind = SwitchComparison::kLastYear;
  year.of_odds = true;
  year.last_year = LastYear{kLaunch - 365, "Summer", "Spring", *year.new_side, *year.old_side};
  const MessageText text = Say("en", year, "return");
  for (const std::string& line : text.details) {
    EXPECT_EQ(line.find("worse"), std::string::npos) << line;
  }
  EXPECT_EQ(text.details.at(0),
            "The change came out lower than a year ago: 13 % lower (between 22 % lower and 3 % "
            "lower).");
}

}  // namespace
}  // namespace ripen::wording
