#include "monitor/exposure_figures.h"

#include <gtest/gtest.h>

#include "cube/testing_snapshot.h"

namespace ripen::monitor {
namespace {

using cube::testing::CellDay;
using cube::testing::MakeSnapshot;

// 30 days, 100 recommendations a day and customer group: 20 of i0 before the last seven days, then
// 40 to a1.
cube::Snapshot Shop() {
  return MakeSnapshot(30, {{"a", 2}, {"i", 3, AttributeKind::kItem}}, 1, 1,
                      [](const std::vector<int>& v, int day) {
                        const double own = v[0] == 1 && day >= 23 ? 40 : 20;
                        return CellDay{v[1] == 0 ? own : (v[1] == 1 ? 50 : 50 - own), {}};
                      });
}

class ExposureFigures : public ::testing::Test {
 protected:
  Result<ExposureReport> Read(const ExposureRequest& request, std::int64_t smallest_group = 20) {
    return ReadExposure(index_, Visibility(index_, smallest_group), request);
  }
  std::string ErrorOf(const ExposureRequest& request) { return Read(request).error().message; }

  cube::Snapshot snapshot_ = Shop();
  CubeIndex index_{snapshot_};
};

TEST_F(ExposureFigures, SharesNowAndBeforeWithTheirRanges) {
  const auto report = Read({"a", "i", {}, {}});
  ASSERT_TRUE(report);
  EXPECT_EQ(report->from, snapshot_.last_day - 6);
  ASSERT_EQ(report->cells.size(), 9U);  // everybody and two groups, three items each
  const ExposureCell& everybody = report->cells[0];
  EXPECT_TRUE(everybody.customer.IsTotal());
  EXPECT_NEAR(*everybody.now->share, .3, 1e-12);
  const ExposureCell& cell = report->cells[6];
  EXPECT_EQ(cell.customer, Slice::Of({{"a", "a1"}}));
  EXPECT_EQ(cell.item, "i0");
  EXPECT_EQ(cell.now->shown, 280);
  EXPECT_EQ(cell.now->of, 700);
  EXPECT_NEAR(*cell.now->share, .4, 1e-12);
  EXPECT_LT(cell.now->low, .4);
  EXPECT_GT(cell.now->high, .4);
  EXPECT_NEAR(*cell.before->share, .2, 1e-12);
  EXPECT_EQ(cell.before->of, 2300);
  EXPECT_NEAR(*cell.last_28_days->share, (21 * .2 + 7 * .4) / 28, 1e-12);
  ASSERT_EQ(cell.weeks.size(), 5U);  // two days, then four weeks
  EXPECT_EQ(cell.weeks[0].of, 200);
  EXPECT_EQ(cell.weeks[4].to, snapshot_.last_day);
  EXPECT_NEAR(*cell.weeks[4].share, .4, 1e-12);
  EXPECT_NEAR(*cell.weeks[3].share, .2, 1e-12);
}

TEST_F(ExposureFigures, TheRangeIsWilsonsWhereDaysDoNotDiffer) {
  const auto report = Read({"a", "i", snapshot_.first_day, snapshot_.first_day});
  ASSERT_TRUE(report);
  const ExposureShare& share = *report->cells[3].now;  // a0, i0: 20 of 100
  EXPECT_NEAR(share.low, .142502, 1e-6);
  EXPECT_NEAR(share.high, .273304, 1e-6);
  EXPECT_FALSE(report->cells[3].before);
}

TEST_F(ExposureFigures, SmallGroupsAreLeftOutAndSmallCellsHiddenWithTheirNeighbours) {
  // i0 has some 600 recommendations of a0, which is too few here; what would give them away is
  // hidden as well.
  const auto report = Read({"a", "i", {}, {}}, 700);
  ASSERT_TRUE(report);
  int hidden_in_a0 = 0;
  for (const ExposureCell& cell : report->cells) {
    if (!cell.hidden) continue;
    EXPECT_FALSE(cell.now);
    EXPECT_TRUE(cell.weeks.empty());
    hidden_in_a0 += cell.customer == Slice::Of({{"a", "a0"}}) ? 1 : 0;
  }
  EXPECT_GE(hidden_in_a0, 2);
  snapshot_.attributes[0].members[0] = 3;
  const auto left = Read({"a", "i", {}, {}});
  ASSERT_TRUE(left);
  EXPECT_EQ(left->cells.size(), 3U);  // one of two groups is small: neither is told
}

TEST_F(ExposureFigures, SaysWhatIsWrongWithTheQuestion) {
  const Day first = snapshot_.first_day;
  EXPECT_EQ(ErrorOf({"shoe_size", "i", {}, {}}), "No attribute is named 'shoe_size'.");
  EXPECT_EQ(ErrorOf({"a", "a", {}, {}}), "The attribute 'a' is not one of the items shown.");
  EXPECT_EQ(ErrorOf({"i", "i", {}, {}}),
            "The attribute 'i' is one of the items shown, not of whom they are shown to.");
  EXPECT_EQ(ErrorOf({"a", "i", first, {}}),
            "A period needs its first and its last day: from and to.");
  EXPECT_EQ(ErrorOf({"a", "i", first + 3, first + 50}),
            "from (2026-10-25) to (2026-12-11) must be days of the data, 2026-10-22 to "
            "2026-11-20.");
}

}  // namespace
}  // namespace ripen::monitor
