#include "cube/replay.h"

#include <gtest/gtest.h>

#include <numeric>

#include "cube/testing_snapshot.h"

namespace ripen::cube {
namespace {

using testing::CellDay;

// Two ages and three regions of the base family, two collections beside it; ten days.
Snapshot Shop() {
  Snapshot snapshot = testing::MakeSnapshot(
      10, {{"age", 2}, {"region", 3}, {"collection", 2, AttributeKind::kItem}}, 1, 2,
      [](const std::vector<int>& values, int) {
        const double shown = 10 + 10 * values[0] + values[1];
        return CellDay{shown, {2, 2}};
      });
  testing::SpreadArrivals(snapshot, 1, 14,
                          [](int, int delay) { return delay == 0 || delay == 4 ? .5 : 0; });
  return snapshot;
}

std::int64_t Sum(const std::vector<CountRow>& rows, std::int32_t cell = -1) {
  return std::accumulate(rows.begin(), rows.end(), std::int64_t{0},
                         [&](std::int64_t sum, const CountRow& row) {
                           return cell < 0 || row.cell == cell ? sum + row.gained - row.lost : sum;
                         });
}

TEST(Marginal, KeepsTheTotalAndSingleValues) {
  const Snapshot shop = Shop();
  const Snapshot marginal = Marginal(shop, 10);
  ASSERT_EQ(marginal.families.size(), 4U);  // total, age, region, collection
  EXPECT_TRUE(marginal.adjust.empty());
  EXPECT_EQ(marginal.families[0].cells.size(), 1U);
  for (const Family& family : marginal.families) {
    EXPECT_EQ(Sum(family.shown), Sum(shop.families[0].shown));
    EXPECT_EQ(Sum(family.stages[1]), Sum(shop.families[0].stages[1]));
  }
  // Age 1 is shown 20 + 20 + 1 + 20 + 2 a day and collection.
  EXPECT_EQ(Sum(marginal.families[1].shown, 1), 10 * 2 * 63);
  EXPECT_EQ(marginal.families[3].cells.size(), 2U);
}

TEST(Marginal, KeepsTheLargestOfManyValues) {
  const Snapshot marginal = Marginal(Shop(), 1);
  EXPECT_EQ(marginal.attributes[0].values, std::vector<AttributeValue>{"age1"});
  EXPECT_EQ(marginal.attributes[1].values, std::vector<AttributeValue>{"region2"});
  EXPECT_EQ(Sum(marginal.families[1].shown), 10 * 2 * 63);
}

TEST(AsKnownOn, LeavesOutWhatCameLater) {
  const Snapshot shop = Shop();
  const Snapshot known = AsKnownOn(shop, shop.first_day + 5);
  EXPECT_EQ(known.as_of, shop.first_day + 5);
  EXPECT_EQ(known.last_day, shop.first_day + 5);
  EXPECT_EQ(known.truth.size(), 6U);
  for (const CountRow& row : known.families[0].stages[1]) {
    EXPECT_LE(row.shown + row.delay, known.as_of);
  }
  EXPECT_EQ(Sum(known.families[0].shown), 6 * Sum(shop.families[0].shown) / 10);
}

}  // namespace
}  // namespace ripen::cube
