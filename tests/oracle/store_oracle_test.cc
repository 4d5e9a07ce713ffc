// The store beside the slow plain version, on messy worlds: the same cube on every day, and the
// same bytes whatever the order, the batches and the repetitions.
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <random>

#include "store/snapshot_bytes.h"
#include "store/store_fixture.h"
#include "tests/oracle/store_world.h"

namespace ripen::oracle {
namespace {

class StoreOracleTest : public store::StoreFixture {
 protected:
  void OpenFor(const World& world, bool anew = true) {
    store_.reset();
    if (anew) std::filesystem::remove(folder_ / "test.duckdb");
    if (anew) std::filesystem::remove(folder_ / "test.duckdb.wal");
    ledger::StoreConfig config;
    config.report_zone = world.naive.zone;
    Open(config);
  }

  // A store that was open with another ladder counts everything again.
  void CountAgain(const World& world) {
    ledger::StoreConfig config;
    config.report_zone = world.naive.zone;
    config.ladder = *StageLadder::Make({{"click", "shown", 3, 0, Direction::kMoreIsBetter}});
    Open(config);
    OpenFor(world, false);
  }

  // The plans of some rows: one file a kind and snapshot day.
  std::vector<ledger::ImportPlan> PlansOf(const std::vector<WorldRow>& rows,
                                          const std::string& name) {
    std::map<std::pair<RowKind, int>, std::string> files;
    for (const WorldRow& row : rows) {
      std::string& text = files[{row.kind, row.snapshot_day}];
      if (text.empty()) text = HeaderOf(row.kind) + "\n";
      text += row.line + "\n";
    }
    std::vector<ledger::ImportPlan> plans;
    for (const auto& [key, text] : files) {
      const std::string path =
          Write(fmt::format("{}-{}-{}.csv", name, static_cast<int>(key.first), key.second), text);
      ledger::ImportPlan plan = key.first == RowKind::kOutcome ? OutcomePlan(path) : WidePlan(path);
      if (key.first == RowKind::kWide) plan.snapshot_at = Day(key.second).Iso();
      plans.push_back(plan);
    }
    return plans;
  }

  std::string Bytes(int day) {
    auto snapshot = store_->ReadSnapshot(Day(day));
    EXPECT_TRUE(snapshot) << snapshot.error().message;
    return snapshot ? store::SnapshotBytes(*snapshot) : "";
  }

  NaiveAnswer Flat(int day) {
    auto snapshot = store_->ReadSnapshot(Day(day));
    EXPECT_TRUE(snapshot) << snapshot.error().message;
    return FlattenSnapshot(*snapshot);
  }
};

std::string Describe(const CubeCounts::value_type& entry) {
  const auto& [family, stage, values, day, offset, delay] = entry.first;
  std::string text = fmt::format("{}/{} {} +{} +{}:", family, stage.empty() ? "shown" : stage,
                                 Day(day).Iso(), offset, delay);
  for (const AttributeValue& value : values) text += " " + value.value_or("-");
  return fmt::format("{} = {} {}", text, entry.second.first, entry.second.second);
}

void ExpectSame(const NaiveAnswer& found, const NaiveAnswer& wanted) {
  EXPECT_EQ(found.attributes, wanted.attributes);
  EXPECT_EQ(found.adjust, wanted.adjust);
  EXPECT_EQ(found.rows, wanted.rows);
  EXPECT_EQ(found.truth, wanted.truth);
  EXPECT_EQ(found.values, wanted.values);
  EXPECT_EQ(found.orphans, wanted.orphans);
  EXPECT_EQ(found.lateness, wanted.lateness);
  EXPECT_EQ(found.empty_where_unflagged, wanted.empty_where_unflagged);
  for (const auto& entry : found.counts) {
    const auto other = wanted.counts.find(entry.first);
    EXPECT_TRUE(other != wanted.counts.end() && other->second == entry.second)
        << "only the store: " << Describe(entry);
  }
  for (const auto& entry : wanted.counts) {
    const auto other = found.counts.find(entry.first);
    EXPECT_TRUE(other != found.counts.end() && other->second == entry.second)
        << "only the plain version: " << Describe(entry);
  }
}

TEST_F(StoreOracleTest, EveryDayAsThePlainVersionSays) {
  for (std::uint32_t seed = 1; seed <= 8; ++seed) {
    const World world = MakeWorld(seed);
    OpenFor(world);
    Import(PlansOf(world.rows, "all"));
    for (int day = world.first_day - 1; day <= world.last_day; day += 3) {
      SCOPED_TRACE(fmt::format("seed {} as of {}", seed, Day(day).Iso()));
      ExpectSame(Flat(day), NaiveSnapshot(world.naive, day));
      if (HasFailure()) return;
    }
  }
}

TEST_F(StoreOracleTest, OrderBatchesAndRepetitionsChangeNothing) {
  for (std::uint32_t seed = 11; seed <= 12; ++seed) {
    const World world = MakeWorld(seed);
    OpenFor(world);
    Import(PlansOf(world.rows, "all"));
    std::map<int, NaiveAnswer> wanted;
    for (int day = world.first_day; day <= world.last_day; day += 4) wanted[day] = Flat(day);
    std::mt19937 random(seed);
    std::vector<WorldRow> rows = world.rows;
    for (std::size_t i = 0; i < world.rows.size(); i += 5) rows.push_back(world.rows[i]);
    std::shuffle(rows.begin(), rows.end(), random);
    OpenFor(world);
    constexpr std::size_t kBatches = 10;
    for (std::size_t batch = 0; batch < kBatches; ++batch) {
      const auto from = rows.begin() + static_cast<std::ptrdiff_t>(batch * rows.size() / kBatches);
      const auto to =
          rows.begin() + static_cast<std::ptrdiff_t>((batch + 1) * rows.size() / kBatches);
      Import(PlansOf({from, to}, fmt::format("batch{}", batch)));
      if (batch % 3 == 1) Flat(world.last_day);  // a refresh in between
    }
    for (const auto& [day, answer] : wanted) {
      SCOPED_TRACE(fmt::format("seed {} as of {}", seed, Day(day).Iso()));
      ExpectSame(Flat(day), answer);
      if (HasFailure()) return;
    }
  }
}

// Late data are counted by difference. After every few imports the cube in memory, which followed
// them, must be the one in the tables and the one that a count of everything gives; at the end also
// that of a store which saw everything at once. Most imports are a few rows of every kind, among
// them rows that were there before; a large one comes first and one in the middle.
TEST_F(StoreOracleTest, ManyLateImportsEqualARebuild) {
  for (std::uint32_t seed = 21; seed <= 22; ++seed) {
    const World world = MakeWorld(seed, 4);
    std::vector<int> days;
    for (int day = world.first_day - 1; day <= world.last_day; day += 5) days.push_back(day);
    const auto bytes = [&] {
      std::string all;
      for (const int day : days) all += Bytes(day);
      return all;
    };
    OpenFor(world);
    Import(PlansOf(world.rows, "all"));
    const std::string wanted = bytes();

    std::mt19937 random(seed);
    std::vector<WorldRow> rows = world.rows;
    for (std::size_t i = 0; i < world.rows.size(); i += 7) rows.push_back(world.rows[i]);
    std::shuffle(rows.begin(), rows.end(), random);
    OpenFor(world);
    std::size_t from = 0;
    for (int import = 0; from < rows.size(); ++import) {
      const std::size_t most = import == 0    ? rows.size() / 3
                               : import == 20 ? rows.size() / 8
                                              : 1 + random() % 20;
      const std::size_t to = std::min(rows.size(), from + most);
      // A file most of whose rows are bad is refused: it comes again with rows that were there.
      for (std::size_t start = from;; start -= std::min<std::size_t>(start, 40)) {
        const std::vector<WorldRow> part(rows.begin() + static_cast<std::ptrdiff_t>(start),
                                         rows.begin() + static_cast<std::ptrdiff_t>(to));
        if (store_->Import(PlansOf(part, fmt::format("part{}", import)), nullptr)) break;
        ASSERT_GT(start, 0u);
      }
      from = to;
      if (random() % 3 == 0) continue;
      Bytes(days[random() % days.size()]);
      if (import % 7 != 0 && from < rows.size()) continue;
      SCOPED_TRACE(fmt::format("seed {}, after import {}", seed, import));
      const std::string in_memory = bytes();
      OpenFor(world, false);
      EXPECT_TRUE(bytes() == in_memory) << "the tables say something else";
      CountAgain(world);
      EXPECT_TRUE(bytes() == in_memory) << "a count of everything says something else";
      if (HasFailure()) return;
    }
    EXPECT_TRUE(bytes() == wanted) << "seed " << seed;
  }
}

}  // namespace
}  // namespace ripen::oracle
