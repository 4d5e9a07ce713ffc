#include "wording/comparison_text.h"

#include <gtest/gtest.h>

#include "wording/test_reports.h"

namespace ripen::wording {
namespace {

using testing::Age;
using testing::D;

const Phrasebook& En() { return Phrasebook::For("en"); }
const Phrasebook& De() { return Phrasebook::For("de"); }

PeriodComparison Week() {
  PeriodComparison week;
  week.as_of = D(2026, 11, 20);
  week.stage = "purchase";
  week.now_from = D(2026, 11, 14);
  week.now_to = D(2026, 11, 20);
  week.before_from = D(2026, 11, 7);
  week.before_to = D(2026, 11, 13);
  return week;
}

PeriodLine Line(double now, double before, double low, double high) {
  PeriodLine line;
  line.slice = Age("25-34");
  line.rate_now = now;
  line.rate_before = before;
  line.ratio = now / before;
  line.ratio_low = low;
  line.ratio_high = high;
  return line;
}

TEST(ComparisonText, APeriodSaysWhatStandsBesideWhat) {
  const MessageText english = PeriodText(Week(), En());
  EXPECT_EQ(
      english.headline,
      "14–20 Nov against 7–13 Nov: every day shown beside the one a week earlier, at the same "
      "age.");
  EXPECT_EQ(english.details.front(), "Not all answers are in yet; both figures can still rise.");
  EXPECT_EQ(
      PeriodText(Week(), De()).headline,
      "14.–20. November gegen 7.–13. November: jeder gezeigte Tag neben dem der Vorwoche, bei "
      "gleichem Alter.");
}

TEST(ComparisonText, ALineSaysHowMuchFewerOrThatNothingIsClear) {
  const CheckReport report = testing::WorkedExample();
  EXPECT_EQ(PeriodLineText(Line(.039, .042, .88, .98), Week(), report, En()),
            "Customers aged 25-34: 3.9 instead of 4.2 in 100 (7 % fewer).");
  EXPECT_EQ(PeriodLineText(Line(.039, .042, .88, 1.02), Week(), report, En()),
            "Customers aged 25-34: 3.9 instead of 4.2 in 100 (no clear difference).");
  EXPECT_EQ(PeriodLineText(Line(.042, .039, 1.01, 1.2), Week(), report, De()),
            "Kundinnen und Kunden von 25 bis 34 Jahren: 4,2 statt 3,9 von 100 (8 % mehr).");
}

TEST(ComparisonText, EveryRefusalIsASentence) {
  for (const NotComparable reason :
       {NotComparable::kNoPeriodBefore, NotComparable::kNoOutcomeTimes,
        NotComparable::kDelayChanged, NotComparable::kOutcomesMissing, NotComparable::kNoCollection,
        NotComparable::kLaunchUnknown, NotComparable::kStageNotGiven}) {
    PeriodComparison refused = Week();
    refused.refused = reason;
    for (const Phrasebook* book : {&En(), &De()}) {
      const MessageText text = PeriodText(refused, *book);
      EXPECT_EQ(text.headline.back(), '.') << text.headline;
      EXPECT_TRUE(text.details.empty());
    }
  }
}

TEST(ComparisonText, TheRecordIsOneSentence) {
  const CheckReport report = testing::WorkedExample();
  StageRecord record;
  record.stage = "purchase";
  EXPECT_EQ(
      RecordText(record, report, En()),
      "None of our ranges for purchases could be checked yet: the days they are about are not "
      "confirmed.");
  record.last.ranges = 100;
  record.last.held = 92;
  EXPECT_EQ(RecordText(record, report, En()), "Of our last 100 ranges for purchases, 92 held.");
  EXPECT_EQ(RecordText(record, report, De()),
            "Von unseren letzten 100 Spannen für Käufe haben 92 gehalten.");
}

TEST(ComparisonText, AChangeSaysThenNowAndWhy) {
  const CheckReport report = testing::WorkedExample();
  Change change;
  change.then = testing::MetricOf("purchase", {}, D(2026, 11, 2), D(2026, 11, 8), 2800, 60,
                                  ProvisionalRate{.036, .031, .041, .7, D(2026, 11, 23)});
  change.now = testing::MetricOf("purchase", {}, D(2026, 11, 2), D(2026, 11, 8), 2800, 97,
                                 ConfirmedRate{.0346, .03, .04, std::nullopt});
  change.causes.new_outcomes = 36;
  change.causes.late_outcomes = 1;
  const MessageText english = ChangeText(change, report, En());
  EXPECT_EQ(english.headline,
            "Bought, all customers, shown from 2 to 8 Nov: about 3.6 in 100 (3.1–4.1, provisional) "
            "then, 3.5 in 100 (confirmed) now.");
  EXPECT_EQ(english.details.front(), "What came since: 36 answers in time and 1 late answer.");
  change.causes = {};
  EXPECT_EQ(ChangeText(change, report, De()).details.front(),
            "Es kamen keine Antworten mehr, und die Tage sind inzwischen bestätigt.");
}

}  // namespace
}  // namespace ripen::wording
