#include <gmock/gmock.h>

#include "store/duckdb/duck.h"
#include "store/store_fixture.h"

namespace ripen::store {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

class ImportTest : public StoreFixture {};

TEST_F(ImportTest, WideFileBecomesCube) {
  Open();
  const std::string path = Write("wide.csv",
                                 "id,shown_at,clicked_at,age_group,brand\n"
                                 "1,2026-11-01T10:00:00Z,2026-11-01T10:05:00Z,25-34,A\n"
                                 "2,2026-11-01T11:00:00Z,,25-34,B\n"
                                 "3,2026-11-02T10:00:00Z,2026-11-03T09:00:00Z,35-44,A\n"
                                 "4,2026-11-02T10:00:00Z,2026-11-05T09:00:00Z,,A\n");
  const InputSummary summary = Import({WidePlan(path)});
  EXPECT_EQ(summary.rows, 4);
  EXPECT_EQ(summary.recommendations, 4);
  EXPECT_EQ(summary.outcomes, 3);
  EXPECT_EQ(summary.first_day, *Day::Parse("2026-11-01"));
  const cube::Snapshot now = Snapshot("2026-11-05");
  EXPECT_EQ(Shown(now), 4);
  EXPECT_EQ(Known(now, "click"), 2);  // the click after three days is outside its window
  ASSERT_EQ(now.attributes.size(), 2u);
  EXPECT_EQ(now.attributes[0].name, "age_group");
  EXPECT_THAT(now.attributes[0].values, ElementsAre(std::nullopt, "25-34", "35-44"));
  EXPECT_THAT(now.attributes[0].members, ElementsAre(1, 2, 1));
  EXPECT_THAT(now.adjust, ElementsAre(0));
  ASSERT_EQ(now.families.size(), 2u);
  EXPECT_EQ(now.families[1].further, 1u);
  // As known two days before: the click of the 3rd had not arrived.
  const cube::Snapshot before = Snapshot("2026-11-02");
  EXPECT_EQ(Shown(before), 4);
  EXPECT_EQ(Known(before, "click"), 1);
  EXPECT_EQ(Shown(Snapshot("2026-11-01")), 2);
}

const RejectedRows* Find(const InputSummary& summary, const std::string& reason) {
  for (const RejectedRows& row : summary.rejected) {
    if (row.reason.find(reason) != std::string::npos) return &row;
  }
  return nullptr;
}

// A file of good rows with `bad` among them, from line 12 on.
std::string WithBad(const std::string& header, const std::string& good,
                    const std::vector<std::string>& bad) {
  std::string text = header + "\n";
  for (int i = 0; i < 10; ++i) text += "g" + std::to_string(i) + good + "\n";
  for (const std::string& line : bad) text += line + "\n";
  for (int i = 10; i < 30; ++i) text += "g" + std::to_string(i) + good + "\n";
  return text;
}

TEST_F(ImportTest, BadRowsAreSetAsideWithTheirPlace) {
  Open();
  const std::string path = Write(
      "bad.csv",
      WithBad("id,shown_at,clicked,score,value,position", ",2026-11-01T10:00:00Z,1,0.5,9.99,1",
              {"b1,yesterday,1,0.5,1,1", ",2026-11-01,1,0.5,1,1", "b2,,1,0.5,1,1",
               "b3,2026-11-01,maybe,0.5,1,1", "b4,2026-11-01,1,1.234.5,1,1",
               "b5,2026-11-01,1,0.5,free,1", "b6,2026-11-01,1,0.5,1,1.5", "too,few",
               "b7,2026-11-01,1,0.5,1,1,more", "\"two\nlines\",2026-11-01,1,0.5,1,1",
               "b8,2026-11-01,nope,0.5,1,1"}));
  const InputSummary summary = Import({WidePlan(path)});
  EXPECT_EQ(summary.rows, 41);
  EXPECT_EQ(summary.recommendations, 31);
  const std::vector<std::tuple<std::string, std::string, std::int64_t, std::string, std::string>>
      wanted = {{"this is no time or date", "shown_at", 1, "bad.csv:12", "yesterday"},
                {"the id is empty", "id", 1, "bad.csv:13", ""},
                {"the time it was shown is empty", "shown_at", 1, "bad.csv:14", ""},
                {"this is neither yes nor no", "clicked", 2, "bad.csv:15", "maybe"},
                {"thousands separators", "score", 1, "bad.csv:16", "1.234.5"},
                {"this is no number", "value", 1, "bad.csv:17", "free"},
                {"the position is no whole number", "position", 1, "bad.csv:18", "1.5"},
                {"fewer than the 6 columns", "", 1, "bad.csv:19", "too,few"},
                {"more than the 6 columns", "", 1, "bad.csv:20", "b7,2026-11-01,1,0.5,1,1,more"}};
  for (const auto& [reason, column, count, first, value] : wanted) {
    const RejectedRows* found = Find(summary, reason);
    ASSERT_NE(found, nullptr) << reason;
    EXPECT_EQ(found->column, column) << reason;
    EXPECT_EQ(found->count, count) << reason;
    EXPECT_EQ(found->first, first) << reason;
    EXPECT_EQ(found->first_value, value) << reason;
  }
  EXPECT_EQ(summary.rejected.size(), wanted.size());
}

TEST_F(ImportTest, MostlyBadFileIsRefusedWhole) {
  Open();
  const std::string path =
      Write("worse.csv", "id,shown_at,clicked\n1,2026-11-01,1\n2,never,1\n3,never,0\n");
  EXPECT_EQ(ImportError({WidePlan(path)}),
            path +
                ": 2 of its 3 rows would have to be set aside, which is over half; nothing was "
                "stored. Most often: worse.csv:3, column shown_at, 'never': this is no time or "
                "date.");
  const std::string none = Write("none.csv", "id,shown_at,clicked\n2,never,1\n");
  EXPECT_THAT(ImportError({WidePlan(none)}), HasSubstr("none of its 1 rows can be used"));
  const auto status = store_->ReadStatus();
  ASSERT_TRUE(status);
  EXPECT_EQ(status->input.rows, 0);
  EXPECT_EQ(status->input.recommendations, 0);
  // The store still works.
  const std::string good = Write("good.csv", "id,shown_at,clicked\n1,2026-11-01,1\n");
  EXPECT_EQ(Import({WidePlan(good)}).recommendations, 1);
}

TEST_F(ImportTest, SecondFileThatIsRefusedTakesTheFirstAlong) {
  Open();
  const std::string good = Write("good.csv", "id,shown_at,region\n1,2026-11-01,North\n");
  const std::string bad = Write("bad.csv", "recommendation_id,stage,happened_at\n1,swipe,now\n");
  EXPECT_THAT(ImportError({WidePlan(good), OutcomePlan(bad)}),
              HasSubstr("there is no such stage; the stages are click, purchase, return"));
  EXPECT_EQ(store_->ReadStatus()->input.recommendations, 0);
}

TEST_F(ImportTest, FarFutureIsSetAside) {
  Open();
  std::string text = "id,shown_at,clicked\n";
  for (int i = 0; i < 3000; ++i) {
    text += std::to_string(i) + ",2026-11-" + (i % 2 == 0 ? "01" : "02") + ",1\n";
  }
  text += "late,2027-06-01,1\nlater,2062-06-01,1\n";
  const InputSummary summary = Import({WidePlan(Write("future.csv", text))});
  const RejectedRows* found = Find(summary, "time in the future");
  ASSERT_NE(found, nullptr);
  EXPECT_EQ(found->count, 2);
  EXPECT_EQ(found->first, "future.csv:3002");
  EXPECT_EQ(found->column, "shown_at");
  EXPECT_EQ(summary.last_day, *Day::Parse("2026-11-02"));
  EXPECT_EQ(summary.recommendations, 3000);
}

TEST_F(ImportTest, OutcomeBeforeItsRecommendation) {
  Open();
  const std::string shown = Write("shown.csv",
                                  "id,shown_at,region\n1,2026-11-01T10:00:00Z,North\n"
                                  "2,2026-11-01T00:02:00Z,North\n3,2026-11-01T10:00:00Z,North\n");
  const std::string outcomes =
      Write("outcomes.csv",
            "recommendation_id,stage,happened_at\n1,click,2026-11-01T09:54:59Z\n"
            "2,click,2026-10-31T23:58:00Z\n3,click,2026-11-01T10:30:00Z\n");
  const InputSummary summary = Import({WidePlan(shown), OutcomePlan(outcomes)});
  const RejectedRows* found = Find(summary, "outcome before its recommendation");
  ASSERT_NE(found, nullptr);
  EXPECT_EQ(found->count, 1);
  EXPECT_EQ(found->first, "outcomes.csv:2");
  EXPECT_EQ(found->column, "happened_at");
  EXPECT_EQ(summary.outcomes, 2);
  const cube::Snapshot now = Snapshot("2026-11-01");
  EXPECT_EQ(Known(now, "click"), 2);
  for (const cube::CountRow& row : now.families[0].stages[0]) EXPECT_EQ(row.delay, 0);
}

TEST_F(ImportTest, OrphansWaitAndJoin) {
  Open();
  const std::string outcomes =
      Write("outcomes.csv", "recommendation_id,stage,happened_at\n1,click,2026-11-01T10:30:00Z\n");
  EXPECT_EQ(Import({OutcomePlan(outcomes)}).orphan_outcomes, 1);
  EXPECT_EQ(Snapshot("2026-11-01").orphans, (std::vector<std::int64_t>{1, 0, 0}));
  const std::string shown =
      Write("shown.csv", "id,shown_at,region\n1,2026-11-01T10:00:00Z,North\n");
  EXPECT_EQ(Import({WidePlan(shown)}).orphan_outcomes, 0);
  EXPECT_EQ(store_->ReadStatus()->input.orphan_outcomes, 0);
  const cube::Snapshot now = Snapshot("2026-11-01");
  EXPECT_EQ(now.orphans, (std::vector<std::int64_t>{0, 0, 0}));
  EXPECT_EQ(Known(now, "click"), 1);
}

TEST_F(ImportTest, DuplicatesAndConflictsAreCounted) {
  Open();
  const std::string shown = Write("shown.csv",
                                  "id,shown_at,region\n1,2026-11-01T10:00:00Z,North\n"
                                  "1,2026-11-01T10:00:00Z,North\n1,2026-11-01T10:00:00Z,South\n"
                                  "1,2026-11-01T09:00:00Z,West\n2,2026-11-01T10:00:00Z,North\n");
  const InputSummary first = Import({WidePlan(shown)});
  EXPECT_EQ(first.recommendations, 2);
  EXPECT_EQ(first.duplicates, 1);
  EXPECT_EQ(first.conflicts, 2);
  const cube::Snapshot now = Snapshot("2026-11-01");
  EXPECT_THAT(now.attributes.at(0).values, ElementsAre("North", "West"));  // the earliest arrival
  const InputSummary again = Import({WidePlan(shown)});
  EXPECT_EQ(again.recommendations, 0);
  EXPECT_EQ(again.duplicates, 5);
  EXPECT_EQ(again.conflicts, 0);
  EXPECT_EQ(store_->ReadStatus()->input.duplicates, 6);
}

TEST_F(ImportTest, NewerSnapshotTakesBack) {
  Open();
  const auto snapshot = [&](const std::string& name, const std::string& clicked,
                            const std::string& day) {
    ledger::ImportPlan plan =
        WidePlan(Write(name, "id,shown_at,clicked\n1,2026-11-01T10:00:00Z," + clicked + "\n"));
    plan.snapshot_at = day;
    return Import({plan});
  };
  snapshot("third.csv", "", "2026-11-06");  // an empty cell takes nothing back
  snapshot("second.csv", "0", "2026-11-04");
  snapshot("first.csv", "1", "2026-11-02");
  EXPECT_EQ(Known(Snapshot("2026-11-01"), "click"), 0);
  EXPECT_EQ(Known(Snapshot("2026-11-02"), "click"), 1);
  EXPECT_EQ(Known(Snapshot("2026-11-03"), "click"), 1);
  EXPECT_EQ(Known(Snapshot("2026-11-04"), "click"), 0);
  const cube::Snapshot last = Snapshot("2026-11-06");
  EXPECT_EQ(Known(last, "click"), 0);
  EXPECT_TRUE(last.stage_given[0]);
  EXPECT_FALSE(last.stage_has_times[0]);
  EXPECT_EQ(last.stage_known_from[0], *Day::Parse("2026-11-02"));
}

TEST_F(ImportTest, BooleanThatIsEmptyOnTheUnflaggedRowsIsDetected) {
  Open();
  Import({WidePlan(Write("flags.csv",
                         "id,shown_at,clicked,purchased,truth\n1,2026-11-01,1,0,ja\n"
                         "2,2026-11-01,,0,nein\n3,2026-11-02,0,1,ja\n4,2026-11-02,,0,\n"))});
  const cube::Snapshot now = Snapshot("2026-11-02");
  EXPECT_EQ(now.stage_empty_where_unflagged, (std::vector<bool>{true, false, false}));
  ASSERT_EQ(now.truth.size(), 2u);
  EXPECT_EQ(now.truth[0].flagged[0], 1);
  EXPECT_EQ(now.truth[0].open_unflagged[0], 1);
  EXPECT_EQ(now.truth[0].open_unflagged[1], 0);
  EXPECT_FALSE(now.stage_given[2]);
}

TEST_F(ImportTest, LatenessIsTheLongestOfNearlyAllMessages) {
  Open();
  std::string shown = "id,shown_at,region\n";
  std::string outcomes = "recommendation_id,stage,happened_at,arrived_at\n";
  for (int i = 0; i < 50; ++i) {
    const std::string id = std::to_string(i);
    shown += id + ",2026-11-01T10:00:00Z,North\n";
    outcomes +=
        id + ",click,2026-11-01T11:00:00Z,2026-11-0" + (i < 49 ? "2" : "5") + "T11:00:00Z\n";
  }
  Import({WidePlan(Write("shown.csv", shown)), OutcomePlan(Write("outcomes.csv", outcomes))});
  EXPECT_EQ(Snapshot("2026-11-04").ladder[0].lateness_days, 1);  // as of then
  EXPECT_EQ(Snapshot("2026-11-05").ladder[0].lateness_days, 4);
  EXPECT_EQ(Snapshot("2026-11-05").ladder[1].lateness_days, 0);
}

TEST_F(ImportTest, ColumnsWithManyValuesMakeNoGroupsAndItIsSaid) {
  Open();
  std::string text = "id,shown_at,clicked,region,age,brand\n";
  for (int i = 0; i < 300; ++i) {
    text += std::to_string(i) + ",2026-11-01,1,city " + std::to_string(i) + "," +
            std::to_string(i % 30) + ",B" + std::to_string(i % 200) + "\n";
  }
  const std::string path = Write("many.csv", text);
  const InputSummary summary = Import({WidePlan(path)});
  EXPECT_THAT(summary.notes,
              ElementsAre("age is a number with 30 different values in the first days; it makes no "
                          "groups unless [segments] bins says how.",
                          "region has 300 different values in the first days; it makes no groups "
                          "unless [segments] names it."));
  EXPECT_EQ(store_->ReadStatus()->input.notes, summary.notes);
  EXPECT_EQ(Snapshot("2026-11-01").attributes.size(), 1u);
  ledger::StoreConfig config;
  config.customer = {"region"};
  config.bins["age"] = {18};
  store_.reset();
  std::filesystem::remove(Path("test.duckdb"));
  Open(config);
  Import({WidePlan(path)});
  const cube::Snapshot now = Snapshot("2026-11-01");
  ASSERT_EQ(now.attributes.size(), 3u);
  EXPECT_THAT(now.attributes[0].values, ElementsAre("< 18", ">= 18"));
  EXPECT_EQ(now.attributes[2].values.size(), 300u);
}

TEST_F(ImportTest, WhereReadsSomeRowsOnly) {
  Open();
  ledger::ImportPlan plan = WidePlan(Write(
      "where.csv", "id,shown_at,clicked,region\n1,2026-11-01,1,North\n2,2026-11-01,1,O'Hara\n"));
  plan.where = "region = 'O''Hara' and clicked = '1'";
  const InputSummary summary = Import({plan});
  EXPECT_EQ(summary.rows, 1);
  plan.where = "region = 'East'; DROP TABLE rec";
  EXPECT_NE(ImportError({plan}), "no error");
  plan.where = "region = 'East'";
  EXPECT_THAT(ImportError({plan}), HasSubstr("no row meets [source] where"));
}

TEST_F(ImportTest, ParquetTypesAreRead) {
  const std::string path = Path("typed.parquet");
  {
    auto database = duck::Database::Open(":memory:", 256, 1, Path("spill"));
    ASSERT_TRUE(database);
    auto connection = database->Connect();
    ASSERT_TRUE(connection);
    const Status written = connection->Run(
        "COPY (SELECT 1::BIGINT AS id, TIMESTAMP '2026-11-01 23:30:00' AS shown_at, TIMESTAMPTZ "
        "'2026-11-02 01:00:00+01' AS clicked_at, 59.9::DECIMAL(9,2) AS value, true AS region UNION "
        "ALL SELECT 2, TIMESTAMP '2026-11-02 10:00:00', NULL, NULL, NULL) TO " +
        duck::QuotedText(path) + " (FORMAT parquet)");
    ASSERT_TRUE(written) << written.error().message;
  }
  Open();
  ledger::ImportPlan plan = WidePlan(path);
  EXPECT_EQ(plan.file.format, ledger::FileFormat::kParquet);
  EXPECT_EQ(plan.file.columns[3].engine_type, "DECIMAL(9,2)");
  const InputSummary summary = Import({plan});
  EXPECT_EQ(summary.recommendations, 2);
  EXPECT_TRUE(summary.rejected.empty());
  const cube::Snapshot now = Snapshot("2026-11-02");
  EXPECT_EQ(now.first_day, *Day::Parse("2026-11-01"));
  EXPECT_EQ(Known(now, "click"), 1);
  EXPECT_THAT(now.attributes.at(0).values, ElementsAre(std::nullopt, "true"));
}

TEST_F(ImportTest, EventsAndTheirRetractions) {
  Open();
  const std::string path =
      Write("events.ndjson",
            "{\"type\":\"recommendation\",\"id\":\"r-1\",\"shown_at\":\"2026-11-01T10:00:00Z\"}\n"
            "{\"type\":\"outcome\",\"recommendation_id\":\"r-1\",\"stage\":\"purchase\","
            "\"happened_at\":\"2026-11-02T10:00:00Z\",\"value\":59.90,\"event_id\":\"o-1\"}\n"
            "{\"type\":\"outcome\",\"recommendation_id\":\"r-1\",\"stage\":\"purchase\","
            "\"retracted\":true,\"event_id\":\"o-1\",\"arrived_at\":\"2026-11-04T10:00:00Z\"}\n"
            "{\"type\":\"party\"}\n{broken\n");
  ledger::ImportPlan shown;
  shown.file = Probe(path);
  shown.shape = ledger::FileShape::kLongRecommendations;
  shown.id = "id";
  shown.shown_at = "shown_at";
  ledger::ImportPlan outcomes = shown;
  outcomes.shape = ledger::FileShape::kLongOutcomes;
  outcomes.id = "recommendation_id";
  outcomes.outcome_stage = "stage";
  outcomes.outcome_time = "happened_at";
  outcomes.arrived_at = "arrived_at";
  outcomes.event_id = "event_id";
  outcomes.retracted = "retracted";
  outcomes.value = "value";
  EXPECT_THAT(ImportError({shown, outcomes}), HasSubstr("2 of its 3 rows"));
  const std::string cleaner = Path("clean.ndjson");
  std::ifstream in(path);
  std::ofstream out(cleaner);
  for (std::string line; std::getline(in, line);) {
    if (line.find("party") == std::string::npos) out << line << "\n";
  }
  out.close();
  shown.file = outcomes.file = Probe(cleaner);
  const InputSummary summary = Import({shown, outcomes});
  EXPECT_EQ(summary.rows, 4);
  ASSERT_EQ(summary.rejected.size(), 1u);
  EXPECT_EQ(summary.rejected[0].reason, "the line is no valid JSON");
  EXPECT_EQ(summary.rejected[0].first, "clean.ndjson:4");
  EXPECT_EQ(Known(Snapshot("2026-11-03"), "purchase"), 1);
  EXPECT_EQ(Known(Snapshot("2026-11-04"), "purchase"), 0);
}

}  // namespace
}  // namespace ripen::store
