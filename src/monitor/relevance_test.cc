// What an item may still end with, and lists made of rows.
#include "monitor/relevance.h"

#include <gmock/gmock.h>

#include "cube/testing_snapshot.h"
#include "monitor/ranked_lists.h"

namespace ripen::monitor {
namespace {

using ::testing::ElementsAre;

constexpr std::size_t kPurchaseStage = 1;
constexpr std::size_t kReturnStage = 2;

// Sixty days: on the first all stages are settled, on the 30th only clicks and purchases are, on
// the last none is.
class RelevanceTest : public testing::Test {
 protected:
  RelevanceTest()
      : snapshot_(cube::testing::MakeSnapshot(60, {{"age"}}, 0, 3,
                                              [](const std::vector<int>&, int) {
                                                return cube::testing::CellDay{10, {3, 2, 1}};
                                              })),
        settling_(snapshot_),
        relevances_(RelevancesOf(snapshot_, KeptStages({kPurchaseStage, kReturnStage}))) {
    rows_.first = snapshot_.first_day;
    rows_.last = snapshot_.last_day;
    rows_.known_at_age.resize(3);
  }
  // Ages at which click, purchase and return became known; -1: not.
  void AddRow(std::int32_t day, std::array<std::int16_t, 3> ages) {
    cube::ShownRow row;
    row.day = day;
    rows_.rows.push_back(row);
    for (std::size_t stage = 0; stage < 3; ++stage) {
      rows_.known_at_age[stage].push_back(ages[stage]);
    }
  }
  // Gains by relevance: click, purchase, kept, graded.
  std::vector<std::vector<double>> EndsOf(std::size_t row) const {
    const RowTruth truth(snapshot_, settling_, rows_);
    std::vector<std::vector<double>> ends;
    for (const Relevance& relevance : relevances_) {
      std::vector<double>& gains = ends.emplace_back();
      const stats::GainSet possible = truth.Possible(relevance, row);
      for (std::size_t level = 0; level < relevance.levels.size(); ++level) {
        if ((possible >> level & 1) != 0) gains.push_back(relevance.levels[level]);
      }
    }
    return ends;
  }

  cube::Snapshot snapshot_;
  Settling settling_;
  std::vector<Relevance> relevances_;
  cube::ShownRows rows_;
};

TEST_F(RelevanceTest, MeaningsAndGainsFollowTheLadder) {
  std::vector<std::string> names;
  for (const Relevance& relevance : relevances_) names.push_back(relevance.name);
  EXPECT_THAT(names, ElementsAre("click", "purchase", "kept", "graded"));
  const std::vector<RankingGain> gains = GainsOf(relevances_);
  ASSERT_EQ(gains.size(), 3U);
  EXPECT_EQ(gains[0].gain, 1);
  EXPECT_EQ(gains[1].gain, 3);
  EXPECT_EQ(gains[2].relevance, "kept");
  EXPECT_EQ(gains[2].gain, 5);
}

TEST_F(RelevanceTest, OnASettledDayEveryItemHasOneEnd) {
  AddRow(0, {0, -1, -1});
  AddRow(0, {0, 3, -1});
  AddRow(0, {0, 3, 12});
  EXPECT_THAT(EndsOf(0),
              ElementsAre(ElementsAre(1), ElementsAre(0), ElementsAre(0), ElementsAre(1)));
  EXPECT_THAT(EndsOf(1),
              ElementsAre(ElementsAre(1), ElementsAre(1), ElementsAre(1), ElementsAre(5)));
  // Sent back: it stays a purchase, and is not kept.
  EXPECT_THAT(EndsOf(2),
              ElementsAre(ElementsAre(1), ElementsAre(1), ElementsAre(0), ElementsAre(3)));
}

TEST_F(RelevanceTest, WhatIsBoughtMayStillComeBack) {
  AddRow(30, {0, 3, -1});
  AddRow(30, {0, -1, -1});
  EXPECT_THAT(EndsOf(0),
              ElementsAre(ElementsAre(1), ElementsAre(1), ElementsAre(0, 1), ElementsAre(3, 5)));
  EXPECT_THAT(EndsOf(1),
              ElementsAre(ElementsAre(1), ElementsAre(0), ElementsAre(0), ElementsAre(1)));
}

TEST_F(RelevanceTest, OnTheNewestDayNearlyAllIsOpen) {
  AddRow(59, {-1, -1, -1});
  AddRow(59, {0, -1, -1});
  EXPECT_THAT(EndsOf(0), ElementsAre(ElementsAre(0, 1), ElementsAre(0, 1), ElementsAre(0, 1),
                                     ElementsAre(0, 1, 3, 5)));
  EXPECT_THAT(EndsOf(1), ElementsAre(ElementsAre(1), ElementsAre(0, 1), ElementsAre(0, 1),
                                     ElementsAre(1, 3, 5)));
}

TEST_F(RelevanceTest, AtAnAgeOnlyWhatHadBecomeKnownByThenCounts) {
  AddRow(0, {0, 8, 20});
  const RowTruth truth(snapshot_, settling_, rows_);
  EXPECT_EQ(truth.GainAt(relevances_[3], 0, 7), 1);
  EXPECT_EQ(truth.GainAt(relevances_[3], 0, 8), 3);
  EXPECT_EQ(truth.GainAt(relevances_[2], 0, 8), 1);
  EXPECT_EQ(truth.GainAt(relevances_[2], 0, 20), 0);  // sent back by then
}

TEST(RankedLists, ListsWithoutAPositionAreLeftOutAndOddOnesCounted) {
  cube::ShownRows rows;
  rows.first = *Day::Parse("2026-11-01");
  rows.last = rows.first;
  const auto add = [&](std::int32_t list, std::optional<std::int32_t> position) {
    cube::ShownRow row;
    row.list = list;
    row.position = position;
    rows.rows.push_back(row);
  };
  add(-1, 1);
  add(0, 1);
  add(0, 2);
  add(1, 1);
  add(1, 1);  // a tie
  add(2, 1);
  add(2, 4);  // a gap
  add(3, std::nullopt);
  add(3, 2);
  rows.lists = 4;
  const RankedLists lists(rows, 10);
  const RankingLists account = lists.Account(0, 0);
  EXPECT_EQ(account.lists, 4);
  EXPECT_EQ(account.judged, 3);
  EXPECT_EQ(account.without_position, 1);
  EXPECT_EQ(account.with_ties, 1);
  EXPECT_EQ(account.with_gaps, 1);
  EXPECT_EQ(account.rows_without_list, 1);
  EXPECT_FALSE(account.customers);
  EXPECT_EQ(lists.clusters(), 4U);  // without customers every list stands for itself
}

}  // namespace
}  // namespace ripen::monitor
