#include "monitor/privacy.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <numeric>
#include <random>
#include <set>
#include <utility>
#include <vector>

#include "cube/testing_snapshot.h"

namespace ripen::monitor {
namespace {

using cube::testing::CellDay;
using cube::testing::MakeSnapshot;

constexpr std::int64_t kSmallest = 20;

// An attribute's values over days: recommendations of each day, each to another customer or, for
// values of items, to the same few.
struct History {
  std::vector<std::vector<int>> shown;  // by value, by day
  AttributeKind kind = AttributeKind::kCustomer;

  int values() const { return static_cast<int>(shown.size()); }
  int UpTo(int value, int days) const {
    const std::vector<int>& own = shown[static_cast<std::size_t>(value)];
    return std::accumulate(own.begin(), own.begin() + days, 0);
  }
};

History RandomHistory(std::mt19937_64& random) {
  const auto below = [&](int bound) {
    return static_cast<int>(random() % static_cast<std::uint64_t>(bound));
  };
  History history;
  history.kind = below(2) == 0 ? AttributeKind::kCustomer : AttributeKind::kItem;
  const int values = 2 + below(7);
  for (int value = 0; value < values; ++value) {
    const int born = value < 2 || below(3) > 0 ? 0 : below(8);
    const int most = below(3) == 0 ? 40 : 5;
    std::vector<int> days;
    for (int day = 0; day < 8; ++day) {
      days.push_back(day < born ? 0 : (day == born ? 1 : 0) + below(most));
    }
    history.shown.push_back(std::move(days));
  }
  return history;
}

// Which values that occur are hidden on the day after so many.
std::set<int> Hidden(const History& history, int days) {
  cube::Snapshot snapshot = MakeSnapshot(
      days, {{"a", history.values(), history.kind}}, 0, 1, [&](const std::vector<int>& v, int day) {
        const auto value = static_cast<std::size_t>(v[0]);
        return CellDay{double(history.shown[value][static_cast<std::size_t>(day)]), {0}};
      });
  const CubeIndex index(snapshot);
  const Visibility visibility(index, kSmallest);
  std::set<int> hidden;
  for (int value = 0; value < history.values(); ++value) {
    if (history.UpTo(value, days) > 0 && !visibility.ShowsValue(0, static_cast<std::size_t>(value)))
      hidden.insert(value);
  }
  return hidden;
}

// Known of the days up to one are the total and what is shown on that day or any later one.
TEST(Visibility, NoValueFollowsFromTheAnswersOfAnyDays) {
  std::mt19937_64 random(7);
  int small = 0;
  for (int world = 0; world < 400; ++world) {
    const History history = RandomHistory(random);
    for (int first = 1; first <= 8; ++first) {
      std::set<int> born;
      for (int value = 0; value < history.values(); ++value) {
        if (history.UpTo(value, first) > 0) born.insert(value);
      }
      if (born.size() < 2) continue;  // the total
      std::set<int> unknown = born;
      for (int last = first; last <= 8; ++last) {
        std::set<int> still;
        const std::set<int> hidden = Hidden(history, last);
        std::set_intersection(unknown.begin(), unknown.end(), hidden.begin(), hidden.end(),
                              std::inserter(still, still.end()));
        unknown = still;
        if (unknown.size() != 1) continue;
        EXPECT_GE(history.UpTo(*unknown.begin(), last), kSmallest)
            << "world " << world << ", days " << first << " to " << last;
      }
      small += static_cast<int>(unknown.size());
    }
  }
  EXPECT_GT(small, 1000);
}

TEST(Visibility, WhatIsLeftOfTheTotalIsNoSmallGroup) {
  std::mt19937_64 random(8);
  int left = 0;
  for (int world = 0; world < 400; ++world) {
    const History history = RandomHistory(random);
    for (int days = 1; days <= 8; ++days) {
      const std::set<int> hidden = Hidden(history, days);
      if (hidden.empty()) continue;
      int sum = 0;
      int most = 0;
      int occur = 0;
      for (int value = 0; value < history.values(); ++value) {
        const int members = history.UpTo(value, days);
        if (members > 0) ++occur;
        if (hidden.count(value) == 0) continue;
        sum += members;
        most = std::max(most, members);
      }
      if (static_cast<int>(hidden.size()) == occur) continue;  // nothing is shown
      EXPECT_GE(history.kind == AttributeKind::kCustomer ? sum : most, kSmallest)
          << "world " << world << ", " << days << " days";
      ++left;
    }
  }
  EXPECT_GT(left, 1000);
}

}  // namespace
}  // namespace ripen::monitor
