// What survives: reopening, other configurations, other processes, kills and full disks.
#include <gmock/gmock.h>
#include <poll.h>
#include <signal.h>
#include <sys/mount.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <thread>

#include "store/duckdb/duck.h"
#include "store/store_fixture.h"

namespace ripen::store {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

class DurabilityTest : public StoreFixture {
 protected:
  std::string OpenError(const std::string& path, const ledger::StoreConfig& config = {}) {
    const auto opened = OpenDuckDb(path, config);
    return opened ? "no error" : opened.error().message;
  }
  std::string WriteRows(const std::string& name, int rows) {
    std::string text = "id,shown_at,clicked_at,region,note\n";
    for (int i = 0; i < rows; ++i) {
      text += std::to_string(i) + ",2026-11-0" + std::to_string(1 + i % 9) + "T23:30:00Z,," +
              (i % 2 == 0 ? "North," : "South,") + std::to_string(i * 7919LL % 1000003) + "\n";
    }
    return Write(name, text);
  }
  void ChangeMeta(const std::string& sql) {
    store_.reset();
    auto database = duck::Database::Open(Path("test.duckdb"), 256, 1, Path("spill"));
    ASSERT_TRUE(database);
    auto connection = database->Connect();
    ASSERT_TRUE(connection);
    const Status status = connection->Run(sql);
    ASSERT_TRUE(status) << status.error().message;
  }
};

TEST_F(DurabilityTest, AccountAndCubeAreThereAfterReopening) {
  Open();
  const std::string path =
      Write("a.csv",
            "id,shown_at,clicked_at,region\n1,2026-11-01T10:00Z,2026-11-01T11:00Z,North\n"
            "2,2026-11-02T10:00Z,,South\n3,never,,South\n");
  ledger::ImportPlan plan = WidePlan(path);
  plan.notes = {"a note of the guess"};
  Import({plan});
  const cube::Snapshot before = Snapshot("2026-11-02");
  Open();
  const auto status = store_->ReadStatus();
  ASSERT_TRUE(status);
  EXPECT_EQ(status->format_version, 5);
  EXPECT_GT(status->bytes, 0);
  EXPECT_EQ(status->newest_day, *Day::Parse("2026-11-02"));
  EXPECT_EQ(status->input.rows, 3);
  EXPECT_EQ(status->input.recommendations, 2);
  EXPECT_EQ(status->input.outcomes, 1);
  EXPECT_EQ(status->input.mapping.at("shown_at"), "shown_at");
  EXPECT_EQ(status->input.mapping.at("click_at"), "clicked_at");
  EXPECT_THAT(status->input.notes, ElementsAre("a note of the guess"));
  ASSERT_EQ(status->input.rejected.size(), 1u);
  EXPECT_EQ(status->input.rejected[0].first, "a.csv:4");
  const cube::Snapshot after = Snapshot("2026-11-02");
  EXPECT_EQ(Shown(after), Shown(before));
  EXPECT_EQ(Known(after, "click"), 1);
  EXPECT_EQ(after.attributes.at(0).values, before.attributes.at(0).values);
}

TEST_F(DurabilityTest, RangesThatWereGivenStayAsTheyWere) {
  Open();
  const Day day = *Day::Parse("2026-11-02");
  const Slice group = Slice::Of({{"age_group", "25-34"}});
  const Slice missing = Slice::Of({{"age_group", std::nullopt}});
  ASSERT_TRUE(store_->LogIssued({{day, "click", {}, day - 6, day, 100, 10, .11, .08, .15},
                                 {day, "click", group, day - 6, day, 40, 3, .09, .03, .2},
                                 {day, "click", missing, day - 6, day, 30, 2, .08, .02, .2}}));
  // Said once, and not said again otherwise; nor afterwards about a day before.
  ASSERT_TRUE(store_->LogIssued({{day, "click", {}, day - 6, day, 100, 10, .5, .4, .6}}));
  ASSERT_TRUE(store_->LogIssued({{day - 1, "click", {}, day - 7, day - 1, 100, 10, .5, .4, .6}}));
  Open();
  const auto issued = store_->ReadIssued();
  ASSERT_TRUE(issued);
  ASSERT_EQ(issued->size(), 3U);
  EXPECT_EQ(issued->at(0).slice, Slice{});
  EXPECT_EQ(issued->at(0).high, .15);
  EXPECT_EQ(issued->at(1).slice, group);
  EXPECT_EQ(issued->at(2).slice, missing);
  EXPECT_EQ(issued->at(2).from, day - 6);
}

TEST_F(DurabilityTest, AnotherLadderOrZoneFoldsAgain) {
  Open();
  Import({WidePlan(Write("a.csv",
                         "id,shown_at,clicked_at,region\n"
                         "1,2026-11-01T23:30:00Z,2026-11-03T11:00:00Z,North\n"))});
  EXPECT_EQ(Known(Snapshot("2026-11-05"), "click"), 0);
  ledger::StoreConfig config;
  config.ladder = *StageLadder::Make({{"click", "shown", 3, 0, Direction::kMoreIsBetter}});
  config.report_zone = *TimeZone::Find("Europe/Berlin");
  Open(config);
  const cube::Snapshot berlin = Snapshot("2026-11-05");
  EXPECT_EQ(Known(berlin, "click"), 1);
  EXPECT_EQ(berlin.first_day, *Day::Parse("2026-11-02"));  // half past midnight there
  Open();
  EXPECT_EQ(Snapshot("2026-11-05").first_day, *Day::Parse("2026-11-01"));
}

TEST_F(DurabilityTest, OtherBinsNeedANewStore) {
  Open();
  Import({WidePlan(WriteRows("a.csv", 10))});
  ledger::StoreConfig config;
  config.bins["age"] = {18, 65};
  store_.reset();
  EXPECT_THAT(OpenError(Path("test.duckdb"), config),
              HasSubstr("Import the files into a new store."));
}

TEST_F(DurabilityTest, RefusesWhatIsNoStoreOfItsOwn) {
  Open();
  ChangeMeta("UPDATE meta SET value = '7' WHERE key = 'format_version'");
  EXPECT_THAT(OpenError(Path("test.duckdb")),
              HasSubstr("has format 7; this release reads up to format 5."));
  ChangeMeta("UPDATE meta SET value = 'else' WHERE key = 'product'");
  EXPECT_THAT(OpenError(Path("test.duckdb")),
              HasSubstr("is a DuckDB file, but no store of Ripen."));
  Write("text.duckdb", std::string(5000, 'x'));
  EXPECT_THAT(OpenError(Path("text.duckdb")), HasSubstr("is not a store of Ripen"));
  EXPECT_THAT(OpenError(Path("no/folder/x.duckdb")), HasSubstr("there is no folder"));
  EXPECT_THAT(OpenError(folder_.string()), HasSubstr("is a folder; name a file."));
  EXPECT_THAT(OpenError(""), HasSubstr("A store needs a path"));
}

TEST_F(DurabilityTest, AnotherProcessIsNamed) {
  const std::string path = Path("test.duckdb");
  int ready[2];
  ASSERT_EQ(pipe(ready), 0);
  const pid_t child = fork();
  if (child == 0) {
    const auto held = OpenDuckDb(path, {});
    const char sign = held ? '1' : '0';
    (void)!write(ready[1], &sign, 1);
    pause();
    _exit(0);
  }
  char sign = 0;
  ASSERT_EQ(read(ready[0], &sign, 1), 1);
  ASSERT_EQ(sign, '1');
  const auto opened = OpenDuckDb(path, {});
  ASSERT_FALSE(opened);
  EXPECT_EQ(opened.error().code, ErrorCode::kFailedPrecondition);
  EXPECT_THAT(opened.error().message,
              HasSubstr("is held by another process (PID " + std::to_string(child) + ")"));
  kill(child, SIGKILL);
  waitpid(child, nullptr, 0);
  close(ready[0]);
  close(ready[1]);
  EXPECT_EQ(OpenError(path), "no error");
}

TEST_F(DurabilityTest, KilledImportLeavesNothingBehind) {
  constexpr int kRows = 60'000;
  Open();
  const std::string path = WriteRows("a.csv", kRows);
  const ledger::ImportPlan plan = WidePlan(path);
  store_.reset();
  int whole = 0;
  for (int round = 0; round < 8; ++round) {
    const pid_t child = fork();
    if (child == 0) {
      const auto store = OpenDuckDb(Path("test.duckdb"), {});
      if (store) (void)(*store)->Import({plan}, nullptr);
      _exit(0);
    }
    // A moment of its work, each round a later one; nothing is waited for.
    poll(nullptr, 0, 40 + 90 * round);
    kill(child, SIGKILL);
    waitpid(child, nullptr, 0);
    Open();
    const auto status = store_->ReadStatus();
    ASSERT_TRUE(status) << status.error().message;
    const std::int64_t found = status->input.recommendations;
    EXPECT_TRUE(found == 0 || found == kRows) << found;
    EXPECT_EQ(status->input.rows % kRows, 0);
    if (found == kRows) ++whole;
    store_.reset();
  }
  Open();
  Import({plan});
  EXPECT_EQ(Shown(Snapshot("2026-11-09")), kRows);
  RecordProperty("rounds_that_ended_before_the_kill", whole);
}

TEST_F(DurabilityTest, FullDiskStoresNothingAndSaysSo) {
  const std::string disk = Path("disk");
  std::filesystem::create_directory(disk);
  if (mount("tmpfs", disk.c_str(), "tmpfs", 0, "size=6m") != 0) {
    GTEST_SKIP() << "Only root can make a small disk to fill.";
  }
  {
    auto opened = OpenDuckDb(disk + "/test.duckdb", {});
    ASSERT_TRUE(opened) << opened.error().message;
    store_ = std::move(*opened);
    const ledger::ImportPlan large = WidePlan(WriteRows("large.csv", 600'000));
    const auto summary = store_->Import({large}, nullptr);
    EXPECT_FALSE(summary);
    if (!summary) {
      EXPECT_EQ(summary.error().code, ErrorCode::kUnavailable) << summary.error().message;
      EXPECT_THAT(summary.error().message, HasSubstr("othing of this import was stored"));
    }
    store_.reset();
    opened = OpenDuckDb(disk + "/test.duckdb", {});
    ASSERT_TRUE(opened) << opened.error().message;
    store_ = std::move(*opened);
    EXPECT_EQ(store_->ReadStatus()->input.recommendations, 0);
    const ledger::ImportPlan small = WidePlan(WriteRows("small.csv", 100));
    EXPECT_EQ(Import({small}).recommendations, 100);
    store_.reset();
  }
  umount(disk.c_str());
}

}  // namespace
}  // namespace ripen::store
