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

// Late data is counted by difference; what comes out must be what a store says that saw everything
// at once. Most imports are a few rows, of every kind, among them rows that were there before.
TEST_F(StoreOracleTest, ManyLateImportsEqualARebuild) {
  for (std::uint32_t seed = 21; seed <= 22; ++seed) {
    const World world = MakeWorld(seed, 4);
    OpenFor(world);
    Import(PlansOf(world.rows, "all"));
    std::vector<int> days;
    for (int day = world.first_day - 1; day <= world.last_day; day += 3) days.push_back(day);
    std::map<int, std::string> wanted;
    for (const int day : days) wanted[day] = Bytes(day);

    std::mt19937 random(seed);
    std::vector<WorldRow> rows = world.rows;
    for (std::size_t i = 0; i < world.rows.size(); i += 7) rows.push_back(world.rows[i]);
    std::shuffle(rows.begin(), rows.end(), random);
    OpenFor(world);
    std::size_t from = 0;
    for (int import = 0; from < rows.size(); ++import) {
      // A large import at first and now and then; otherwise late data.
      const std::size_t most = import % 40 == 0 ? rows.size() / 3 : 1 + random() % 25;
      const std::size_t to = std::min(rows.size(), from + most);
      Import(PlansOf({rows.begin() + static_cast<std::ptrdiff_t>(from),
                      rows.begin() + static_cast<std::ptrdiff_t>(to)},
                     fmt::format("part{}", import)));
      from = to;
      if (random() % 3 != 0) Bytes(days[random() % days.size()]);
      if (random() % 16 == 0) OpenFor(world, false);
    }
    // The cube in memory, which followed all of it; the cube from the tables; all counted again.
    for (const char* kind : {"in memory", "from the tables", "counted again"}) {
      if (kind[0] == 'f') OpenFor(world, false);
      if (kind[0] == 'c') CountAgain(world);
      for (const int day : days) {
        EXPECT_EQ(Bytes(day) == wanted[day], true)
            << fmt::format("seed {} as of {}, {}", seed, Day(day).Iso(), kind);
      }
      if (HasFailure()) return;
    }
  }
}

}  // namespace
}  // namespace ripen::oracle
