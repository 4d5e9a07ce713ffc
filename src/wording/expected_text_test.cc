#include "wording/expected_text.h"

#include <gtest/gtest.h>

namespace ripen::wording {
namespace {

CheckReport Report() {
  CheckReport report;
  report.as_of = Day::FromYmd(2026, 11, 20);
  StageSummary click;
  click.stage.name = "click";
  click.stage.of = "shown";
  report.stages.push_back(click);
  return report;
}

ExpectedReport Expected() {
  ExpectedReport expected;
  expected.stage = "click";
  expected.recent.emplace();
  expected.recent->expected = .24;
  expected.recent->ratio = .8;
  return expected;
}

MessageText Say(const ExpectedReport& expected, const char* language) {
  return ExpectedText(expected, Report(), Phrasebook::For(language));
}

TEST(ExpectedText, IsAnExpectationThatNobodyHasConfirmed) {
  EXPECT_EQ(Say(Expected(), "en").headline,
            "Judging only by the model's own scores, 24 in 100 would be expected of the last "
            "seven days.");
  EXPECT_EQ(Say(Expected(), "en").details,
            std::vector<std::string>{"Nobody has had time to confirm it."});
  EXPECT_EQ(Say(Expected(), "de").details,
            std::vector<std::string>{"Bestätigt ist davon noch nichts."});
}

TEST(ExpectedText, SaysFirstThatScoresCannotSeeAChange) {
  ExpectedReport expected = Expected();
  expected.scores_cannot_see = true;
  EXPECT_EQ(Say(expected, "en").headline,
            "The model's scores cannot see this change: by them almost all would be as before.");
  // The line is still unconfirmed.
  EXPECT_EQ(Say(expected, "en").details.back(), "Nobody has had time to confirm it.");
}

TEST(ExpectedText, SaysWhereOnlyTheScoresMoved) {
  ExpectedReport expected = Expected();
  expected.scores_mean_other = true;
  EXPECT_EQ(
      Say(expected, "en").details.back(),
      "Clearly fewer came than that: the scores moved, and what customers do did not follow.");
  expected.recent->ratio = 1.2;
  EXPECT_EQ(Say(expected, "en").details.back(),
            "Clearly more came than that: the scores moved, and what customers do did not follow.");
}

TEST(ExpectedText, WithoutALineItSaysWhy) {
  ExpectedReport expected = Expected();
  expected.refused = NoExpectation::kTooFewSettled;
  EXPECT_EQ(Say(expected, "en").headline,
            "Too few outcomes are settled to know what the scores mean.");
  EXPECT_TRUE(Say(expected, "en").details.empty());
}

}  // namespace
}  // namespace ripen::wording
