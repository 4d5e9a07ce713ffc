// What the ledger counts before any outcome, and by score.
#include <numeric>

#include "store/store_fixture.h"

namespace ripen::store {
namespace {

std::string Row(int id, const std::string& day, const std::string& item, int position, double score,
                bool clicked, const std::string& age = "25-34") {
  return std::to_string(id) + "," + day + "T10:00:00Z," + age + "," + item + "," +
         std::to_string(position) + "," + std::to_string(score) + "," +
         (clicked ? day + "T11:00:00Z" : "") + "\n";
}

constexpr const char* kHeader = "id,shown_at,age_group,item_id,position,score,clicked_at\n";

class SignCountsTest : public StoreFixture {
 protected:
  static std::string DayOf(int day) { return (*Day::Parse("2026-11-01") + day).Iso(); }
  // Days of 100: scores .005 .. .995, all clicked from .5 on; item "old" always, "fresh" every
  // tenth from `fresh_from` days after the first on.
  static std::string TwentyDays() { return SomeDays(20, 15); }
  static std::string SomeDays(int days, int fresh_from) {
    std::string rows = kHeader;
    for (int day = 0; day < days; ++day) {
      for (int i = 0; i < 100; ++i) {
        const bool fresh = day >= fresh_from && i % 10 == 0;
        rows += Row(day * 100 + i, DayOf(day), fresh ? "fresh" : "old", 1 + i % 12, (i + .5) / 100,
                    i >= 50, i % 4 == 0 ? "16-24" : "25-34");
      }
    }
    return rows;
  }
  cube::SignCounts Signs(const std::string& day) {
    auto counts = store_->ReadSignCounts(*Day::Parse(day));
    EXPECT_TRUE(counts) << counts.error().message;
    return counts ? *counts : cube::SignCounts();
  }
  cube::ScoredOutcomes Scored(const std::string& day, const Slice& group = {}) {
    auto scored = store_->ReadScoredOutcomes(*Day::Parse(day), group);
    EXPECT_TRUE(scored) << scored.error().message;
    return scored ? *scored : cube::ScoredOutcomes();
  }
};

std::int64_t Sum(const std::vector<std::int64_t>& counts) {
  return std::accumulate(counts.begin(), counts.end(), std::int64_t{0});
}

std::int64_t Net(const std::vector<cube::CountRow>& rows, std::int32_t from_cell = 0) {
  std::int64_t net = 0;
  for (const cube::CountRow& row : rows) {
    if (row.cell >= from_cell) net += row.gained - row.lost;
  }
  return net;
}

TEST_F(SignCountsTest, CountsScoresAndPositionsByDay) {
  Open();
  Import({WidePlan(Write("a.csv", TwentyDays()))});
  const cube::SignCounts counts = Signs("2026-11-21");
  ASSERT_EQ(counts.days.size(), 20U);
  EXPECT_EQ(counts.bins.edges.size(), 51U);
  EXPECT_DOUBLE_EQ(counts.bins.edges.front(), .005);
  EXPECT_DOUBLE_EQ(counts.bins.edges.back(), .995);
  for (const cube::SignDay& day : counts.days) {
    EXPECT_EQ(day.recommendations, 100);
    EXPECT_EQ(Sum(day.scores), 100);
    EXPECT_EQ(day.scores.front(), 0);
    EXPECT_EQ(day.scores.back(), 0);
    EXPECT_EQ(day.positions[0], 9);    // 0, 12, .., 96
    EXPECT_EQ(day.positions[10], 16);  // the eleventh and the twelfth
  }
}

// What is rarely shown appears for the first time some days after a history's first day, and is not
// new: only what had not been shown for fourteen days is.
TEST_F(SignCountsTest, NewItemsAreToldOnceFourWeeksAreKnown) {
  Open();
  Import({WidePlan(Write("a.csv", SomeDays(34, 29)))});
  const cube::SignCounts counts = Signs("2026-12-05");
  ASSERT_EQ(counts.days.size(), 34U);
  EXPECT_EQ(counts.days[27].new_items, std::nullopt);
  EXPECT_EQ(counts.days[28].new_items, 0);
  EXPECT_EQ(counts.days[29].new_items, 10);
  EXPECT_EQ(counts.days[33].new_items, 10);
}

TEST_F(SignCountsTest, AreWhatWasKnownOnThatDay) {
  Open();
  Import({WidePlan(Write("a.csv", TwentyDays()))});
  EXPECT_EQ(Signs("2026-11-05").days.size(), 5U);
  EXPECT_TRUE(Signs("2026-10-30").days.empty());
  // What comes in late was not known before, and moves no edge: those were decided long ago.
  const std::vector<double> edges = Signs("2026-11-21").bins.edges;
  std::string late = "id,shown_at,age_group,item_id,position,score,arrived_at\n";
  for (int i = 0; i < 50; ++i) {
    late +=
        std::to_string(9000 + i) + ",2026-11-02T10:00:00Z,25-34,late,1,7,2026-11-21T08:00:00Z\n";
  }
  Import({WidePlan(Write("late.csv", late))});
  EXPECT_EQ(Signs("2026-11-20").days[1].recommendations, 100);
  const cube::SignCounts now = Signs("2026-11-21");
  EXPECT_EQ(now.days[1].recommendations, 150);
  EXPECT_EQ(now.days[1].scores.back(), 50);  // above the highest edge
  EXPECT_EQ(now.bins.edges, edges);
}

TEST_F(SignCountsTest, DoNotDependOnTheOrderOrTheParts) {
  Open();
  const std::string rows = SomeDays(34, 29);
  Import({WidePlan(Write("a.csv", rows))});
  const cube::SignCounts whole = Signs("2026-12-05");
  const std::size_t half = rows.find("\n1000,") + 1;
  store_.reset();
  std::filesystem::remove(Path("test.duckdb"));
  Open();
  Import({WidePlan(Write("late_half.csv", kHeader + rows.substr(half)))});
  Import({WidePlan(Write("first_half.csv", rows.substr(0, half)))});
  Import({WidePlan(Write("again.csv", rows))});
  const cube::SignCounts parts = Signs("2026-12-05");
  EXPECT_EQ(parts.bins.edges, whole.bins.edges);
  EXPECT_EQ(parts.bins.typical, whole.bins.typical);
  ASSERT_EQ(parts.days.size(), whole.days.size());
  for (std::size_t day = 0; day < whole.days.size(); ++day) {
    EXPECT_EQ(parts.days[day].scores, whole.days[day].scores);
    EXPECT_EQ(parts.days[day].positions, whole.days[day].positions);
    EXPECT_EQ(parts.days[day].new_items, whole.days[day].new_items);
  }
}

TEST_F(SignCountsTest, OutcomesByScoreFollowTheLawOfTheCube) {
  Open();
  Import({WidePlan(Write("a.csv", TwentyDays()))});
  const cube::ScoredOutcomes all = Scored("2026-11-21");
  EXPECT_EQ(Net(all.shown), 2000);
  EXPECT_EQ(Net(all.stages[0]), 1000);
  // Above the middle edge everything is clicked, below nothing.
  const std::int32_t middle = 27;  // scores above edges[25], the median
  EXPECT_EQ(Net(all.stages[0], middle), Net(all.shown, middle));
  EXPECT_EQ(Net(Scored("2026-11-10").shown), 1000);
  const cube::ScoredOutcomes group = Scored("2026-11-21", Slice::Of({{"age_group", "16-24"}}));
  EXPECT_EQ(Net(group.shown), 500);
  EXPECT_EQ(Net(Scored("2026-11-21", Slice::Of({{"age_group", "77"}})).shown), 0);
  // A click that is taken back is none any more, from then on.
  Import({OutcomePlan(Write("back.csv",
                            "recommendation_id,stage,happened_at,arrived_at,retracted\n"
                            "99,click,2026-11-01T11:00:00Z,2026-11-18T09:00:00Z,true\n"))});
  EXPECT_EQ(Net(Scored("2026-11-17").stages[0]), 850);
}

TEST_F(SignCountsTest, WithoutScoresThereAreNoBins) {
  Open();
  Import({WidePlan(Write("a.csv", "id,shown_at,clicked_at\n1,2026-11-01T10:00:00Z,\n"))});
  const cube::SignCounts counts = Signs("2026-11-02");
  EXPECT_EQ(counts.bins.size(), 0U);
  ASSERT_EQ(counts.days.size(), 1U);
  EXPECT_EQ(counts.days[0].with_item, 0);
  EXPECT_EQ(Sum(counts.days[0].positions), 0);
  EXPECT_TRUE(Scored("2026-11-02").shown.empty());
}

}  // namespace
}  // namespace ripen::store
