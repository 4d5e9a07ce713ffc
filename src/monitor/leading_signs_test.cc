#include "monitor/leading_signs.h"

#include <gtest/gtest.h>

#include <cmath>

#include "cube/testing_snapshot.h"

namespace ripen::monitor {
namespace {

constexpr int kDays = 30;
constexpr int kChange = 20;

// 1000 recommendations a day, 250 clicks; a share of them by the model "model1".
cube::Snapshot Shop(double other_model_since) {
  return cube::testing::MakeSnapshot(
      kDays, {{"model", 2, AttributeKind::kContext}}, 0, 1,
      [=](const std::vector<int>& values, int day) {
        const double share = day < kChange ? .05 : other_model_since;
        const double part = values[0] == 1 ? share : 1 - share;
        return cube::testing::CellDay{std::round(1000 * part), {std::round(250 * part)}};
      });
}

// Twenty bins of scores, evenly filled; since the change `moved` of every bin lie one bin higher.
cube::SignCounts Counts(const cube::Snapshot& snapshot, std::int64_t moved) {
  cube::SignCounts counts;
  counts.as_of = snapshot.as_of;
  for (int edge = 0; edge <= 20; ++edge) counts.bins.edges.push_back(edge / 20.0);
  counts.bins.typical.push_back(0);
  for (const double edge : counts.bins.edges) counts.bins.typical.push_back(edge);
  counts.bins.typical.push_back(1);
  for (int day = 0; day < kDays; ++day) {
    cube::SignDay shown;
    shown.shown = snapshot.first_day + day;
    shown.recommendations = 1000;
    shown.with_item = 1000;
    if (day >= cube::kNewItemDays) shown.new_items = 50;
    shown.positions.assign(cube::kPositions + 1, 0);
    for (std::size_t place = 0; place < 5; ++place) shown.positions[place] = 200;
    shown.scores.assign(counts.bins.size(), 0);
    for (std::size_t bin = 2; bin < 22; ++bin) shown.scores[bin] = 50;
    if (day >= kChange) {
      for (std::size_t bin = 2; bin < 21; ++bin) {
        shown.scores[bin] -= moved;
        shown.scores[21] += moved;
      }
    }
    counts.days.push_back(shown);
  }
  return counts;
}

const Sign& SignOf(const SignReport& report, SignCode code) {
  return report.signs[static_cast<std::size_t>(code)];
}

TEST(LeadingSignsTest, NothingIsSaidWhereNothingMoves) {
  const cube::Snapshot shop = Shop(.05);
  SignOptions options;
  options.fallback = {{"model", "model1"}};
  const SignReport report = ReadSigns(shop, Counts(shop, 0), options);
  ASSERT_EQ(report.signs.size(), kAllSigns.size());
  EXPECT_TRUE(FindingsOf(report).empty());
  const Sign& fallback = SignOf(report, SignCode::kFallbackShare);
  EXPECT_FALSE(fallback.refused);
  EXPECT_NEAR(*fallback.usual, .05, 1e-9);
  EXPECT_LT(*fallback.evidence_days, 7);
  EXPECT_EQ(SignOf(report, SignCode::kNewItems).days.size(), 16U);
}

TEST(LeadingSignsTest, MoreFallbacksAreWatchedAndDatedToTheDay) {
  const cube::Snapshot shop = Shop(.15);
  SignOptions options;
  options.fallback = {{"model", "model1"}};
  const std::vector<Finding> findings = FindingsOf(ReadSigns(shop, Counts(shop, 0), options));
  ASSERT_EQ(findings.size(), 1U);
  EXPECT_EQ(findings[0].kind, FindingKind::kLeadingSign);
  EXPECT_EQ(findings[0].code, "fallback_share");
  EXPECT_EQ(findings[0].level, Level::kWatch);
  EXPECT_EQ(findings[0].since, shop.first_day + kChange);
  EXPECT_NEAR(*findings[0].before, .05, 1e-9);
  EXPECT_NEAR(*findings[0].after, .15, 1e-9);
}

TEST(LeadingSignsTest, OtherScoresAreAHintHoweverSure) {
  const cube::Snapshot shop = Shop(.05);
  const SignReport report = ReadSigns(shop, Counts(shop, 20), {});
  const Sign& scores = SignOf(report, SignCode::kScoreDistribution);
  ASSERT_TRUE(scores.finding);
  EXPECT_EQ(scores.finding->level, Level::kInfo);
  EXPECT_EQ(scores.finding->direction, Move::kRise);
  EXPECT_EQ(scores.parts.size(), 4U);
  EXPECT_GT(scores.parts.back().share, scores.parts.back().usual + .2);
  EXPECT_EQ(SignOf(report, SignCode::kFallbackShare).refused, NoSign::kNoFallbackKnown);
}

// So many recommendations make a trifle sure; it is shown, and no finding.
TEST(LeadingSignsTest, ATrifleIsNoFindingHoweverSure) {
  const cube::Snapshot shop = Shop(.05);
  cube::SignCounts counts = Counts(shop, 0);
  for (std::size_t day = 0; day < counts.days.size(); ++day) {
    for (std::int64_t& count : counts.days[day].scores) count *= 1000;
    if (day < kChange) continue;
    for (std::size_t bin = 2; bin < 12; ++bin) {
      counts.days[day].scores[bin] -= 500;
      counts.days[day].scores[bin + 10] += 500;
    }
  }
  const Sign scores = SignOf(ReadSigns(shop, counts, {}), SignCode::kScoreDistribution);
  EXPECT_GT(*scores.evidence_days, 1e6);
  EXPECT_LT(std::abs(scores.effect->value), scores.effect->threshold);
  EXPECT_FALSE(scores.finding);
}

TEST(LeadingSignsTest, TenDaysAreNoReference) {
  cube::Snapshot shop = Shop(.05);
  cube::SignCounts counts = Counts(shop, 0);
  counts.days.resize(10);
  const SignReport report = ReadSigns(shop, counts, {});
  EXPECT_EQ(SignOf(report, SignCode::kScoreDistribution).refused, NoSign::kTooFewDays);
  EXPECT_EQ(SignOf(report, SignCode::kEarlyClicks).refused, NoSign::kNotGiven);  // no times
}

}  // namespace
}  // namespace ripen::monitor
