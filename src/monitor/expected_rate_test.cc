#include "monitor/expected_rate.h"

#include <gtest/gtest.h>

#include <cmath>

#include "cube/testing_snapshot.h"

namespace ripen::monitor {
namespace {

constexpr int kDays = 30;
constexpr int kChange = 20;

// 1000 recommendations a day of which `rate` are clicked, all settled.
cube::Snapshot Shop(double rate) {
  cube::Snapshot shop =
      cube::testing::MakeSnapshot(kDays, {{"age", 1}}, 0, 1, [=](const std::vector<int>&, int) {
        return cube::testing::CellDay{1000, {std::round(1000 * rate)}};
      });
  for (cube::DayTruth& day : shop.truth) day.flagged[0] = day.rows;
  return shop;
}

// Two scores, .1 and .3, of which ten and thirty in 100 are clicked; `high`: the share of the
// higher one since the change; `factor`: what becomes of the clicks since.
cube::ScoredOutcomes Scored(const cube::Snapshot& shop, double high, double factor) {
  cube::ScoredOutcomes scored;
  scored.bins.edges = {.1, .3};
  scored.bins.typical = {.1, .1, .3, .3};
  scored.stages.resize(shop.ladder.size());
  for (int day = 0; day < kDays; ++day) {
    const double share = day < kChange ? .5 : high;
    const double now = day < kChange ? 1 : factor;
    for (const auto& [bin, of_all, rate] :
         {std::tuple<std::int32_t, double, double>{1, 1 - share, .1}, {2, share, .3}}) {
      const auto shown = static_cast<std::int64_t>(std::llround(1000 * of_all));
      const std::int64_t clicks = std::llround(static_cast<double>(shown) * rate * now);
      scored.shown.push_back({bin, shop.first_day + day, 0, 0, shown, 0});
      if (clicks > 0) scored.stages[0].push_back({bin, shop.first_day + day, 0, 0, clicks, 0});
    }
  }
  return scored;
}

Finding Fall(const cube::Snapshot& shop, double after) {
  Finding finding;
  finding.id = "0123456789ab";
  finding.level = Level::kAlert;
  finding.stage = "click";
  finding.since = shop.first_day + kChange;
  finding.before = .2;
  finding.after = after;
  return finding;
}

TEST(ExpectedRateTest, TheLineFollowsTheScoresThatAreShown) {
  const cube::Snapshot shop = Shop(.2);
  const cube::ScoredOutcomes scored = Scored(shop, .8, 1);
  const ExpectedReport report = ReadExpected(shop, {scored, scored}, {"click", {}}, nullptr, {});
  ASSERT_FALSE(report.refused);
  EXPECT_TRUE(report.calibration->isotonic);
  EXPECT_NEAR(*report.days.front().expected, .2, 1e-9);
  EXPECT_NEAR(*report.recent->expected, .26, 1e-9);
  EXPECT_LT(report.recent->low, .26);
  EXPECT_NEAR(*report.recent->ratio, 1, 1e-9);
  EXPECT_FALSE(report.scores_cannot_see);
  EXPECT_EQ(report.days.size(), 30U);
  std::int64_t weeks = 0;
  for (const ExpectedSpan& week : report.weeks) weeks += week.scored;
  EXPECT_EQ(weeks, 30'000);
}

TEST(ExpectedRateTest, WhereQualityFallsAndScoresDoNotItSaysSo) {
  const cube::Snapshot shop = Shop(.2);
  const cube::ScoredOutcomes scored = Scored(shop, .5, .6);
  const Finding fall = Fall(shop, .12);
  const ExpectedReport named =
      ReadExpected(shop, {scored, scored, &scored}, {"click", {}}, &fall, {});
  EXPECT_TRUE(named.scores_cannot_see);
  EXPECT_EQ(named.finding, fall.id);
  EXPECT_NEAR(*named.recent->expected, .2, 1e-9);  // as wrong as it must be
  EXPECT_NEAR(*named.recent->ratio, .6, 1e-9);
  EXPECT_EQ(named.calibration->to, shop.first_day + (kChange - 1));
  // Without a finding the ratio tells.
  const ExpectedReport alone = ReadExpected(shop, {scored, scored}, {"click", {}}, nullptr, {});
  EXPECT_TRUE(alone.scores_cannot_see);
  EXPECT_FALSE(alone.finding);
}

// Scores move, quality does not: that is no change that scores cannot see.
TEST(ExpectedRateTest, WhereOnlyTheScoresMoveNothingIsHiddenFromThem) {
  const cube::Snapshot shop = Shop(.2);
  // Higher scores of which as many are clicked as before: .26 * 10/13 = .2.
  const cube::ScoredOutcomes scored = Scored(shop, .8, 10. / 13);
  const ExpectedReport report = ReadExpected(shop, {scored, scored}, {"click", {}}, nullptr, {});
  EXPECT_LT(*report.recent->ratio, .9);
  EXPECT_FALSE(report.scores_cannot_see);
  EXPECT_TRUE(report.scores_mean_other);
}

// A group of which the scores always promised too much is as it always was.
TEST(ExpectedRateTest, AGroupIsMeasuredByWhatItsOwnScoresMeant) {
  const cube::Snapshot shop = Shop(.2);
  const cube::ScoredOutcomes all = Scored(shop, .5, 1);
  cube::ScoredOutcomes group = all;
  for (cube::CountRow& row : group.stages[0]) row.gained = row.gained * 3 / 4;
  const ExpectedReport report =
      ReadExpected(shop, {all, group}, {"click", Slice::Of({{"age", "25-34"}})}, nullptr, {});
  EXPECT_NEAR(*report.recent->ratio, 1, .01);
  EXPECT_NEAR(*report.recent->expected, .15, .002);
  EXPECT_FALSE(report.scores_cannot_see || report.scores_mean_other);
}

TEST(ExpectedRateTest, AFallThatTheScoresFollowIsSeen) {
  const cube::Snapshot shop = Shop(.2);
  const cube::ScoredOutcomes scored = Scored(shop, .1, 1);
  const Finding fall = Fall(shop, .12);
  EXPECT_FALSE(
      ReadExpected(shop, {scored, scored, &scored}, {"click", {}}, &fall, {}).scores_cannot_see);
}

TEST(ExpectedRateTest, RefusesWithAReason) {
  const cube::Snapshot shop = Shop(.2);
  cube::ScoredOutcomes scored = Scored(shop, .5, 1);
  EXPECT_EQ(ReadExpected(shop, {scored, scored}, {"return", {}}, nullptr, {}).refused,
            NoExpectation::kStageNotGiven);
  const cube::ScoredOutcomes none{{}, {}, std::vector<std::vector<cube::CountRow>>(3)};
  EXPECT_EQ(ReadExpected(shop, {none, none}, {"click", {}}, nullptr, {}).refused,
            NoExpectation::kNoScores);
  // Above the highest score that was calibrated.
  for (cube::CountRow& row : scored.shown) {
    if (row.shown >= shop.last_day - 6 && row.cell == 2) row.cell = 3;
  }
  EXPECT_EQ(ReadExpected(shop, {scored, scored}, {"click", {}}, nullptr, {}).refused,
            NoExpectation::kOutsideRange);
}

TEST(ExpectedRateTest, OnlyAlertsThatConcernTheSliceAreAskedAbout) {
  const cube::Snapshot shop = Shop(.2);
  std::vector<Finding> findings{Fall(shop, .12)};
  findings[0].slice = Slice::Of({{"age", "25-34"}});
  EXPECT_EQ(ChangeToSee(findings, {"click", {}}), &findings[0]);
  EXPECT_EQ(ChangeToSee(findings, {"purchase", {}}), nullptr);
  EXPECT_EQ(ChangeToSee(findings, {"click", Slice::Of({{"age", "35-44"}})}), nullptr);
  findings[0].level = Level::kWatch;
  EXPECT_EQ(ChangeToSee(findings, {"click", {}}), nullptr);
}

}  // namespace
}  // namespace ripen::monitor
