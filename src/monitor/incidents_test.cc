#include "monitor/incidents.h"

#include <gtest/gtest.h>

namespace ripen::monitor {
namespace {

const Day kStart = Day::FromYmd(2026, 11, 10);
const Slice kAge = Slice::Of({{"age", "25-34"}});
const Slice kPair = Slice::Of({{"age", "25-34"}, {"region", "South"}});

Finding Fall(const Slice& slice = kAge, Level level = Level::kAlert) {
  Finding finding;
  finding.kind = FindingKind::kRateShift;
  finding.level = level;
  finding.stage = "click";
  finding.slice = slice;
  finding.direction = Move::kFall;
  finding.since = finding.since_earliest = finding.since_latest = kStart;
  finding.before = .28;
  finding.after = .15;
  finding.evidence_days = 4000;
  finding.id = FindingId(finding, 1);
  return finding;
}

Finding Recovery(const Slice& slice, Day since) {
  Finding back = Fall(slice, Level::kInfo);
  back.code = "recovered";
  back.direction = Move::kRise;
  back.since = since;
  back.id = FindingId(back, 2);
  return back;
}

// Plays looks day by day from the fourth day of the change.
class Story {
 public:
  Story& Look(std::vector<Finding> findings, std::vector<Judgement> judgements = {}) {
    fold_.Step(day_, findings, judgements);
    day_ = day_ + 1;
    return *this;
  }
  Story& Quiet(int days) {
    for (int day = 0; day < days; ++day) Look({});
    return *this;
  }
  Judgement Say(JudgementAction action, std::size_t incident = 0) const {
    return {fold_.incidents()[incident].id, action, day_, Moment(), ""};
  }
  const IncidentFold& fold() const { return fold_; }
  const Incident& At(std::size_t index) const { return fold_.incidents()[index]; }
  std::size_t size() const { return fold_.incidents().size(); }

 private:
  IncidentFold fold_;
  Day day_ = kStart + 3;
};

TEST(IncidentFold, AnAlertOpensOneIncidentThatLivesOn) {
  Story story;
  story.Look({Fall()}).Look({Fall()}).Look({Fall()});
  ASSERT_EQ(story.size(), 1U);
  EXPECT_EQ(story.At(0).state, IncidentState::kOpened);
  EXPECT_EQ(story.At(0).id, Fall().id);
  EXPECT_EQ(story.At(0).opened_on, kStart + 3);
  EXPECT_EQ(story.At(0).last_seen, kStart + 5);
  EXPECT_EQ(story.At(0).history.size(), 1U);
}

TEST(IncidentFold, WatchesAndShadowsOpenNothing) {
  Finding shadow = Fall(kPair);
  shadow.level = Level::kWatch;
  shadow.explained_by = "abc";
  Story story;
  story.Look({Fall(kAge, Level::kWatch), shadow});
  EXPECT_EQ(story.size(), 0U);
}

TEST(IncidentFold, FollowsItsGroupWhereThatIsNamedAnew) {
  Finding shadow = Fall({}, Level::kWatch);
  shadow.explained_by = Fall().id;
  Story story;
  story.Look({Fall({})}).Look({Fall(), shadow}).Look({Fall(), shadow});
  ASSERT_EQ(story.size(), 1U);
  EXPECT_EQ(story.At(0).finding.slice, kAge);
  ASSERT_EQ(story.At(0).history.size(), 2U);
  EXPECT_EQ(story.At(0).history[1].renamed_from, Slice{});
  EXPECT_EQ(story.At(0).state, IncidentState::kOpened);
}

TEST(IncidentFold, GrowsWhenItsGroupBecomesWiderOrItsChangeLarger) {
  Story wider;
  wider.Look({Fall(kPair)}).Look({Fall(kAge)});
  EXPECT_EQ(wider.At(0).state, IncidentState::kGrowing);
  Finding larger = Fall();
  larger.after = .11;
  Story story;
  story.Look({Fall()}).Look({larger});
  EXPECT_EQ(story.At(0).state, IncidentState::kGrowing);
}

TEST(IncidentFold, AcknowledgedStaysOpenAndGrowingIsNewsAgain) {
  Story story;
  story.Look({Fall()});
  story.Look({Fall()}, {story.Say(JudgementAction::kAcknowledge)});
  EXPECT_EQ(story.At(0).state, IncidentState::kAcknowledged);
  EXPECT_EQ(story.At(0).acknowledged_on, kStart + 4);
  story.Look({Fall()});
  EXPECT_EQ(story.At(0).state, IncidentState::kAcknowledged);
  Finding larger = Fall();
  larger.after = .08;
  story.Look({larger});
  EXPECT_EQ(story.At(0).state, IncidentState::kGrowing);
}

Finding ShownLess(const char* collection) {
  Finding finding = Fall();
  finding.kind = FindingKind::kExposureShift;
  finding.stage.reset();
  finding.item_slice = Slice::Of({{"collection", collection}});
  finding.id = FindingId(finding, 1);
  return finding;
}

TEST(IncidentFold, WhatAGroupIsShownOfTwoItemGroupsAreTwoIncidents) {
  Story story;
  story.Look({ShownLess("Winter")}).Look({ShownLess("Winter"), ShownLess("Summer")});
  ASSERT_EQ(story.size(), 2U);
  // One comes back; the other does not hear of it.
  Finding back = ShownLess("Summer");
  back.level = Level::kInfo;
  back.code = "recovered";
  back.direction = Move::kRise;
  story.Look({ShownLess("Winter"), back});
  EXPECT_EQ(story.At(0).state, IncidentState::kOpened);
  EXPECT_EQ(story.At(1).state, IncidentState::kRecovered);
}

TEST(IncidentFold, AnAcceptedExposureStartsAnewSoThatWhatComesNextIsNews) {
  Story story;
  story.Look({ShownLess("Winter")});
  story.Look({ShownLess("Winter")}, {story.Say(JudgementAction::kAccept)});
  ASSERT_EQ(story.fold().accepted().size(), 1U);
  EXPECT_EQ(story.fold().accepted()[0].kind, FindingKind::kExposureShift);
  EXPECT_EQ(story.fold().accepted()[0].slice, kAge);
  story.Look({ShownLess("Winter")});
  EXPECT_EQ(story.size(), 2U);
}

TEST(IncidentFold, AcceptedEndsItAndTellsTheDetectors) {
  Story story;
  story.Look({Fall()});
  EXPECT_TRUE(story.fold().accepted().empty());
  story.Look({Fall()}, {story.Say(JudgementAction::kAccept)});
  EXPECT_EQ(story.At(0).state, IncidentState::kAccepted);
  ASSERT_EQ(story.fold().accepted().size(), 1U);
  EXPECT_EQ(story.fold().accepted()[0].slice, kAge);
  EXPECT_EQ(story.fold().accepted()[0].from, kStart);
  EXPECT_EQ(story.fold().accepted()[0].stage, "click");
}

TEST(IncidentFold, WhatWasJudgedFalseOpensAgainOnlyAfterItWasGone) {
  Story story;
  story.Look({Fall()});
  story.Look({Fall()}, {story.Say(JudgementAction::kFalse)});
  story.Look({Fall()}).Look({Fall()});
  ASSERT_EQ(story.size(), 1U);
  EXPECT_EQ(story.At(0).state, IncidentState::kJudgedFalse);
  story.Look({}).Look({Fall()});
  ASSERT_EQ(story.size(), 2U);
  EXPECT_EQ(story.At(1).state, IncidentState::kOpened);
  EXPECT_EQ(story.At(1).id, FindingId(Fall(), 2));
}

TEST(IncidentFold, TheMirrorDetectorEndsItAndALaterFallIsAnother) {
  Story story;
  story.Look({Fall()});
  story.Look({Fall(kAge, Level::kInfo), Recovery(kAge, kStart + 4)});
  EXPECT_EQ(story.At(0).state, IncidentState::kRecovered);
  EXPECT_EQ(story.At(0).recovered_on, kStart + 4);
  story.Look({Fall(kAge, Level::kInfo), Recovery(kAge, kStart + 4)});
  EXPECT_EQ(story.size(), 1U);
  Finding again = Fall();
  again.since = again.since_earliest = again.since_latest = kStart + 6;
  story.Look({again});
  ASSERT_EQ(story.size(), 2U);
  EXPECT_EQ(story.At(1).state, IncidentState::kOpened);
}

TEST(IncidentFold, AShadowIsMergedIntoItsCause) {
  Finding shadow = Fall(kPair, Level::kWatch);
  shadow.explained_by = Fall().id;
  Story story;
  story.Look({Fall(kPair), Fall()}).Look({Fall(), shadow});
  ASSERT_EQ(story.size(), 2U);
  EXPECT_EQ(story.At(0).state, IncidentState::kMerged);
  EXPECT_EQ(story.At(0).merged_into, story.At(1).id);
}

TEST(IncidentFold, FadesWhenItsEvidenceStaysAwayForAWeek) {
  Story story;
  story.Look({Fall()}).Look({Fall(kAge, Level::kWatch)}).Quiet(6);
  EXPECT_EQ(story.At(0).state, IncidentState::kOpened);
  story.Quiet(1);
  EXPECT_EQ(story.At(0).state, IncidentState::kFaded);
}

TEST(IncidentFold, CountsTheFalseAlarmsAmongThoseJudged) {
  Story story;
  const Slice other = Slice::Of({{"age", "55+"}});
  const Slice third = Slice::Of({{"age", "35-44"}});
  story.Look({Fall(), Fall(other), Fall(third)});
  story.Look({Fall(), Fall(other), Fall(third)},
             {story.Say(JudgementAction::kFalse, 0), story.Say(JudgementAction::kAccept, 1)});
  const FalseAlarmRecord record = story.fold().Record();
  EXPECT_EQ(record.raised, 3);
  EXPECT_EQ(record.judged, 2);
  EXPECT_EQ(record.judged_false, 1);
  EXPECT_DOUBLE_EQ(*record.share, .5);
  EXPECT_LT(*record.low, .5);
  EXPECT_GT(*record.high, .5);
  EXPECT_EQ(record.looks, 2);
}

TEST(IncidentFold, OpenOnesComeFirstThenTheNewest) {
  Story story;
  const Slice other = Slice::Of({{"age", "55+"}});
  story.Look({Fall()});
  story.Look({Fall()}, {story.Say(JudgementAction::kFalse)});
  story.Look({Fall(), Fall(other)});
  const auto sorted = story.fold().Sorted();
  ASSERT_EQ(sorted.size(), 2U);
  EXPECT_EQ(sorted[0].finding.slice, other);
  EXPECT_EQ(sorted[1].finding.slice, kAge);
}

TEST(MarkDecided, WhatWasDecidedIsNoAlertAnyMore) {
  Story story;
  story.Look({Fall()});
  story.Look({Fall()}, {story.Say(JudgementAction::kFalse)});
  Finding later = Fall(Slice::Of({{"age", "55+"}}));
  std::vector<Finding> findings{Fall(), later};
  MarkDecided(story.fold().incidents(), findings);
  EXPECT_EQ(findings[0].slice, later.slice);
  EXPECT_EQ(findings[0].level, Level::kAlert);
  EXPECT_EQ(findings[1].level, Level::kInfo);
  EXPECT_EQ(findings[1].code, "judged_false");
}

}  // namespace
}  // namespace ripen::monitor
