#include "monitor/data_problem.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <optional>
#include <string>

#include "cube/testing_snapshot.h"
#include "monitor/figures.h"
#include "monitor/look.h"

namespace ripen::monitor {
namespace {

using cube::testing::CellDay;
using cube::testing::MakeSnapshot;

// 30 days of 500 recommendations and 100 clicks, all on the same day; `clicks` may change that.
cube::Snapshot Shop(const std::function<CellDay(int day)>& of_day) {
  cube::Snapshot snapshot =
      MakeSnapshot(30, {{"a", 2}, {"b", 2}}, 0, 1, [&](const std::vector<int>&, int day) {
        CellDay counts = of_day(day);
        counts.shown /= 4;
        counts.events[0] = counts.events[0] / 4;
        return counts;
      });
  snapshot.stage_has_times[0] = true;
  return snapshot;
}

std::optional<Finding> ProblemOf(const cube::Snapshot& snapshot, const std::string& code,
                                 const InputSummary& input = {}) {
  const CubeIndex index(snapshot);
  for (const Finding& finding :
       FindDataProblems(index, ReadAllArrivals(index, {}), input).findings) {
    if (finding.code == code) return finding;
  }
  return std::nullopt;
}

CellDay Usual(int /*day*/) { return {500, {100}}; }

TEST(DataProblem, AQuietMonthHasNone) {
  const cube::Snapshot snapshot = Shop(Usual);
  const CubeIndex index(snapshot);
  EXPECT_TRUE(FindDataProblems(index, ReadAllArrivals(index, {}), {}).findings.empty());
}

TEST(DataProblem, RowsSetAsideAlertAboveFivePercent) {
  const cube::Snapshot snapshot = Shop(Usual);
  InputSummary input;
  input.rows = 1000;
  input.rejected = {{"no day", "shown_at", 30, "f.csv:2", "x"}, {"no id", "id", 20, "f.csv:3", ""}};
  const auto watch = ProblemOf(snapshot, "too_many_rejected", input);
  ASSERT_TRUE(watch);
  EXPECT_EQ(watch->level, Level::kWatch);
  EXPECT_NEAR(*watch->observed, .05, 1e-12);
  input.rejected[0].count = 31;
  EXPECT_EQ(ProblemOf(snapshot, "too_many_rejected", input)->level, Level::kAlert);
  input.rejected = {{"no day", "shown_at", 10, "f.csv:2", "x"}};
  EXPECT_FALSE(ProblemOf(snapshot, "too_many_rejected", input));
}

TEST(Figures, SayWhenASourceIsLate) {
  const cube::Snapshot silent = Shop([](int day) {
    return day >= 25 ? CellDay{500, {0}} : Usual(day);
  });
  const Figures::Source late = Figures::Make(silent, {}).SourceOf(0);
  EXPECT_EQ(late.last_arrival, silent.first_day + 24);
  EXPECT_EQ(late.late_since, silent.first_day + 25);
  const cube::Snapshot usual = Shop(Usual);
  EXPECT_EQ(Figures::Make(usual, {}).SourceOf(0).last_arrival, usual.last_day);
  EXPECT_FALSE(Figures::Make(usual, {}).SourceOf(0).late_since);
}

TEST(DataProblem, AStageThatFallsSilentIsAnAlertAndNoRateIsBlamed) {
  const cube::Snapshot snapshot = Shop([](int day) {
    return day >= 25 ? CellDay{500, {0}} : Usual(day);
  });
  const auto silent = ProblemOf(snapshot, "stage_silent");
  ASSERT_TRUE(silent);
  EXPECT_EQ(silent->level, Level::kAlert);
  EXPECT_EQ(silent->stage, "click");
  EXPECT_EQ(silent->since, snapshot.first_day + 25);
  EXPECT_EQ(silent->observed, 0);
  EXPECT_GT(*silent->expected, 5 * 60);
  for (const Finding& finding : TakeLook(snapshot, {}, {}).findings) {
    EXPECT_NE(finding.kind, FindingKind::kRateShift);
  }
}

TEST(DataProblem, SilenceOfStagesWithoutTimesIsNotJudged) {
  cube::Snapshot snapshot = Shop([](int day) {
    return day >= 25 ? CellDay{500, {0}} : Usual(day);
  });
  snapshot.stage_has_times[0] = false;
  EXPECT_FALSE(ProblemOf(snapshot, "stage_silent"));
}

TEST(DataProblem, FewExpectedOutcomesMayBeNone) {
  // 16 a day: under the 20 that make silence a fact.
  const cube::Snapshot snapshot = Shop([](int day) {
    return day >= 28 ? CellDay{500, {0}} : CellDay{500, {16}};
  });
  EXPECT_FALSE(ProblemOf(snapshot, "stage_silent"));
}

TEST(DataProblem, SilenceLongPastIsOnlySaid) {
  const cube::Snapshot snapshot = Shop([](int day) {
    return day == 14 ? CellDay{500, {0}} : Usual(day);
  });
  const auto silent = ProblemOf(snapshot, "stage_silent");
  ASSERT_TRUE(silent);
  EXPECT_EQ(silent->level, Level::kInfo);
  EXPECT_EQ(silent->since, snapshot.first_day + 14);
}

TEST(DataProblem, LoggingThreeTimesAsMuchIsNoFallOfTheRate) {
  const cube::Snapshot snapshot = Shop([](int day) {
    return day >= 22 ? CellDay{1500, {100}} : Usual(day);
  });
  const auto jump = ProblemOf(snapshot, "volume_jump");
  ASSERT_TRUE(jump);
  EXPECT_EQ(jump->level, Level::kWatch);
  EXPECT_EQ(jump->since, snapshot.first_day + 22);
  EXPECT_NEAR(*jump->observed, 1500, 1);
  EXPECT_NEAR(*jump->expected, 500, 1);
  for (const Finding& finding : TakeLook(snapshot, {}, {}).findings) {
    EXPECT_NE(finding.kind, FindingKind::kRateShift);
  }
}

TEST(DataProblem, RealGrowthIsNoProblem) {
  const cube::Snapshot snapshot = Shop([](int day) {
    return day >= 22 ? CellDay{1500, {300}} : Usual(day);
  });
  EXPECT_FALSE(ProblemOf(snapshot, "volume_jump"));
  const Look look = TakeLook(snapshot, {}, {});
  ASSERT_FALSE(look.findings.empty());
  EXPECT_EQ(look.findings.front().kind, FindingKind::kVolumeShift);
  EXPECT_EQ(look.findings.front().level, Level::kWatch);
  EXPECT_NEAR(*look.findings.front().after, 1500, 1);
}

TEST(DataProblem, ManyOutcomesWithoutRecommendationAreSaid) {
  cube::Snapshot snapshot = Shop(Usual);
  snapshot.orphans[0] = 300;
  const auto orphans = ProblemOf(snapshot, "many_orphans");
  ASSERT_TRUE(orphans);
  EXPECT_EQ(orphans->level, Level::kWatch);
  EXPECT_NEAR(*orphans->observed, 300.0 / 3300, 1e-9);
  snapshot.orphans[0] = 100;
  EXPECT_FALSE(ProblemOf(snapshot, "many_orphans"));
}

}  // namespace
}  // namespace ripen::monitor
