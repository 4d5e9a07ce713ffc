#include "wording/incident_text.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "wording/test_reports.h"

namespace ripen::wording {
namespace {

using ::testing::HasSubstr;

Incident Open() {
  Incident incident;
  incident.id = "3f9a1c04be21";
  incident.finding = testing::AgeFinding();
  incident.opened_on = testing::D(2026, 11, 13);
  incident.last_seen = testing::D(2026, 11, 20);
  return incident;
}

IncidentAnswers In(const char* language, const Incident& incident) {
  return Answer(incident, testing::WorkedExample(), Phrasebook::For(language));
}

TEST(IncidentText, AnswersSixQuestionsInEnglish) {
  Incident incident = Open();
  incident.cost =
      IncidentCost{64, 100, 137, 190000, 300000, 410000, 210000, "EUR", Maturity::kProvisional};
  const IncidentAnswers answers = In("en", incident);
  EXPECT_THAT(answers.what, HasSubstr("customers aged 25-34 are clicked"));
  EXPECT_THAT(answers.what, HasSubstr("15 instead of 28 in 100."));
  EXPECT_THAT(answers.who, HasSubstr("Customers aged 25-34."));
  EXPECT_EQ(answers.since,
            "Since 11 Nov (it began between 10 and 12 Nov). We said so first on 13 Nov.");
  EXPECT_THAT(answers.sure, HasSubstr("We are very sure."));
  ASSERT_TRUE(answers.cost);
  EXPECT_EQ(*answers.cost,
            "About 100 purchases that customers would have kept are missing since then (64–140). "
            "They are worth about 3,000 EUR (1,900 EUR to 4,100 EUR). If it goes on, it may cost "
            "about 2,100 EUR a week. This is provisional and can still change.");
  EXPECT_THAT(answers.check_next, HasSubstr("since 11 Nov"));
}

TEST(IncidentText, AnswersThemInGermanAndLeavesACostOutThatNobodyKnows) {
  const IncidentAnswers answers = In("de", Open());
  EXPECT_THAT(answers.since, HasSubstr("Seit dem 11. November"));
  EXPECT_THAT(answers.since, HasSubstr("Gemeldet haben wir es zuerst mit Stand vom 13. November."));
  EXPECT_FALSE(answers.cost);
  EXPECT_THAT(answers.check_next, HasSubstr("Öffnen Sie die Seite dieser Gruppe"));
}

TEST(IncidentText, WhatToCheckFollowsFromWhatWasFound) {
  Incident incident = Open();
  incident.finding.responsible.emplace();
  incident.finding.responsible->slice = incident.finding.slice;
  incident.finding.responsible->suspects = {
      {"model_version", SuspectVerdict::kSwitched, AttributeValue("v13"), .02, .9}};
  EXPECT_THAT(In("en", incident).check_next, HasSubstr("“v13”"));
  EXPECT_THAT(In("en", incident).who, HasSubstr("about 90 instead of 2 in 100"));
  EXPECT_THAT(In("en", incident).who, HasSubstr("these figures cannot tell"));
  Incident everybody = Open();
  everybody.finding.slice = {};
  EXPECT_THAT(In("en", everybody).check_next, HasSubstr("everybody"));
  Incident data = Open();
  data.finding.kind = FindingKind::kDataProblem;
  data.finding.code = "stage_silent";
  EXPECT_THAT(In("en", data).check_next, HasSubstr("Nothing for you to do."));
}

TEST(IncidentText, TheRecordIsOneSentence) {
  FalseAlarmRecord record;
  record.looks = 30;
  EXPECT_EQ(FalseAlarmText(record, Phrasebook::For("en")), "No alarm yet in 30 days.");
  record.raised = 3;
  EXPECT_EQ(FalseAlarmText(record, Phrasebook::For("en")),
            "3 alarms in 30 days; none has been judged yet.");
  record.judged = 2;
  record.judged_false = 1;
  record.share = .5;
  record.low = .16;
  record.high = .84;
  EXPECT_EQ(FalseAlarmText(record, Phrasebook::For("en")),
            "3 alarms in 30 days. Of 2 that were judged, 1 was a false alarm (likely 16–84 in "
            "100).");
  EXPECT_THAT(FalseAlarmText(record, Phrasebook::For("de")), HasSubstr("war 1 ein Fehlalarm"));
}

}  // namespace
}  // namespace ripen::wording
