// Daily counts as input: the same cube as from rows, corrections, and what is set aside.
#include <gmock/gmock.h>

#include <map>
#include <random>
#include <tuple>

#include "store/duckdb/given_fold.h"
#include "store/snapshot_bytes.h"
#include "store/store_fixture.h"

namespace ripen::store {
namespace {

using testing::HasSubstr;

class GivenCountsTest : public StoreFixture {
 protected:
  InputSummary Give(const std::string& name, const std::string& rows,
                    const std::string& snapshot = "") {
    ledger::ImportPlan plan = CountPlan(Write(name, rows));
    if (!snapshot.empty()) plan.snapshot_at = snapshot;
    return Import({plan});
  }
};

constexpr const char* kHead = "day,region,stage,delay,count\n";

// A shop of two months as rows and as the counts a warehouse would make of them.
struct Shop {
  std::string recommendations = "id,shown_at,region,brand\n";
  std::string outcomes = "recommendation_id,stage,happened_at\n";
  std::string counts = "day,region,brand,stage,base_offset,delay,count\n";
};

Shop MakeShop(unsigned seed) {
  std::mt19937 random(seed);
  const auto below = [&](int most) {
    return static_cast<int>(random() % static_cast<unsigned>(most));
  };
  const Day first = *Day::Parse("2026-03-01");
  const std::array<std::string, 3> regions{"North", "South", ""};
  const std::array<std::string, 2> brands{"Elm", "Oak"};
  Shop shop;
  using Key = std::tuple<int, std::string, std::string, std::string, int, int>;
  std::map<Key, int> sums;
  for (int i = 0; i < 3'000; ++i) {
    const int day = below(60);
    const std::string& region = regions[static_cast<std::size_t>(below(3))];
    const std::string& brand = brands[static_cast<std::size_t>(below(2))];
    const auto date = [&](int offset) { return (first + offset).Iso(); };
    shop.recommendations += fmt::format("{},{},{},{}\n", i, date(day), region, brand);
    ++sums[{day, region, brand, "shown", 0, 0}];
    if (below(4) == 0) {
      const int delay = below(2);
      shop.outcomes += fmt::format("{},click,{}\n", i, date(day + delay));
      ++sums[{day, region, brand, "click", 0, delay}];
    }
    if (below(6) > 0) continue;
    const int bought = below(15);
    shop.outcomes += fmt::format("{},purchase,{}\n", i, date(day + bought));
    ++sums[{day, region, brand, "purchase", 0, bought}];
    if (below(3) > 0) continue;
    const int returned = below(31);
    shop.outcomes += fmt::format("{},return,{}\n", i, date(day + bought + returned));
    ++sums[{day, region, brand, "return", bought, returned}];
  }
  for (const auto& [key, count] : sums) {
    const auto& [day, region, brand, stage, offset, delay] = key;
    shop.counts += fmt::format("{},{},{},{},{},{},{}\n", (first + day).Iso(), region, brand, stage,
                               stage == "return" ? std::to_string(offset) : "", delay, count);
  }
  return shop;
}

TEST_F(GivenCountsTest, ACubeOfCountsIsThatOfTheirRows) {
  for (const unsigned seed : {1U, 2U, 3U}) {
    const Shop shop = MakeShop(seed);
    std::filesystem::remove(Path("test.duckdb"));
    Open();
    Import({WidePlan(Write("shown.csv", shop.recommendations)),
            OutcomePlan(Write("outcomes.csv", shop.outcomes))});
    const std::vector<std::string> days{"2026-03-05", "2026-03-20", "2026-04-29", "2026-06-20"};
    std::vector<std::string> of_rows;
    for (const std::string& day : days) of_rows.push_back(SnapshotBytes(Snapshot(day)));
    store_.reset();
    std::filesystem::remove(Path("test.duckdb"));
    Open();
    const InputSummary summary = Give("counts.csv", shop.counts);
    EXPECT_EQ(summary.recommendations, 3'000);
    EXPECT_TRUE(summary.rejected.empty());
    for (std::size_t i = 0; i < days.size(); ++i) {
      EXPECT_EQ(SnapshotBytes(Snapshot(days[i])), of_rows[i]) << days[i] << ", seed " << seed;
    }
    Open();  // and read from the tables anew
    EXPECT_EQ(SnapshotBytes(Snapshot(days[2])), of_rows[2]);
  }
}

TEST_F(GivenCountsTest, CountsAndRowsOfOneDayAddUp) {
  Open();
  Import({WidePlan(Write("rows.csv",
                         "id,shown_at,clicked_at,region\n1,2026-03-01,2026-03-01,North\n"
                         "2,2026-03-01,,South\n"))});
  EXPECT_EQ(Shown(Snapshot("2026-03-09")), 2);
  Give("counts.csv",
       std::string(kHead) + "2026-03-01,North,shown,,10\n2026-03-01,North,click,1,4\n");
  EXPECT_EQ(Shown(Snapshot("2026-03-09")), 12);
  EXPECT_EQ(Known(Snapshot("2026-03-01"), "click"), 1);
  EXPECT_EQ(Known(Snapshot("2026-03-02"), "click"), 5);
}

TEST_F(GivenCountsTest, ACorrectionIsKnownFromTheDayItCame) {
  const std::string first = std::string(kHead) +
                            "2026-03-01,North,shown,0,100\n2026-03-01,North,click,0,20\n"
                            "2026-03-01,North,click,1,5\n";
  const std::string second = std::string(kHead) +
                             "2026-03-01,North,shown,0,100\n2026-03-01,North,click,0,17\n"
                             "2026-03-01,North,click,1,9\n";
  std::vector<std::string> bytes;
  for (const bool in_order : {true, false}) {
    std::filesystem::remove(Path("test.duckdb"));
    Open();
    if (in_order) Give("first.csv", first, "2026-03-02");
    const InputSummary summary = Give("second.csv", second, "2026-03-06");
    if (in_order) {
      EXPECT_EQ(summary.recommendations, 0);
      EXPECT_EQ(summary.duplicates, 1);
      ASSERT_EQ(summary.notes.size(), 1U);
      EXPECT_THAT(summary.notes[0], HasSubstr("2 counts have another number than before"));
    } else {
      Give("first.csv", first, "2026-03-02");
    }
    EXPECT_EQ(Known(Snapshot("2026-03-01"), "click"), 20);
    EXPECT_EQ(Known(Snapshot("2026-03-05"), "click"), 25);
    EXPECT_EQ(Known(Snapshot("2026-03-06"), "click"), 26);
    bytes.push_back(SnapshotBytes(Snapshot("2026-03-09")));
  }
  EXPECT_EQ(bytes[0], bytes[1]);
}

TEST_F(GivenCountsTest, RowsOfOneKeyInOneFileAreSummed) {
  Open();
  const std::string rows = std::string(kHead) +
                           "2026-03-01,North,shown,0,60\n2026-03-01,North,shown,0,40\n"
                           "2026-03-01,North,click,0,3\n2026-03-01,North,click,0,4\n";
  EXPECT_EQ(Give("counts.csv", rows).recommendations, 100);
  EXPECT_EQ(Known(Snapshot("2026-03-09"), "click"), 7);
  const InputSummary again = Give("again.csv", rows);
  EXPECT_EQ(again.recommendations, 0);
  EXPECT_EQ(again.duplicates, 4);
  EXPECT_EQ(Known(Snapshot("2026-03-09"), "click"), 7);
}

TEST_F(GivenCountsTest, OutcomesWaitForTheirRecommendations) {
  Open();
  Give("clicks.csv", std::string(kHead) + "2026-03-01,North,click,0,7\n");
  EXPECT_EQ(Snapshot("2026-03-09").orphans[0], 7);
  EXPECT_EQ(Known(Snapshot("2026-03-09"), "click"), 0);
  Give("shown.csv", std::string(kHead) + "2026-03-01,North,shown,0,50\n");
  EXPECT_EQ(Snapshot("2026-03-09").orphans[0], 0);
  EXPECT_EQ(Known(Snapshot("2026-03-09"), "click"), 7);
}

TEST_F(GivenCountsTest, CumulativeCountsAreRefusedWithTheReason) {
  Open();
  std::string rows = kHead;
  for (int delay = 0; delay < 8; ++delay) {
    rows += fmt::format("2026-03-01,North,purchase,{},{}\n", delay, 20 + delay);
  }
  rows += "2026-03-01,North,shown,0,100\n";
  const std::string error = ImportError({CountPlan(Write("counts.csv", rows))});
  EXPECT_THAT(error, HasSubstr("none of its 9 rows can be used"));
  EXPECT_THAT(error, HasSubstr("a count is that of its own delay, not of all delays up to it"));
}

TEST_F(GivenCountsTest, BadRowsAreSetAsideWithTheirReason) {
  Open();
  std::string rows = "day,region,stage,base_offset,delay,count\n";
  for (int day = 1; day < 10; ++day) rows += fmt::format("2026-03-0{},North,shown,,,100\n", day);
  rows +=
      "2026-03-01,North,click,,,5\n"
      "2026-03-01,North,click,,0,-5\n"
      "2026-03-01,North,click,,0,1.5\n"
      "2026-03-01,North,order,,0,5\n"
      "2026-03-01,North,click,2,0,5\n"
      "2026-03-01,North,return,,3,5\n"
      "2026-03-01,North,click,,0,\n";
  const InputSummary summary = Give("counts.csv", rows);
  std::map<std::string, std::string> first;
  for (const RejectedRows& rejected : summary.rejected) first[rejected.first] = rejected.reason;
  const std::string file = "counts.csv";
  EXPECT_EQ(first[file + ":11"], "the number is empty");
  EXPECT_EQ(first[file + ":12"], "the number is below 0");
  EXPECT_EQ(first[file + ":13"], "this is no whole number");
  EXPECT_THAT(first[file + ":14"], HasSubstr("there is no such stage"));
  EXPECT_EQ(first[file + ":15"], "only a stage of another stage has a base_offset");
  EXPECT_EQ(Shown(Snapshot("2026-03-20")), 900);
  EXPECT_EQ(Known(Snapshot("2026-03-20"), "click"), 0);
}

TEST_F(GivenCountsTest, AReturnNeedsTheDaysToItsPurchase) {
  Open();
  const InputSummary summary =
      Give("counts.csv", std::string(kHead) +
                             "2026-03-01,North,shown,0,100\n2026-03-01,North,purchase,2,20\n"
                             "2026-03-01,North,return,3,5\n");
  ASSERT_EQ(summary.rejected.size(), 1U);
  EXPECT_THAT(summary.rejected[0].reason, HasSubstr("also needs base_offset"));
}

TEST_F(GivenCountsTest, AStoreOfFormatTwoTakesCounts) {
  Open();
  Import({WidePlan(Write("rows.csv", "id,shown_at,clicked_at,region\n1,2026-03-01,,North\n"))});
  EXPECT_EQ(Shown(Snapshot("2026-03-09")), 1);
  store_.reset();
  {
    auto database = duck::Database::Open(Path("test.duckdb"), 256, 1, Path("spill"));
    ASSERT_TRUE(database);
    auto connection = database->Connect();
    ASSERT_TRUE(
        connection->Run("DROP TABLE given_count; DROP TABLE issued_range; DROP TABLE look; DROP "
                        "TABLE judgement; DROP TABLE annotation; UPDATE meta SET value = "
                        "'2' WHERE key = 'format_version'"));
  }
  Open();
  EXPECT_EQ(Shown(Snapshot("2026-03-09")), 1);
  Give("counts.csv", std::string(kHead) + "2026-03-02,North,shown,0,40\n");
  EXPECT_EQ(Shown(Snapshot("2026-03-09")), 41);
  EXPECT_EQ(store_->ReadStatus()->newest_day, *Day::Parse("2026-03-02"));
}

constexpr std::int32_t kDay = 100;

// Shown, click, purchase, return as 0, 1, 2, 3.
TEST(GivenHistory, OutcomesNeverExceedTheirBase) {
  const GivenHistory history = HistoryOfGiven(
      kDay, StageLadder::Default(),
      {{1, 0, 0, 100, false, 8}, {0, 0, 0, 100, false, 5}, {0, 0, 2, 100, false, 5}});
  ASSERT_EQ(history.changes.size(), 3U);
  EXPECT_EQ(history.changes[0].change, 5);
  EXPECT_EQ(history.changes[1].delay, 2);
  EXPECT_EQ(history.changes[2].stage, 1);  // eight clicks need eight recommendations
  EXPECT_EQ(history.changes[2].delay, 2);
  EXPECT_EQ(history.changes[2].lateness, 0);
  EXPECT_TRUE(history.waiting.empty());
}

TEST(GivenHistory, ABaseIsNotLoweredBelowItsOutcomes) {
  const GivenHistory history = HistoryOfGiven(
      kDay, StageLadder::Default(),
      {{0, 0, 0, 100, false, 50}, {2, 0, 3, 103, false, 20}, {0, 0, 0, 110, false, 10}});
  ASSERT_EQ(history.changes.size(), 2U);
  EXPECT_EQ(history.changes[0].change, 50);
  EXPECT_EQ(history.changes[1].change, 20);
}

TEST(GivenHistory, AGivenArrivalIsWhenItWasKnown) {
  const GivenHistory history = HistoryOfGiven(
      kDay, StageLadder::Default(),
      {{0, 0, 0, 100, true, 50}, {2, 0, 14, 117, true, 3}, {2, 0, 14, 120, true, 4}});
  ASSERT_EQ(history.changes.size(), 3U);
  EXPECT_EQ(history.changes[1].delay, 17);
  EXPECT_EQ(history.changes[1].lateness, 3);
  EXPECT_EQ(history.changes[2].change, 1);
  EXPECT_EQ(history.changes[2].delay, 20);
}

}  // namespace
}  // namespace ripen::store
