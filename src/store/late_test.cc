// What small imports note, and what a refresh does with it.
#include <map>
#include <random>

#include "store/duckdb/cube_tables.h"
#include "store/duckdb/schema.h"
#include "store/snapshot_bytes.h"
#include "store/store_fixture.h"

namespace ripen::store {
namespace {

class LateTest : public StoreFixture {
 protected:
  // 400 recommendations on four days, every tenth with a click.
  void LoadBase() {
    std::string shown = "id,shown_at,customer_id,region\n";
    std::string clicks = "recommendation_id,stage,happened_at\n";
    for (int i = 0; i < 400; ++i) {
      shown += std::to_string(i) + ",2026-11-0" + std::to_string(1 + i / 100) + "T10:00:00Z,c" +
               std::to_string(i % 50) + (i % 2 == 0 ? ",North\n" : ",South\n");
      if (i % 10 == 0) {
        clicks +=
            std::to_string(i) + ",click,2026-11-0" + std::to_string(1 + i / 100) + "T11:00:00Z\n";
      }
    }
    Open();
    Import({WidePlan(Write("shown.csv", shown)), OutcomePlan(Write("clicks.csv", clicks))});
    Snapshot("2026-11-09");
  }
  void ImportLate(const std::string& rows) {
    Import({OutcomePlan(Write("late.csv", "recommendation_id,stage,happened_at\n" + rows))});
  }
  // Runs SQL on the closed store.
  std::int64_t Ask(const std::string& sql) {
    store_.reset();
    auto database = duck::Database::Open(Path("test.duckdb"), 256, 1, Path("spill"));
    EXPECT_TRUE(database);
    auto connection = database->Connect();
    EXPECT_TRUE(connection);
    const auto number = connection->Number(sql);
    EXPECT_TRUE(number) << number.error().message;
    return number ? *number : -1;
  }
  void Change(const std::string& sql) {
    store_.reset();
    auto database = duck::Database::Open(Path("test.duckdb"), 256, 1, Path("spill"));
    ASSERT_TRUE(database);
    auto connection = database->Connect();
    ASSERT_TRUE(connection);
    const Status status = connection->Run(sql);
    ASSERT_TRUE(status) << status.error().message;
  }
};

constexpr const char* kDirty = "SELECT count(*) FROM dirty";
constexpr const char* kTouched = "SELECT count(*) FROM touched";
constexpr const char* kBefore =
    "SELECT (SELECT count(*) FROM before_rec) + (SELECT count(*) FROM before_ev)";

TEST_F(LateTest, SmallImportsNoteIdsAndLargeOnesDays) {
  LoadBase();
  ImportLate("10,purchase,2026-11-03T09:00:00Z\n11,click,2026-11-01T12:00:00Z\n");
  EXPECT_EQ(Ask(kDirty), 0);
  EXPECT_EQ(Ask(kTouched), 2);
  EXPECT_EQ(Ask(kBefore), 3);  // two recommendations, one click
  Open();
  EXPECT_EQ(Known(Snapshot("2026-11-09"), "click"), 41);
  EXPECT_EQ(Known(Snapshot("2026-11-09"), "purchase"), 1);
  EXPECT_EQ(Ask(kTouched), 0);
  EXPECT_EQ(Ask(kBefore), 0);
  Open();
  std::string many;
  for (int i = 1; i < 90; ++i) many += std::to_string(i) + ",click,2026-11-01T13:00:00Z\n";
  ImportLate(many);
  EXPECT_EQ(Ask(kDirty), 1);
  EXPECT_EQ(Ask(kTouched), 0);
}

TEST_F(LateTest, WhatOnlyRepeatsChangesNothing) {
  LoadBase();
  ImportLate("10,click,2026-11-01T11:00:00Z\n20,click,2026-11-01T11:00:00Z\n");
  EXPECT_EQ(Ask(kTouched), 0);
  EXPECT_EQ(Ask(kBefore), 0);
}

TEST_F(LateTest, SeveralImportsBeforeARefreshKeepTheFirstState) {
  LoadBase();
  ImportLate("11,click,2026-11-01T12:00:00Z\n");
  ImportLate("11,purchase,2026-11-02T12:00:00Z\n");
  EXPECT_EQ(Ask(kTouched), 2);
  EXPECT_EQ(Ask(kBefore), 1);
  Open();
  EXPECT_EQ(Known(Snapshot("2026-11-09"), "click"), 41);
  EXPECT_EQ(Known(Snapshot("2026-11-09"), "purchase"), 1);
}

TEST_F(LateTest, AFactThatChangesTakesItsMembersAndOutcomesAlong) {
  LoadBase();
  // Known earlier, and for another group and day: the fact that counts.
  Import({WidePlan(
      Write("other.csv", "id,shown_at,customer_id,region\n10,2026-10-31T10:00:00Z,new,East\n"))});
  EXPECT_EQ(Ask(kDirty), 0);
  Open();
  const cube::Snapshot after = Snapshot("2026-11-09");
  EXPECT_EQ(Shown(after), 400);
  EXPECT_EQ(after.first_day, *Day::Parse("2026-10-31"));
  const cube::Attribute& region = after.attributes.at(0);
  EXPECT_EQ(region.values.at(0), "East");
  EXPECT_EQ(region.members.at(0), 1);
  const std::string bytes = SnapshotBytes(after);
  ledger::StoreConfig other;
  other.ladder = *StageLadder::Make({{.name = "click"}});
  Open(other);
  Open();  // another ladder: everything is counted again
  EXPECT_EQ(SnapshotBytes(Snapshot("2026-11-09")), bytes);
}

// A random history with arrivals given, in the order of its arrivals: what comes later changes no
// answer about a day before it came. Three histories with corrections and retractions.
TEST_F(LateTest, WhatArrivesLaterChangesNoAnswerAboutThePast) {
  for (const unsigned seed : {1U, 2U, 3U}) {
    std::mt19937 random(seed);
    const auto below = [&](int most) {
      return static_cast<int>(random() % static_cast<unsigned>(most));
    };
    const Day first = *Day::Parse("2026-11-01");
    // By day of arrival: shown, and outcomes with retractions.
    std::map<int, std::string> shown;
    std::map<int, std::string> outcomes;
    const auto date = [&](int day) { return (first + day).Iso(); };
    for (int i = 0; i < 300; ++i) {
      const int day = below(20);
      const int arrived = day + (below(5) == 0 ? below(6) : 0);
      shown[arrived] += fmt::format("{},{},{},c{},{}\n", i, date(day), date(arrived), below(60),
                                    below(2) == 0 ? "North" : "South");
      if (below(40) == 0) {  // another fact of the same id, later
        shown[arrived + 2] +=
            fmt::format("{},{},{},c{},East\n", i, date(day), date(arrived + 2), i);
      }
      if (below(2) == 0) continue;
      const int bought = day + below(10);
      const int told = bought + (below(3) == 0 ? below(8) : 0);
      outcomes[told] += fmt::format("{},purchase,{},{},e{},\n", i, date(bought), date(told), i);
      if (below(6) == 0) {
        const int back = told + 1 + below(4);
        outcomes[back] += fmt::format("{},purchase,,{},e{},true\n", i, date(back), i);
      }
    }
    std::filesystem::remove(Path("test.duckdb"));
    Open();
    std::map<int, std::string> answers;
    for (int day = 0; day < 40; ++day) {
      std::vector<ledger::ImportPlan> plans;
      if (shown.contains(day)) {
        plans.push_back(
            WidePlan(Write(fmt::format("shown-{}.csv", day),
                           "id,shown_at,arrived_at,customer_id,region\n" + shown[day])));
      }
      if (outcomes.contains(day)) {
        plans.push_back(OutcomePlan(
            Write(fmt::format("outcomes-{}.csv", day),
                  "recommendation_id,stage,happened_at,arrived_at,event_id,retracted\n" +
                      outcomes[day])));
      }
      if (plans.empty()) continue;
      Import(plans);
      answers[day] = SnapshotBytes(Snapshot(date(day)));
    }
    ASSERT_GT(answers.size(), 20U);
    for (const auto& [day, answer] : answers) {
      EXPECT_EQ(SnapshotBytes(Snapshot(date(day))), answer) << date(day) << ", seed " << seed;
    }
  }
}

TEST_F(LateTest, AStoreOfFormatOneIsReadOn) {
  LoadBase();
  Change(
      "DROP TABLE touched; DROP TABLE before_rec; DROP TABLE before_ev; DROP TABLE before_obs; "
      "DROP TABLE given_count; DROP TABLE issued_range; DROP TABLE look; DROP TABLE judgement; "
      "DROP TABLE annotation; "
      "UPDATE meta SET value = '1' WHERE key = 'format_version'");
  Open();
  EXPECT_EQ(Known(Snapshot("2026-11-09"), "click"), 40);
  ImportLate("11,click,2026-11-01T12:00:00Z\n");
  EXPECT_EQ(Known(Snapshot("2026-11-09"), "click"), 41);
  EXPECT_EQ(Ask("SELECT value::BIGINT FROM meta WHERE key = 'format_version'"), 5);
}

// In one transaction with what came before it, as a refresh does it.
TEST_F(LateTest, DifferencesArePackedOnceTheyAreMany) {
  Open();
  store_.reset();
  constexpr int kRows = 120'000;
  {
    auto database = duck::Database::Open(Path("test.duckdb"), 256, 1, Path("spill"));
    ASSERT_TRUE(database);
    auto connection = database->Connect();
    ASSERT_TRUE(connection);
    CountMap counts;
    for (int i = 0; i < kRows; ++i) counts.Add(0, i, 20'000 + i % 2, 0, 0, 0, 2, 0);
    ASSERT_TRUE(AppendCounts(*connection, counts));
    ASSERT_TRUE(CompactCounts(*connection, 1000));  // few: they stay
    ASSERT_TRUE(connection->Run("BEGIN"));
    ASSERT_TRUE(ClearCubeDays(*connection, {20'001}));
    counts.Clear();
    for (int i = 0; i < kRows; ++i) counts.Add(0, i, 20'000, 0, 0, 0, i % 4 == 0 ? -2 : 1, 0);
    ASSERT_TRUE(AppendCounts(*connection, counts));
    ASSERT_TRUE(CompactCounts(*connection, kRows));
    ASSERT_TRUE(connection->Run("COMMIT"));
  }
  EXPECT_EQ(Ask("SELECT count(*) FROM cube_count"), kRows * 3 / 4);
  EXPECT_EQ(Ask("SELECT sum(gained)::BIGINT FROM cube_count"), kRows / 4 * 3 + kRows / 4 * 2);
}

}  // namespace
}  // namespace ripen::store
