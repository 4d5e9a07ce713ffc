#include "wording/side_text.h"

#include <gtest/gtest.h>

#include <utility>

#include "wording/check_text.h"

namespace ripen::wording {
namespace {

const Day kFrom = Day::FromYmd(2026, 11, 1);
const Day kTo = Day::FromYmd(2026, 11, 19);

CheckReport Report() {
  CheckReport report;
  report.as_of = Day::FromYmd(2026, 11, 20);
  for (const auto& [name, of] : {std::pair{"click", "shown"}, std::pair{"return", "purchase"},
                                 std::pair{"sign up", "shown"}}) {
    StageSummary summary;
    summary.stage.name = name;
    summary.stage.of = of;
    report.stages.push_back(summary);
  }
  report.segments = {{"model", AttributeKind::kContext, {}}};
  return report;
}

SideBySide Sides(const std::string& stage = "click") {
  SideBySide sides;
  sides.attribute = "model";
  sides.stage = stage;
  sides.arm = {"v13", 12000, 2880, .24};
  sides.against = {"v12", 12000, 2640, .22};
  sides.verdict = SidesVerdict::kMore;
  sides.from = kFrom;
  sides.to = kTo;
  sides.days = 19;
  sides.difference = .02;
  sides.low = .009;
  sides.high = .031;
  sides.claimed_with = Day::FromYmd(2026, 11, 12);
  sides.claimed_on = Day::FromYmd(2026, 11, 14);
  sides.held_same = {"region"};
  return sides;
}

MessageText English(const SideBySide& sides) {
  return SideText(sides, Report(), Phrasebook::For("en"));
}
MessageText German(const SideBySide& sides) {
  return SideText(sides, Report(), Phrasebook::For("de"));
}

TEST(SideText, SaysWhichHasMoreAndByHowMuch) {
  EXPECT_EQ(
      English(Sides()).headline,
      "Recommendations by the recommender “v13” are clicked more often than recommendations by "
      "the recommender “v12” among customers of the same groups: 24 instead of 22 in 100 "
      "(difference 0.90–3.1).");
  EXPECT_EQ(German(Sides()).headline,
            "Empfehlungen vom Empfehlungssystem „v13“ werden öfter angeklickt als Empfehlungen vom "
            "Empfehlungssystem „v12“, verglichen in gleichen Kundengruppen: 24 statt 22 von 100 "
            "(Unterschied 0,90–3,1).");
}

TEST(SideText, SaysWhatItRestsOnAndWhatItCannotKnow) {
  SideBySide sides = Sides();
  sides.mix_differs = {"region", "age_group"};
  const std::vector<std::string> details = English(sides).details;
  ASSERT_EQ(details.size(), 5U);
  EXPECT_EQ(details[0], "This may be read every day; looking often does not make it wrong.");
  EXPECT_EQ(
      details[1],
      "19 days on which both were shown and which are confirmed, from 1 to 19 Nov. Could first "
      "be said on 14 Nov.");
  EXPECT_EQ(details[2], "Their customers differ by region; this has been taken out.");
  EXPECT_EQ(details[3], "Their customers differ a little by age; this could not be taken out.");
  EXPECT_EQ(details[4],
            "Whether chance decided who saw which is not in the data: what is not known about the "
            "customers may differ, too.");
}

TEST(SideText, TurnsTheRangeWhereThereAreFewer) {
  SideBySide sides = Sides("return");
  sides.verdict = SidesVerdict::kFewer;
  sides.arm.rate = .22;
  sides.against.rate = .24;
  sides.low = -.031;
  sides.high = -.009;
  sides.held_same.clear();
  EXPECT_EQ(English(sides).headline,
            "Items bought after recommendations by the recommender “v13” are sent back less often "
            "than items bought after recommendations by the recommender “v12”: 22 instead of 24 in "
            "100 bought (difference 0.90–3.1).");
}

TEST(SideText, SaysThatNothingCouldBeClaimedYet) {
  SideBySide sides = Sides();
  sides.verdict = SidesVerdict::kNoneYet;
  sides.low = -.004;
  sides.high = .005;
  EXPECT_EQ(English(sides).headline,
            "Recommender, clicked: no difference between “v13” and “v12” could be claimed yet "
            "(between -0.40 and +0.50 in 100).");
  EXPECT_EQ(German(sides).headline,
            "Empfehlungssystem, Angeklickt: Zwischen „v13“ und „v12“ lässt sich noch kein "
            "Unterschied feststellen (zwischen -0,40 und +0,50 von 100).");
  EXPECT_EQ(English(sides).details.size(), 2U);
}

TEST(SideText, SaysWhenADifferenceHasFaded) {
  SideBySide sides = Sides();
  sides.verdict = SidesVerdict::kFaded;
  sides.low = -.004;
  EXPECT_EQ(
      English(sides).headline,
      "Recommender, clicked: on 14 Nov a difference between “v13” and “v12” could be claimed; "
      "over all days it is no longer clear (between -0.40 and +3.1 in 100).");
}

TEST(SideText, SaysWhyNothingIsComparedAndFromWhenOn) {
  SideBySide sides = Sides();
  sides.verdict.reset();
  sides.refused = NotSideBySide::kNotSettled;
  sides.first_on = Day::FromYmd(2026, 11, 24);
  EXPECT_EQ(English(sides).headline,
            "Recommender, clicked: “v13” and “v12” cannot be compared yet, too few of their common "
            "days are confirmed.");
  EXPECT_EQ(English(sides).details,
            std::vector<std::string>{"From 24 Nov on something can be said."});
  sides.refused = NotSideBySide::kMixDiffers;
  sides.mix_differs = {"age_group", "region"};
  EXPECT_NE(English(sides).headline.find("their customers differ by age and region"),
            std::string::npos);
}

TEST(SideText, EveryReasonAndStageHasItsSentence) {
  for (const char* stage : {"click", "purchase", "return", "sign up"}) {
    for (const SidesVerdict verdict : {SidesVerdict::kMore, SidesVerdict::kFewer,
                                       SidesVerdict::kFaded, SidesVerdict::kNoneYet}) {
      SideBySide sides = Sides(stage);
      sides.verdict = verdict;
      for (const MessageText& text : {English(sides), German(sides)}) {
        EXPECT_EQ(text.headline.back(), '.') << text.headline;
        EXPECT_EQ(text.headline.find('{'), std::string::npos) << text.headline;
      }
    }
  }
  for (const NotSideBySide reason :
       {NotSideBySide::kStageNotGiven, NotSideBySide::kNotSameDays, NotSideBySide::kNotSettled,
        NotSideBySide::kTooFew, NotSideBySide::kMixDiffers}) {
    SideBySide sides = Sides();
    sides.refused = reason;
    EXPECT_EQ(English(sides).headline.back(), '.') << NotSideBySideName(reason);
    EXPECT_EQ(German(sides).headline.back(), '.') << NotSideBySideName(reason);
  }
}

TEST(CheckText, ListsComparisonsWithClaimsFirst) {
  CheckReport report = Report();
  SideBySide none = Sides("sign up");
  none.verdict = SidesVerdict::kNoneYet;
  none.low = -.004;
  none.claimed_with.reset();
  SideBySide refused = Sides();
  refused.verdict.reset();
  refused.refused = NotSideBySide::kTooFew;
  report.side_by_side = {none, refused, Sides()};
  const std::string text = CheckText(report, Phrasebook::For("en"));
  const std::size_t heading = text.find("Side by side\n------------\n");
  ASSERT_NE(heading, std::string::npos) << text;
  const std::size_t claim = text.find("clicked more often than", heading);
  const std::size_t open = text.find("could be claimed yet", heading);
  ASSERT_NE(claim, std::string::npos) << text;
  ASSERT_NE(open, std::string::npos) << text;
  EXPECT_LT(claim, open);
  EXPECT_EQ(text.find("cannot be compared"), std::string::npos);
}

TEST(CheckText, SaysNothingOfComparisonsWhereThereIsNone) {
  CheckReport report = Report();
  EXPECT_EQ(CheckText(report, Phrasebook::For("en")).find("Side by side"), std::string::npos);
  SideBySide refused = Sides();
  refused.verdict.reset();
  refused.refused = NotSideBySide::kTooFew;
  report.side_by_side = {refused};
  EXPECT_EQ(CheckText(report, Phrasebook::For("en")).find("Side by side"), std::string::npos);
}

}  // namespace
}  // namespace ripen::wording
