#include "monitor/cube_index.h"

#include <gtest/gtest.h>

#include "cube/testing_snapshot.h"

namespace ripen::monitor {
namespace {

using cube::testing::CellDay;
using cube::testing::MakeSnapshot;

// Three customer attributes and two item attributes; counts that tell every cell apart.
cube::Snapshot FiveAttributes() {
  return MakeSnapshot(3, {{"a", 2}, {"b", 3}, {"c", 2}, {"i", 2}, {"j", 3}}, 2, 2,
                      [](const std::vector<int>& v, int day) {
                        const double shown =
                            1 + v[0] + 2 * v[1] + 7 * v[2] + 11 * v[3] + 13 * v[4] + day;
                        return CellDay{shown, {shown - 1, 1}};
                      });
}

double SumOver(const cube::Snapshot& snapshot, const CubeIndex& index, const Slice& slice) {
  const auto stream = index.Find(slice);
  EXPECT_TRUE(stream) << slice.Canonical();
  double sum = 0;
  for (int day = 0; stream && day <= snapshot.last_day - snapshot.first_day; ++day) {
    sum += index.Shown(*stream, static_cast<std::size_t>(day));
  }
  return sum;
}

TEST(CubeIndex, EverySliceOfTwoAttributesIsASumOfCells) {
  const cube::Snapshot snapshot = FiveAttributes();
  const CubeIndex index(snapshot);
  const double total = SumOver(snapshot, index, {});
  for (const std::string name : {"a", "b", "c", "i", "j"}) {
    double over_values = 0;
    for (const AttributeValue& value : snapshot
                                           .attributes[name == "a"   ? 0
                                                       : name == "b" ? 1
                                                       : name == "c" ? 2
                                                       : name == "i" ? 3
                                                                     : 4]
                                           .values) {
      over_values += SumOver(snapshot, index, Slice::Of({{name, value}}));
    }
    EXPECT_EQ(over_values, total) << name;
  }
  // By hand: a1 with i1 over b (0..2), c (0..1), j (0..2), days 0..2.
  double by_hand = 0;
  for (int b = 0; b < 3; ++b) {
    for (int c = 0; c < 2; ++c) {
      for (int j = 0; j < 3; ++j) {
        for (int day = 0; day < 3; ++day) by_hand += 1 + 1 + 2 * b + 7 * c + 11 + 13 * j + day;
      }
    }
  }
  EXPECT_EQ(SumOver(snapshot, index, Slice::Of({{"a", "a1"}, {"i", "i1"}})), by_hand);
}

TEST(CubeIndex, FindsWhatItNamesAndNothingElse) {
  const cube::Snapshot snapshot = FiveAttributes();
  const CubeIndex index(snapshot);
  for (std::size_t stream = 0; stream < index.streams(); ++stream) {
    EXPECT_EQ(index.Find(index.SliceOf(stream)), stream);
  }
  EXPECT_FALSE(index.Find(Slice::Of({{"a", "a9"}})));
  EXPECT_FALSE(index.Find(Slice::Of({{"x", "a0"}})));
  EXPECT_FALSE(index.Find(Slice::Of({{"i", "i0"}, {"j", "j0"}})));  // two further attributes
  EXPECT_FALSE(index.Find(Slice::Of({{"a", "a0"}, {"b", "b0"}, {"c", "c0"}})));
}

TEST(CubeIndex, FurtherCellsKnowTheirBaseCell) {
  const cube::Snapshot snapshot = FiveAttributes();
  const CubeIndex index(snapshot);
  const FlatFamily& base = index.families()[0];
  const FlatFamily& further = index.families()[2];
  for (std::size_t cell = 0; cell < further.cells(); ++cell) {
    const std::uint32_t own = further.base_cell[cell];
    for (std::size_t column = 0; column < base.columns(); ++column) {
      EXPECT_EQ(base.values[own * base.columns() + column],
                further.values[cell * further.columns() + column]);
    }
  }
}

TEST(CubeIndex, ReturnsCountFromPurchases) {
  const cube::Snapshot snapshot = FiveAttributes();
  const CubeIndex index(snapshot);
  EXPECT_EQ(index.Trials(2, 0, 1), index.Events(1, 0, 1));
  EXPECT_EQ(index.Trials(1, 0, 1), index.Shown(0, 1));
}

TEST(CubeIndex, RetractionsAreTakenOff) {
  cube::Snapshot snapshot = FiveAttributes();
  const double before = CubeIndex(snapshot).Events(0, 0, 0);
  cube::CountRow row = snapshot.families[0].stages[0].front();
  row.delay = 1;
  row.gained = 0;
  row.lost = 1;
  snapshot.families[0].stages[0].insert(snapshot.families[0].stages[0].begin() + 1, row);
  EXPECT_EQ(CubeIndex(snapshot).Events(0, 0, 0), before - 1);
}

}  // namespace
}  // namespace ripen::monitor
