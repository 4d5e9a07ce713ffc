#include "wording/check_text.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <set>
#include <sstream>

#include "wording/test_reports.h"
#include "wording/wrap.h"

namespace ripen::wording {
namespace {

using testing::AgeFinding;
using testing::D;
using ::testing::HasSubstr;
using ::testing::Not;
using testing::WorkedExample;

std::string En(const CheckReport& report) { return CheckText(report, Phrasebook::For("en")); }
std::string De(const CheckReport& report) { return CheckText(report, Phrasebook::For("de")); }

std::string Golden(const std::string& name) {
  std::ifstream file(std::string(RIPEN_SOURCE_DIR) + "/src/wording/testdata/" + name);
  std::stringstream text;
  text << file.rdbuf();
  return text.str();
}

// The whole text of the worked example, to be read by people: change it only on purpose.
TEST(CheckText, ReadsAsWritten) {
  EXPECT_EQ(En(WorkedExample()), Golden("worked_example.en.txt"));
  EXPECT_EQ(De(WorkedExample()), Golden("worked_example.de.txt"));
}

// Every report that the tests below build, for what must hold of any text.
std::vector<CheckReport> Reports() {
  CheckReport calm = WorkedExample();
  calm.findings.clear();
  CheckReport unwatched = calm;
  unwatched.groups_checked = 0;
  CheckReport watched = WorkedExample();
  for (int i = 0; i < 12; ++i) {
    Finding sign = AgeFinding();
    sign.id = "00000000000" + std::string(1, static_cast<char>('a' + i));
    sign.level = Level::kWatch;
    sign.certainty = Certainty::kTooEarly;
    sign.slice = testing::Age(std::to_string(20 + i));
    watched.findings.push_back(sign);
    Finding shadow = sign;
    shadow.id[0] = '1';
    shadow.explained_by = watched.findings[0].id;
    watched.findings.push_back(shadow);
  }
  CheckReport settled = calm;
  for (StageSummary& stage : settled.stages) stage.confirmed_through = settled.input.last_day;
  CheckReport stuck = calm;
  stuck.as_of = D(2027, 6, 1);
  return {WorkedExample(), calm, unwatched, watched, settled, stuck, CheckReport{}};
}

TEST(CheckText, NeverBreaksItsRules) {
  for (const char* language : {"en", "de"}) {
    const auto banned = BannedWords(language);
    for (const CheckReport& report : Reports()) {
      const std::string text = CheckText(report, Phrasebook::For(language));
      EXPECT_EQ(FindBannedWord(text, banned), "") << text;
      EXPECT_EQ(text.find_first_of("{}"), std::string::npos) << text;
      EXPECT_EQ(text.find("3f9a1c04be21"), std::string::npos) << text;
      std::istringstream lines(text);
      for (std::string line; std::getline(lines, line);) {
        EXPECT_LE(ColumnsOf(line), kLineWidth) << line;
        EXPECT_FALSE(!line.empty() && line.back() == ' ') << "'" << line << "'";
      }
      EXPECT_EQ(text.back(), '\n');
    }
  }
}

TEST(CheckText, SaysWhenNothingStandsOut) {
  const auto reports = Reports();
  EXPECT_THAT(En(reports[1]),
              HasSubstr("Nothing stands out\n------------------\nWe watched 24 groups "
                        "and combinations of groups. All are as usual.\n"));
  EXPECT_THAT(De(reports[2]), HasSubstr("Noch kein Urteil möglich\n"));
  EXPECT_THAT(De(reports[2]), HasSubstr("Noch ließ sich keine Gruppe beobachten"));
  EXPECT_THAT(En(reports[2]), Not(HasSubstr("as usual")));
}

TEST(CheckText, ShortensLongLists) {
  const std::string text = En(Reports()[3]);
  EXPECT_THAT(text, HasSubstr("One thing needs attention"));
  EXPECT_THAT(text, HasSubstr("and 7 more."));
  EXPECT_THAT(text, HasSubstr("and 2 more."));
}

TEST(CheckText, SaysWhenTheRestFollows) {
  const std::string text = En(WorkedExample());
  EXPECT_THAT(text,
              HasSubstr("Clicks: confirmed for everything shown up to 19 Nov. The rest follows "
                        "on Sun 22 Nov."));
  EXPECT_THAT(text, HasSubstr("The first day follows on Sun 6 Dec, all of them by Mon"));
  const auto reports = Reports();
  EXPECT_THAT(En(reports[4]), HasSubstr("Purchases: everything is confirmed."));
  EXPECT_THAT(De(reports[5]), HasSubstr("Der Rest bleibt in diesen Daten offen."));
}

TEST(CheckText, ShowsIdsOnlyWhenAsked) {
  const std::string text = CheckText(WorkedExample(), Phrasebook::For("en"), {.show_ids = true});
  EXPECT_THAT(text, HasSubstr("[3f9a1c04be21]"));
}

TEST(CheckText, SaysThatAStageIsNotGiven) {
  CheckReport report = WorkedExample();
  report.stages[2].given = false;
  EXPECT_THAT(En(report), HasSubstr("Sent back\n  The data do not contain this.\n"));
  EXPECT_THAT(En(report), Not(HasSubstr("Returns:")));
}

TEST(FigureSentence, GivesAConfirmedFigureItsRange) {
  const CheckReport report = WorkedExample();
  Metric metric = report.metrics[0];
  EXPECT_EQ(FigureSentence(metric, report, Phrasebook::For("de")),
            "24 von 100 (23–24), gezeigt vom 22. Oktober bis 19. November. Bestätigt.");
  metric.state = ConfirmedRate{0.235, 0.2285, 0.2416, 0.21};
  EXPECT_EQ(
      FigureSentence(metric, report, Phrasebook::For("en")),
      "24 in 100 (23–24), shown from 22 Oct to 19 Nov. Confirmed. Earlier we said 21 in 100.");
}

TEST(FigureSentence, NeverGivesAProvisionalFigureWithoutItsRangeAndDay) {
  const CheckReport report = WorkedExample();
  Metric metric = report.metrics[6];
  metric.state = ProvisionalRate{0.0321, 0.0298, 0.0343, 0.44, D(2026, 12, 5)};
  EXPECT_EQ(
      FigureSentence(metric, report, Phrasebook::For("en")),
      "about 3.2 in 100 (3.0–3.4), shown from 14 to 20 Nov. Provisional: 37 of 2,800 bought so "
      "far. Confirmed on 5 Dec.");
  EXPECT_EQ(
      FigureSentence(metric, report, Phrasebook::For("de")),
      "etwa 3,2 von 100 (3,0–3,4), gezeigt vom 14. bis 20. November. Vorläufig: bisher 37 von "
      "2.800 gekauft. Bestätigt am 5. Dezember.");
}

TEST(FigureSentence, SaysThatALevelIsBorrowed) {
  const CheckReport report = WorkedExample();
  Metric metric = report.metrics[6];
  metric.state = ProvisionalRate{0.0321, 0.01, 0.09, 0.44, D(2026, 12, 5), true};
  EXPECT_THAT(FigureSentence(metric, report, Phrasebook::For("en")),
              ::testing::EndsWith("So few cases say little yet: its level is that of everybody."));
}

TEST(CheckText, SaysHowEarlierRangesHeldAndWhatWasKept) {
  CheckReport report = WorkedExample();
  report.records.resize(2);
  report.records[0].stage = "click";
  report.records[0].last = {.ranges = 100, .days = 20, .held = 92};
  report.records[1].stage = "purchase";  // none yet: nothing is said
  Metric kept = report.metrics[6];
  kept.stage = "kept";
  kept.state = ProvisionalRate{0.022, 0.017, 0.027, 0.44, D(2027, 1, 4)};
  report.metrics.push_back(kept);
  report.input.today = SoFarToday{D(2026, 11, 21), 312, {{"click", 40}, {"purchase", 0}}};
  const std::string text = CheckText(report, Phrasebook::For("en"), {});
  EXPECT_THAT(text, ::testing::HasSubstr("Of our last 100 ranges for clicks, 92 held.\n"));
  EXPECT_THAT(text, ::testing::Not(::testing::HasSubstr("could be checked yet")));
  EXPECT_THAT(text, ::testing::HasSubstr("Bought and kept\n  About 2.2 in 100"));
  EXPECT_THAT(text, ::testing::HasSubstr("Today (21 Nov) is not over and not in these figures: 312 "
                                         "recommendations so far,\n40 clicks."));
  EXPECT_THAT(CheckText(report, Phrasebook::For("de"), {}),
              ::testing::HasSubstr("haben 92 gehalten.\n"));
}

TEST(FigureSentence, SaysWhyNothingCanBeSaidForEveryReason) {
  const CheckReport report = WorkedExample();
  for (const char* language : {"en", "de"}) {
    const Phrasebook& phrasebook = Phrasebook::For(language);
    std::set<std::string> sentences;
    for (int i = 0; i <= static_cast<int>(PendingReason::kStageNotGiven); ++i) {
      const auto reason = static_cast<PendingReason>(i);
      const std::string sentence = PendingSentence(reason, phrasebook);
      EXPECT_EQ(sentence.back(), '.');
      EXPECT_EQ(FindBannedWord(sentence, BannedWords(language)), "");
      sentences.insert(sentence);
      Metric metric = report.metrics[6];
      metric.state = PendingRate{reason, {}, {}, {}, {}};
      EXPECT_THAT(FigureSentence(metric, report, phrasebook), HasSubstr(sentence));
    }
    EXPECT_EQ(sentences.size(), 8U);
  }
}

TEST(FigureSentence, GivesAPendingFigureItsBoundsAndDates) {
  const CheckReport report = WorkedExample();
  const Phrasebook& english = Phrasebook::For("en");
  Metric metric = report.metrics[6];
  metric.state = PendingRate{PendingReason::kWindowOpen, D(2026, 11, 29), D(2026, 12, 5), 0.1, 0.3};
  EXPECT_EQ(
      FigureSentence(metric, report, english),
      "Shown from 14 to 20 Nov: not yet known. 37 of 2,800 bought so far. Some of these days "
      "are too young: answers can still come. In the end it will be between 10 and 30 in 100. "
      "First estimate on 29 Nov, confirmed on 5 Dec.");
  metric.state = PendingRate{PendingReason::kWindowOpen, {}, D(2026, 12, 5), 0.0132, 0.9};
  EXPECT_THAT(FigureSentence(metric, report, english),
              HasSubstr("At least 1.3 in 100 already. Confirmed on 5 Dec."));
  metric.state = PendingRate{PendingReason::kWindowOpen, D(2026, 11, 29), {}, {}, {}};
  EXPECT_THAT(FigureSentence(metric, report, english),
              HasSubstr("come. First estimate on 29 Nov."));
  metric.trials = 0;
  EXPECT_THAT(FigureSentence(metric, report, english), Not(HasSubstr("so far")));
}

TEST(CheckText, APlannedChangeSaysFromWhenOnItCanBeJudged) {
  CheckReport report = WorkedExample();
  report.annotations.emplace_back();
  report.annotations.back().id = "a1";
  report.annotations.back().title = "Summer";
  report.epochs = {{D(2026, 10, 22), EpochState::kPast, D(2026, 11, 1), {}},
                   {D(2026, 11, 15), EpochState::kCollecting, D(2026, 11, 25), {"a1"}}};
  EXPECT_THAT(En(report), HasSubstr("Since 15 Nov everything is compared anew: Summer."));
  EXPECT_THAT(De(report), HasSubstr("Seit dem 15. November wird alles neu verglichen: Summer."));
  report.epochs.back().state = EpochState::kJudging;
  EXPECT_THAT(En(report), Not(HasSubstr("compared anew")));
}

}  // namespace
}  // namespace ripen::wording
