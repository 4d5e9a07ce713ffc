// What looks said is kept until it does not hold any more; what people decided, for ever.
#include <map>

#include "store/open_store.h"
#include "store/store_fixture.h"

namespace ripen::store {
namespace {

using ledger::KeptLook;

class IncidentLogTest : public StoreFixture {
 protected:
  void LoadDays() {
    std::string rows = "id,shown_at,age_group,brand,model,purchased_at,value\n";
    for (int i = 0; i < 200; ++i) {
      const std::string day = "2026-11-0" + std::to_string(1 + i / 50);
      rows += std::to_string(i) + "," + day + "T10:00:00Z," + (i % 2 == 0 ? "young" : "old") + "," +
              (i % 3 == 0 ? "A" : "B") + "," + (i % 5 == 0 ? "v1" : "v2") + "," +
              (i % 10 == 0 ? day + "T12:00:00Z" : "") + "," + (i % 20 == 0 ? "30.00" : "10.00") +
              "\n";
    }
    Open();
    Import({WidePlan(Write("rows.csv", rows))});
  }
  std::vector<std::string> Records(const std::string& fingerprint = "f") {
    const auto looks = store_->ReadLooks(fingerprint);
    EXPECT_TRUE(looks) << looks.error().message;
    std::vector<std::string> records;
    for (const KeptLook& look : *looks) records.push_back(look.record);
    return records;
  }
  static Day On(const char* text) { return *Day::Parse(text); }
};

TEST_F(IncidentLogTest, LooksAreReadAsTheyWereKept) {
  LoadDays();
  Records();
  ASSERT_TRUE(store_->KeepLooks("f", {{On("2026-11-03"), "third"}, {On("2026-11-02"), "second"}}));
  EXPECT_EQ(Records(), (std::vector<std::string>{"second", "third"}));
  Open();
  EXPECT_EQ(Records(), (std::vector<std::string>{"second", "third"}));
  EXPECT_TRUE(Records("other").empty());  // another configuration looks anew,
  EXPECT_TRUE(Records().empty());         // and drops what no one will read again
}

TEST_F(IncidentLogTest, ALateOutcomeDropsTheLooksFromItsArrivalOn) {
  LoadDays();
  Records();
  ASSERT_TRUE(store_->KeepLooks(
      "f", {{On("2026-11-03"), "3"}, {On("2026-11-05"), "5"}, {On("2026-11-07"), "7"}}));
  Import({OutcomePlan(Write("late.csv",
                            "recommendation_id,stage,happened_at,arrived_at\n"
                            "3,purchase,2026-11-02T08:00:00Z,2026-11-06T08:00:00Z\n"))});
  EXPECT_EQ(Records(), (std::vector<std::string>{"3", "5"}));
}

TEST_F(IncidentLogTest, AnOlderHistoryDropsAllLooksItChanges) {
  LoadDays();
  Records();
  ASSERT_TRUE(store_->KeepLooks("f", {{On("2026-11-01"), "1"}, {On("2026-11-03"), "3"}}));
  Import({WidePlan(Write("more.csv",
                         "id,shown_at,age_group,brand,model,purchased_at,value\n"
                         "900,2026-11-02T10:00:00Z,old,A,v1,,5.00\n"))});
  EXPECT_EQ(Records(), (std::vector<std::string>{"1"}));
}

TEST_F(IncidentLogTest, JudgementsStayAndAreNotDoubled) {
  LoadDays();
  const Judgement seen{"abc", JudgementAction::kAcknowledge, On("2026-11-03"), Moment(5),
                       "it's ok"};
  const Judgement accepted{"abc", JudgementAction::kAccept, On("2026-11-04"), Moment(9), ""};
  ASSERT_TRUE(store_->AddJudgements({accepted, seen}));
  ASSERT_TRUE(store_->AddJudgements({seen}));
  Open();
  const auto judgements = store_->ReadJudgements();
  ASSERT_TRUE(judgements);
  ASSERT_EQ(judgements->size(), 2U);
  EXPECT_EQ((*judgements)[0].note, "it's ok");
  EXPECT_EQ((*judgements)[0].action, JudgementAction::kAcknowledge);
  EXPECT_EQ((*judgements)[1].action, JudgementAction::kAccept);
  EXPECT_EQ((*judgements)[1].as_of, On("2026-11-04"));
  EXPECT_EQ((*judgements)[1].at, Moment(9));
}

TEST_F(IncidentLogTest, AnOutcomeIsWorthTheMeanOfThoseKnown) {
  LoadDays();
  const auto all = store_->ReadValue("purchase", On("2026-11-09"));
  ASSERT_TRUE(all) << all.error().message;
  EXPECT_EQ(all->outcomes, 20);
  EXPECT_DOUBLE_EQ(all->mean, 2000);  // every second one 30.00, the others 10.00
  EXPECT_EQ(store_->ReadValue("purchase", On("2026-11-02"))->outcomes, 10);
  EXPECT_EQ(store_->ReadValue("click", On("2026-11-09"))->outcomes, 0);
}

TEST_F(IncidentLogTest, AnOutcomesOwnValueCountsBeforeThatOfTheRecommendation) {
  Open();
  Import({WidePlan(Write("shown.csv",
                         "id,shown_at,value\n1,2026-11-01T10:00:00Z,10.00\n"
                         "2,2026-11-01T10:00:00Z,10.00\n")),
          OutcomePlan(Write("bought.csv",
                            "recommendation_id,stage,happened_at,value\n"
                            "1,purchase,2026-11-01T11:00:00Z,50.00\n"
                            "2,purchase,2026-11-01T11:00:00Z,\n"))});
  const auto value = store_->ReadValue("purchase", On("2026-11-02"));
  ASSERT_TRUE(value) << value.error().message;
  EXPECT_EQ(value->outcomes, 2);
  EXPECT_DOUBLE_EQ(value->mean, 3000);
}

// Sums of a cross by its own columns, to compare with what the snapshot says of single values.
TEST_F(IncidentLogTest, TheCrossOfAllAttributesAddsUpToTheSnapshot) {
  LoadDays();
  cube::Snapshot snapshot = Snapshot("2026-11-09");
  const auto cross = store_->ReadCross(snapshot, On("2026-11-02"), On("2026-11-03"));
  ASSERT_TRUE(cross) << cross.error().message;
  EXPECT_EQ(cross->columns.size(), snapshot.attributes.size());
  std::int64_t shown = 0;
  for (const cube::CrossRow& row : cross->shown) shown += row.count;
  EXPECT_EQ(shown, 100);
  const auto purchase = *snapshot.ladder.IndexOf("purchase");
  std::int64_t bought = 0;
  for (const cube::CrossRow& row : cross->stages[purchase]) bought += row.count;
  EXPECT_EQ(bought, 10);
  for (std::size_t attribute = 0; attribute < snapshot.attributes.size(); ++attribute) {
    for (const std::uint16_t place : cross->columns[attribute]) {
      EXPECT_LT(place, snapshot.attributes[attribute].values.size());
    }
  }
}

TEST_F(IncidentLogTest, TheCrossIsFoldedWhereTheCubeHoldsOnlyAPart) {
  ledger::StoreConfig config;
  config.adjust = {"age_group"};
  auto opened = OpenDuckDb(Path("narrow.duckdb"), config);
  ASSERT_TRUE(opened) << opened.error().message;
  store_ = std::move(*opened);
  std::string rows = "id,shown_at,age_group,brand,model,clicked_at\n";
  for (int i = 0; i < 240; ++i) {
    rows += std::to_string(i) + ",2026-11-0" + std::to_string(1 + i / 60) + "T10:00:00Z," +
            (i % 2 == 0 ? "young" : "old") + "," + (i % 3 == 0 ? "A" : "B") + "," +
            (i % 5 == 0 ? "v1" : "v2") + "," +
            (i % 30 == 0 ? "2026-11-0" + std::to_string(1 + i / 60) + "T23:59:00Z" : "") + "\n";
  }
  Import({WidePlan(Write("rows.csv", rows))});
  const cube::Snapshot snapshot = Snapshot("2026-11-09");
  ASSERT_EQ(snapshot.attributes.size(), 3U);
  ASSERT_EQ(snapshot.adjust.size(), 1U);
  const auto cross = store_->ReadCross(snapshot, On("2026-11-01"), On("2026-11-04"));
  ASSERT_TRUE(cross) << cross.error().message;
  EXPECT_EQ(cross->cells, 8U);
  std::map<std::vector<std::string>, std::int64_t> counts;
  for (const cube::CrossRow& row : cross->shown) {
    std::vector<std::string> key;
    for (std::size_t attribute = 0; attribute < 3; ++attribute) {
      const auto cell = static_cast<std::size_t>(row.cell);
      key.push_back(*snapshot.attributes[attribute].values[cross->columns[attribute][cell]]);
    }
    counts[key] += row.count;
  }
  // Of 240 in a row every second is young, every third of brand A, every fifth by v1.
  EXPECT_EQ((counts[{"young", "A", "v1"}]), 8);
  EXPECT_EQ((counts[{"old", "B", "v2"}]), 64);
  // What was known on an earlier day is less.
  const cube::Snapshot earlier = Snapshot("2026-11-02");
  const auto then = store_->ReadCross(earlier, On("2026-11-01"), On("2026-11-04"));
  ASSERT_TRUE(then);
  std::int64_t shown = 0;
  for (const cube::CrossRow& row : then->shown) shown += row.count;
  EXPECT_EQ(shown, 120);
}

}  // namespace
}  // namespace ripen::store
