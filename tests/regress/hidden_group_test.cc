// Symptom: figures of groups under smallest_group were shown, or could be worked out from others.
#include <gtest/gtest.h>

#include "cube/testing_snapshot.h"
#include "monitor/figures.h"

namespace ripen {
namespace {

using cube::testing::CellDay;
using cube::testing::MakeSnapshot;

bool Hidden(const cube::Snapshot& snapshot, const Slice& slice) {
  return monitor::Figures::Make(snapshot, {}).MayShow(slice) == false;
}

Slice Of(const char* a) { return Slice::Of({{"a", a}}); }
Slice Of(const char* a, const char* b) { return Slice::Of({{"a", a}, {"b", b}}); }

// Three customers who come often: the pair was taken for one of many, as its values are.
TEST(HiddenGroup, APairIsNotShownForItsRecommendations) {
  cube::Snapshot snapshot =
      MakeSnapshot(10, {{"a", 3}, {"b", 3}}, 0, 1, [](const std::vector<int>&, int) {
        return CellDay{100, {20}};
      });
  EXPECT_FALSE(Hidden(snapshot, Of("a1", "b1")));
  snapshot.pair_members.push_back({0, 1, {50, 50, 50, 50, 3, 50, 50, 50, 50}});
  EXPECT_TRUE(Hidden(snapshot, Of("a1", "b1")));
}

// Together they have fewer than twenty members: the rest of the line gave them away.
TEST(HiddenGroup, TwoSmallGroupsDoNotHideEachOther) {
  cube::Snapshot snapshot = MakeSnapshot(10, {{"a", 5}}, 0, 1, [](const std::vector<int>& v, int) {
    return CellDay{v[0] < 2 ? 1. : 100. + v[0], {0}};
  });
  snapshot.attributes[0].members = {4, 5, 500, 500, 500};
  EXPECT_TRUE(Hidden(snapshot, Of("a2")));
  EXPECT_FALSE(Hidden(snapshot, Of("a3")));
  EXPECT_FALSE(Hidden(snapshot, Of("a4")));
}

// a1 outgrows a2: the one hidden beside a0 became another one, so that the answers of the two days
// held a1 and a2 both, and the total less all the others was a0.
TEST(HiddenGroup, WhatIsHiddenBesideASmallOneStaysTheSame) {
  const auto known_on = [](int days) {
    cube::Snapshot snapshot =
        MakeSnapshot(days, {{"a", 4}}, 0, 1, [](const std::vector<int>& v, int day) {
          const double shown[] = {day == 0 ? 3. : 0., 30. + 40 * day, 60. + day, 200.};
          return CellDay{shown[v[0]], {0}};
        });
    return snapshot;
  };
  for (const int days : {1, 2, 5, 20}) {
    EXPECT_TRUE(Hidden(known_on(days), Of("a0"))) << days;
    EXPECT_TRUE(Hidden(known_on(days), Of("a1"))) << days;
    EXPECT_FALSE(Hidden(known_on(days), Of("a2"))) << days;
  }
}

// Germany was hidden for small countries that had twenty customers and more together.
TEST(HiddenGroup, NoLargeOneIsHiddenBesideSmallOnesThatAreManyTogether) {
  cube::Snapshot snapshot = MakeSnapshot(10, {{"a", 6}}, 0, 1, [](const std::vector<int>& v, int) {
    return CellDay{1. + v[0], {0}};
  });
  snapshot.attributes[0].members = {8, 9, 59, 62, 4, 5};
  EXPECT_TRUE(Hidden(snapshot, Of("a0")));
  EXPECT_FALSE(Hidden(snapshot, Of("a2")));
  // Of items the same eight customers may stand behind all small ones.
  snapshot.attributes[0].kind = AttributeKind::kItem;
  EXPECT_TRUE(Hidden(snapshot, Of("a2")));
  EXPECT_FALSE(Hidden(snapshot, Of("a3")));
}

// a0 and a1 were hidden together. When a0 had outgrown the bound and was shown, its figures of the
// days before gave a1 away.
TEST(HiddenGroup, OneThatOutgrowsTheBoundDoesNotGiveTheOthersAway) {
  cube::Snapshot snapshot = MakeSnapshot(10, {{"a", 4}}, 0, 1, [](const std::vector<int>& v, int) {
    return CellDay{1. + v[0], {0}};
  });
  snapshot.attributes[0].members = {12, 15, 500, 500};
  EXPECT_TRUE(Hidden(snapshot, Of("a0")));
  EXPECT_FALSE(Hidden(snapshot, Of("a2")));
  snapshot.attributes[0].members = {25, 15, 500, 500};
  EXPECT_TRUE(Hidden(snapshot, Of("a0")));
  EXPECT_TRUE(Hidden(snapshot, Of("a1")));
  EXPECT_FALSE(Hidden(snapshot, Of("a2")));
}

}  // namespace
}  // namespace ripen
