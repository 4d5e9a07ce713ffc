// Single recommendations as known on a day: lists, positions, customers and outcomes by age.
#include <gmock/gmock.h>

#include "store/store_fixture.h"

namespace ripen::store {
namespace {

using ::testing::ElementsAre;

class ShownRowsTest : public StoreFixture {
 protected:
  void SetUp() override {
    StoreFixture::SetUp();
    Open();
    auto plan = WidePlan(Write(
        "lists.csv",
        "id,shown_at,clicked_at,purchased_at,customer_id,item_id,position,list_id,model,brand\n"
        "r1,2026-11-01T08:00:00Z,2026-11-01T09:00:00Z,2026-11-04T09:00:00Z,c1,i1,1,l1,a,x\n"
        "r2,2026-11-01T08:00:00Z,,,c1,i2,2,l1,a,y\n"
        "r3,2026-11-01T08:00:00Z,2026-11-02T07:00:00Z,,c2,i1,2,l2,b,x\n"
        "r4,2026-11-01T08:00:00Z,,,c2,i3,1,l2,b,x\n"
        "r5,2026-11-02T08:00:00Z,,,c1,,,l1,a,\n"
        "r6,2026-11-02T08:00:00Z,,,,i1,1,,b,x\n"));
    plan.list_id = "list_id";
    Import({plan});
  }
  cube::ShownRequest Request(std::string_view as_of) const {
    cube::ShownRequest request;
    request.as_of = *Day::Parse(as_of);
    request.first = *Day::Parse("2026-11-01");
    request.last = *Day::Parse("2026-11-02");
    return request;
  }
  cube::ShownRows Read(const cube::ShownRequest& request) {
    auto shown = store_->ReadShown(request);
    EXPECT_TRUE(shown) << shown.error().message;
    return shown ? std::move(*shown) : cube::ShownRows();
  }
};

TEST_F(ShownRowsTest, ListsAreRowsOfOneIdOnOneDayInTheOrderOfPositions) {
  const cube::ShownRows shown = Read(Request("2026-11-10"));
  ASSERT_EQ(shown.rows.size(), 6U);
  EXPECT_EQ(shown.lists, 3U);  // l1 of the second day is another list
  EXPECT_EQ(shown.customers, 2U);
  std::vector<std::int32_t> lists;
  std::vector<std::int32_t> positions;
  std::vector<std::int32_t> customers;
  for (const cube::ShownRow& row : shown.rows) {
    lists.push_back(row.list);
    positions.push_back(row.position.value_or(-1));
    customers.push_back(row.customer);
  }
  EXPECT_THAT(lists, ElementsAre(0, 0, 1, 1, -1, 2));
  EXPECT_THAT(positions, ElementsAre(1, 2, 1, 2, 1, -1));
  EXPECT_THAT(customers, ElementsAre(0, 0, 1, 1, -1, 0));
}

TEST_F(ShownRowsTest, OutcomesAreThoseKnownOnTheDayAskedForWithTheirAge) {
  const cube::ShownRows later = Read(Request("2026-11-10"));
  EXPECT_THAT(later.known_at_age[0], ElementsAre(0, -1, -1, 1, -1, -1));
  EXPECT_THAT(later.known_at_age[1], ElementsAre(3, -1, -1, -1, -1, -1));
  const cube::ShownRows then = Read(Request("2026-11-01"));
  ASSERT_EQ(then.rows.size(), 4U);
  EXPECT_THAT(then.known_at_age[0], ElementsAre(0, -1, -1, -1));
  EXPECT_THAT(then.known_at_age[1], ElementsAre(-1, -1, -1, -1));
}

TEST_F(ShownRowsTest, ASliceHoldsItsRowsAndNamesWhatIsWrong) {
  cube::ShownRequest request = Request("2026-11-10");
  request.slice = Slice{{{"model", "b"}}};
  request.item_attributes = {"brand"};
  const cube::ShownRows shown = Read(request);
  ASSERT_EQ(shown.rows.size(), 3U);
  EXPECT_EQ(shown.item_values[0][0], shown.item_values[0][1]);
  const auto error = [&](Slice slice) {
    request.slice = std::move(slice);
    const auto read = store_->ReadShown(request);
    return read ? "no error" : read.error().message;
  };
  EXPECT_EQ(error(Slice{{{"model", "c"}}}), "No recommendation has the value 'c' of 'model'.");
  EXPECT_EQ(error(Slice{{{"modell", "a"}}}),
            "No attribute is named 'modell'; the nearest is 'model'.");
  EXPECT_EQ(error(Slice{{{"brand", "x"}}}),
            "'brand' is an attribute of items; a list is not divided by those.");
}

TEST_F(ShownRowsTest, ItemsAreCountedByDay) {
  cube::ShownRequest request = Request("2026-11-10");
  request.slice = Slice{{{"model", "b"}}};
  const auto items = store_->ReadItems(request);
  ASSERT_TRUE(items);
  std::vector<std::vector<std::int64_t>> rows;
  for (const cube::ItemCount& count : *items) {
    rows.push_back({count.day, count.item, count.shown, count.shown_all});
  }
  // i1, i2, i3 are 0, 1, 2; without an item -1.
  EXPECT_THAT(rows,
              ElementsAre(ElementsAre(0, 0, 1, 2), ElementsAre(0, 1, 0, 1), ElementsAre(0, 2, 1, 1),
                          ElementsAre(1, -1, 0, 1), ElementsAre(1, 0, 1, 1)));
}

TEST_F(ShownRowsTest, AboveTheBoundWholeListsAreSampledAndSaid) {
  std::string csv = "id,shown_at,clicked_at,customer_id,item_id,position,list_id\n";
  for (int row = 0; row < 4000; ++row) {
    csv += "s" + std::to_string(row) + ",2026-11-02T08:00:00Z,,c" + std::to_string(row / 8) +
           ",i1," + std::to_string(row % 4 + 1) + ",s" + std::to_string(row / 4) + "\n";
  }
  auto plan = WidePlan(Write("more.csv", csv));
  plan.list_id = "list_id";
  Import({plan});
  cube::ShownRequest request = Request("2026-11-10");
  request.most_rows = 1000;
  const cube::ShownRows shown = Read(request);
  EXPECT_NEAR(shown.sampled_share, .25, .002);
  EXPECT_GT(shown.rows.size(), 700U);
  EXPECT_LT(shown.rows.size(), 1300U);
  std::vector<int> of_list(shown.lists);
  for (const cube::ShownRow& row : shown.rows) {
    if (row.day == 1 && row.list >= 0 && row.position)
      ++of_list[static_cast<std::size_t>(row.list)];
  }
  for (const int rows : of_list) EXPECT_TRUE(rows == 0 || rows == 4 || rows == 2) << rows;
}

}  // namespace
}  // namespace ripen::store
