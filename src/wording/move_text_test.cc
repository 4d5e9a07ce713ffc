#include "wording/move_text.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "wording/check_text.h"
#include "wording/test_reports.h"
#include "wording/wrap.h"

namespace ripen::wording {
namespace {

using testing::D;
using ::testing::HasSubstr;
using ::testing::Not;
using testing::WorkedExample;

Metric Figure(double rate, int from_day, const std::string& stage = "click") {
  return {stage,
          {},
          D(2026, 11, 1) + from_day,
          D(2026, 11, 7) + from_day,
          7000,
          1600,
          ConfirmedRate{rate, rate - .01, rate + .01, {}}};
}

MoveEffect Clear(double value) { return {value, value * .5, value * 1.5}; }
MoveEffect Unclear(double value) { return {value, value - .01, value + .01}; }
MoveEffect Ordered(MoveEffect effect) {
  if (effect.low > effect.high) std::swap(effect.low, effect.high);
  return effect;
}

MoveTerm Term(AttributeValue value, double share_before, double share_after, double before,
              double after, MoveEffect rate, MoveEffect mix) {
  return {std::move(value), false, share_before,  share_after,
          before,           after, Ordered(rate), Ordered(mix)};
}

// The example of the method: all of the rate is the second age's.
TotalMove Fall() {
  TotalMove move;
  move.as_of = D(2026, 11, 20);
  move.stage = "click";
  move.attribute = "age_group";
  move.before = Figure(.2508, 0);
  move.after = Figure(.22495, 7);
  move.before_from = move.before->from;
  move.before_to = move.before->to;
  move.from = move.after->from;
  move.to = move.after->to;
  move.move = Ordered(Clear(-.02585));
  move.rate = Ordered(Clear(-.02535));
  move.mix = Ordered(Clear(-.0005));
  move.terms = {
      Term("16-24", .15, .14, .24, .24, Unclear(0), Clear(-.00015375)),
      Term("25-34", .18, .21, .28, .15, Clear(-.02535), Clear(-.00028875)),
      Term("35-44", .25, .24, .235, .235, Unclear(0), Clear(-.00010375)),
      Term("45-54", .22, .21, .22, .22, Unclear(0), Clear(.00004625)),
      Term("55+", .20, .20, .22, .22, Unclear(0), Unclear(0)),
  };
  return move;
}

std::string En(const TotalMove& move) {
  return MoveText(move, WorkedExample(), Phrasebook::For("en")).headline;
}
std::string De(const TotalMove& move) {
  return MoveText(move, WorkedExample(), Phrasebook::For("de")).headline;
}

TEST(MoveText, NamesTheGroupAndTheCustomers) {
  EXPECT_EQ(En(Fall()),
            "Overall, 22.5 instead of 25.1 in 100 were clicked: 2.5 of the fall because customers "
            "aged 25-34 click less, 0.1 because other customers came.");
  EXPECT_EQ(De(Fall()),
            "Insgesamt wurden 22,5 statt 25,1 von 100 angeklickt: 2,5 des Rückgangs, weil "
            "Kundinnen und Kunden von 25 bis 34 Jahren seltener klicken, 0,1, weil andere "
            "Kundinnen und Kunden kamen.");
}

TEST(MoveText, SaysWhichDaysAndHowSettled) {
  const MessageText text = MoveText(Fall(), WorkedExample(), Phrasebook::For("en"));
  EXPECT_EQ(text.details, (std::vector<std::string>{"Shown 8–14 Nov, compared with 1–7 Nov.",
                                                    "Both figures are confirmed."}));
  TotalMove open = Fall();
  open.after->state = ProvisionalRate{.22495, .21, .24, .6, D(2026, 12, 5), false};
  const MessageText provisional = MoveText(open, WorkedExample(), Phrasebook::For("en"));
  EXPECT_THAT(provisional.headline,
              HasSubstr("Overall, about 22.5 (21.0–24.0) instead of 25.1 in 100 were clicked:"));
  EXPECT_EQ(provisional.details[1], "Provisional: these figures can still change until 5 Dec.");
}

TEST(MoveText, PartsThatPullApartSayFewerAndMore) {
  TotalMove move = Fall();
  move.mix = Clear(.01);
  move.after = Figure(.2508 - .02535 + .01, 7);
  move.move = Ordered(Clear(-.01535));
  EXPECT_EQ(En(move),
            "Overall, 23.5 instead of 25.1 in 100 were clicked: 2.6 fewer because customers aged "
            "25-34 click less, but 1.0 more because other customers came.");
  EXPECT_THAT(De(move), HasSubstr("2,6 weniger, weil Kundinnen und Kunden von 25 bis 34 Jahren "
                                  "seltener klicken, aber 1,0 mehr, weil andere"));
}

TEST(MoveText, WhatMayBeChanceGetsNoReason) {
  TotalMove move = Fall();
  move.mix = Unclear(-.0005);
  EXPECT_THAT(En(move), HasSubstr("click less, 0.1 that may be chance."));
  EXPECT_THAT(De(move), HasSubstr("seltener klicken, 0,1 vielleicht durch Zufall."));
}

// Beyond its range, but no more than one of a few dozen groups would be by chance: an alert names
// it, the week's move alone does not.
TEST(MoveText, NamesNoGroupThatChanceCouldHaveChosen) {
  TotalMove move = Fall();
  move.terms[1].rate = {-.02535, -.045, -.005};
  CheckReport calm = WorkedExample();
  calm.findings.clear();
  EXPECT_THAT(MoveText(move, calm, Phrasebook::For("en")).headline,
              HasSubstr("2.5 of the fall because customers click less"));
  EXPECT_THAT(En(move), HasSubstr("because customers aged 25-34 click less"));
}

TEST(MoveText, WithoutAGroupThatStandsOutNobodyIsNamed) {
  TotalMove move = Fall();
  for (MoveTerm& term : move.terms) term.rate = Ordered(Clear(-.02535 * term.share_before));
  move.mix = Unclear(0);
  move.after = Figure(.2508 - .02535, 7);
  EXPECT_EQ(En(move),
            "Overall, 22.5 instead of 25.1 in 100 were clicked, because customers click less.");
}

TEST(MoveText, AMoveWithinItsRangeHasNoReason) {
  TotalMove move = Fall();
  move.move = Unclear(-.001);
  move.simpson = true;  // never said of a total that did not clearly move
  EXPECT_EQ(En(move), "Overall, 22.5 instead of 25.1 in 100 were clicked: no clear difference.");
}

TotalMove Paradox() {
  TotalMove move = Fall();
  move.simpson = true;
  move.before = Figure(.45, 0);
  move.after = Figure(.30, 7);
  move.move = Ordered(Clear(-.15));
  move.terms = {Term("25-34", .31, .06, .62, .82, Clear(.037), Clear(-.086)),
                Term("55+", .69, .94, .37, .27, Unclear(-.01), Clear(-.09))};
  return move;
}

TEST(MoveText, SimpsonsParadoxIsOneSentence) {
  EXPECT_EQ(
      En(Paradox()),
      "Overall, 30.0 instead of 45.0 in 100 were clicked, although it rose or stayed in every "
      "group (customers aged 25-34: 82 instead of 62): more recommendations went to groups "
      "that click less (customers aged 55 and over: 94 instead of 69 in 100 "
      "recommendations).");
  EXPECT_EQ(De(Paradox()),
            "Insgesamt wurden 30,0 statt 45,0 von 100 angeklickt, obwohl der Wert in jeder Gruppe "
            "stieg oder gleich blieb (Kundinnen und Kunden von 25 bis 34 Jahren: 82 statt 62): "
            "Mehr Empfehlungen gingen an Gruppen, die seltener klicken (Kundinnen und Kunden ab 55 "
            "Jahren: 94 statt 69 von 100 Empfehlungen).");
}

// Every stage, kind of attribute and direction: no banned word, nothing unfilled.
TEST(MoveText, NeverBreaksItsRules) {
  for (const char* language : {"en", "de"}) {
    const auto banned = BannedWords(language);
    for (const char* stage : {"click", "purchase", "return", "signup"}) {
      for (const char* attribute :
           {"age_group", "device", "item.collection", "sustainability_preference"}) {
        for (TotalMove move : {Fall(), Paradox()}) {
          for (const double sign : {1., -1.}) {
            move.stage = stage;
            move.attribute = attribute;
            move.move.value *= sign;
            const MessageText text = MoveText(move, WorkedExample(), Phrasebook::For(language));
            EXPECT_EQ(FindBannedWord(text.headline, banned), "") << text.headline;
            EXPECT_EQ(text.headline.find_first_of("{}"), std::string::npos) << text.headline;
            EXPECT_EQ(text.headline.back(), '.') << text.headline;
          }
        }
      }
    }
    for (const NoMove reason : {NoMove::kStageNotGiven, NoMove::kOutsideData, NoMove::kNoTwoWeeks,
                                NoMove::kNotKnown, NoMove::kOutcomesMissing, NoMove::kNoGroups}) {
      TotalMove move;
      move.stage = "click";
      move.refused = reason;
      const MessageText text = MoveText(move, WorkedExample(), Phrasebook::For(language));
      EXPECT_EQ(FindBannedWord(text.headline, banned), "") << text.headline;
      EXPECT_EQ(text.headline.back(), '.') << text.headline;
    }
  }
}

TEST(MoveText, AFigureThatIsNotKnownSaysWhy) {
  TotalMove move = Fall();
  move.refused = NoMove::kNotKnown;
  move.after->state = PendingRate{PendingReason::kNoOutcomeTimes, {}, {}, {}, {}};
  EXPECT_EQ(MoveText(move, WorkedExample(), Phrasebook::For("en")).details.size(), 1U);
}

TEST(CheckText, SaysWhyATotalClearlyMoved) {
  CheckReport report = WorkedExample();
  TotalMove unclear = Fall();
  unclear.move = Unclear(-.001);
  report.moves = {unclear};
  EXPECT_THAT(CheckText(report, Phrasebook::For("en")), Not(HasSubstr("overall figures moved")));
  report.moves = {unclear, Fall()};
  EXPECT_THAT(CheckText(report, Phrasebook::For("en")),
              HasSubstr("\n\nWhy the overall figures moved\n-----------------------------\n- "
                        "Overall, 22.5 instead of 25.1 in 100 were clicked: 2.5 of the fall "
                        "because customers\n  aged 25-34 click less, 0.1 because other customers "
                        "came.\n  Shown 8–14 Nov, compared with 1–7 Nov. Both figures are "
                        "confirmed.\n"));
}

}  // namespace
}  // namespace ripen::wording
