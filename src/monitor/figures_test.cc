#include "monitor/figures.h"

#include <gtest/gtest.h>

#include "cube/testing_snapshot.h"

namespace ripen::monitor {
namespace {

using cube::testing::CellDay;
using cube::testing::MakeSnapshot;

const Slice kA0 = Slice::Of({{"a", "a0"}});

// 30 days; a0 is shown 60 a day and a1 40, each split over two values of b and of the item i.
cube::Snapshot Shop() {
  return MakeSnapshot(30, {{"a", 2}, {"b", 2}, {"i", 2, AttributeKind::kItem}}, 1, 2,
                      [](const std::vector<int>& v, int day) {
                        const double shown = v[0] == 0 ? 15 : 10;
                        const double clicks = v[0] == 0 ? 3 + day % 2 : 2;
                        return CellDay{shown, {clicks, 1}};
                      });
}

const PendingRate* Pending(const Metric& metric) { return std::get_if<PendingRate>(&metric.state); }
const ConfirmedRate* Confirmed(const Metric& metric) {
  return std::get_if<ConfirmedRate>(&metric.state);
}

TEST(Figures, AConfirmedSpanHasItsRateAndRange) {
  const cube::Snapshot snapshot = Shop();
  const Figures figures = Figures::Make(snapshot, {});
  const auto metric = figures.Of("click", kA0, snapshot.first_day, snapshot.last_day - 1);
  ASSERT_TRUE(metric);
  EXPECT_EQ(metric->trials, 29 * 60);
  EXPECT_EQ(metric->events_so_far, 4 * (29 * 3 + 14));
  const ConfirmedRate* rate = Confirmed(*metric);
  ASSERT_NE(rate, nullptr);
  EXPECT_NEAR(rate->rate, 404.0 / 1740, 1e-12);
  EXPECT_LT(rate->low, rate->rate);
  EXPECT_GT(rate->high, rate->rate);
  EXPECT_LT(rate->high - rate->low, .06);
}

TEST(Figures, OneOpenDayMakesTheSpanPendingWithBoundsAndDates) {
  const cube::Snapshot snapshot = Shop();
  const Figures figures = Figures::Make(snapshot, {});
  const auto metric = figures.Of("purchase", {}, snapshot.first_day, snapshot.last_day);
  ASSERT_TRUE(metric);
  EXPECT_EQ(metric->maturity(), Maturity::kPending);
  EXPECT_EQ(metric->trials, 3000);
  EXPECT_EQ(metric->events_so_far, 240);
  const PendingRate* pending = Pending(*metric);
  ASSERT_NE(pending, nullptr);
  EXPECT_EQ(pending->reason, PendingReason::kNoOutcomeTimes);
  EXPECT_EQ(pending->settles_on, snapshot.last_day + 15);
  // Days 0 to 15 are settled; on 14 days 92 of 100 rows may still turn.
  EXPECT_NEAR(*pending->least, 240.0 / 3000, 1e-12);
  EXPECT_NEAR(*pending->most, (240.0 + 14 * 92) / 3000, 1e-12);
  EXPECT_FALSE(pending->first_estimate_on);  // no outcome times: no estimate is announced
}

TEST(Figures, StagesWithTimesSayWhenTheFirstEstimateComes) {
  cube::Snapshot snapshot = Shop();
  snapshot.stage_has_times.assign(3, true);
  snapshot.as_of = snapshot.first_day + 10;
  snapshot.last_day = snapshot.as_of;
  snapshot.truth.resize(11);
  for (cube::Family& family : snapshot.families) {
    std::erase_if(family.shown, [&](const auto& row) { return row.shown > snapshot.as_of; });
    for (auto& rows : family.stages) {
      std::erase_if(rows, [&](const auto& row) { return row.shown > snapshot.as_of; });
    }
  }
  const Figures figures = Figures::Make(snapshot, {});
  const auto metric = figures.Of("purchase", {}, snapshot.first_day, snapshot.last_day);
  ASSERT_TRUE(metric);
  EXPECT_EQ(Pending(*metric)->first_estimate_on, snapshot.first_day + 15);
}

TEST(Figures, FlaggedRowsOfAnUnsettledDayGiveNoRate) {
  cube::Snapshot snapshot = Shop();
  // 40 of 100 rows of the last days are flagged, and all of those have bought: the fast deciders.
  for (std::size_t day = 16; day < 30; ++day) {
    snapshot.truth[day].flagged[1] = 40;
    snapshot.truth[day].open_unflagged[1] = 60;
    snapshot.truth[day].known_events_unflagged[1] = 0;
  }
  snapshot.stage_empty_where_unflagged[1] = true;
  const Figures figures = Figures::Make(snapshot, {});
  const auto metric = figures.Of("purchase", {}, snapshot.last_day - 6, snapshot.last_day);
  ASSERT_TRUE(metric);
  ASSERT_NE(Pending(*metric), nullptr);
  EXPECT_EQ(Pending(*metric)->reason, PendingReason::kAnswersOfFastOnly);
  EXPECT_NEAR(*Pending(*metric)->most, (7 * 8 + 7 * 60) / 700.0, 1e-12);
}

TEST(Figures, AllHoldsTotalSegmentsAndPairsOverThreeSpansInOrder) {
  const cube::Snapshot snapshot = Shop();
  const std::vector<Metric> all = Figures::Make(snapshot, {}).All();
  // Slices: 1 total, 6 values, 3 x 4 pairs; spans: click has three, purchase too; return is not
  // given and has one line.
  EXPECT_EQ(all.size(), 19U * 3 * 2 + 1);
  for (std::size_t at = 1; at < all.size(); ++at) {
    if (all[at - 1].stage != all[at].stage) continue;
    const auto key = [](const Metric& metric) {
      return std::make_tuple(metric.slice.Canonical(), metric.from, metric.to);
    };
    EXPECT_LT(key(all[at - 1]), key(all[at]));
  }
  EXPECT_EQ(Pending(all.back())->reason, PendingReason::kStageNotGiven);
}

TEST(Figures, ASmallGroupAndTheNextSmallestAreHidden) {
  cube::Snapshot snapshot =
      MakeSnapshot(30, {{"a", 4}, {"b", 2}}, 0, 1, [](const std::vector<int>& v, int day) {
        constexpr double kShown[] = {50, 40, 30, 0};
        return CellDay{v[0] == 3 && day == 0 ? 3.0 : kShown[v[0]], {1}};
      });
  ASSERT_EQ(snapshot.attributes[0].members[3], 6);
  const Figures figures = Figures::Make(snapshot, {});
  const std::vector<SegmentSummary> segments = figures.Segments();
  EXPECT_FALSE(segments[0].values[0].hidden);
  EXPECT_FALSE(segments[0].values[1].hidden);
  EXPECT_TRUE(segments[0].values[2].hidden);  // or the total less the others would give a3 away
  EXPECT_TRUE(segments[0].values[3].hidden);
  for (const char* value : {"a2", "a3"}) {
    const auto metric =
        figures.Of("click", Slice::Of({{"a", value}}), snapshot.first_day, snapshot.last_day - 1);
    ASSERT_TRUE(metric);
    EXPECT_EQ(metric->trials, 0);
    EXPECT_EQ(metric->events_so_far, 0);
    ASSERT_NE(Pending(*metric), nullptr);
    EXPECT_EQ(Pending(*metric)->reason, PendingReason::kTooFew);
  }
  for (const Metric& metric : figures.All()) {
    for (const Segment& segment : metric.slice.segments) {
      EXPECT_NE(segment.value, AttributeValue("a2"));
      EXPECT_NE(segment.value, AttributeValue("a3"));
    }
  }
}

TEST(Figures, PairsThatWouldGiveASmallOneAwayAreHidden) {
  // a0 with b0 has 6 members; a0 and b0 themselves are large.
  const cube::Snapshot snapshot =
      MakeSnapshot(30, {{"a", 3}, {"b", 3}}, 0, 1, [](const std::vector<int>& v, int day) {
        if (v[0] == 0 && v[1] == 0) return CellDay{day == 0 ? 6.0 : 0, {0}};
        return CellDay{20.0 + 3 * v[0] + v[1], {2}};
      });
  const Figures figures = Figures::Make(snapshot, {});
  int hidden = 0;
  for (const std::string a : {"a0", "a1", "a2"}) {
    int hidden_in_row = 0;
    for (const std::string b : {"b0", "b1", "b2"}) {
      const auto metric = figures.Of("click", Slice::Of({{"a", a}, {"b", b}}), snapshot.first_day,
                                     snapshot.last_day - 1);
      ASSERT_TRUE(metric);
      hidden_in_row += Confirmed(*metric) == nullptr;
    }
    EXPECT_NE(hidden_in_row, 1) << a;
    hidden += hidden_in_row;
  }
  EXPECT_GE(hidden, 4);
  EXPECT_LT(hidden, 9);
}

TEST(Figures, DaysAndWeeksCoverTheSpan) {
  const cube::Snapshot snapshot = Shop();  // 22 October 2026 is a Thursday
  const Figures figures = Figures::Make(snapshot, {});
  const auto days = figures.ByDay("click", kA0);
  ASSERT_TRUE(days);
  ASSERT_EQ(days->size(), 30U);
  EXPECT_EQ((*days)[28].maturity(), Maturity::kConfirmed);
  EXPECT_EQ((*days)[29].maturity(), Maturity::kPending);
  const auto weeks = figures.ByWeek("click", kA0);
  ASSERT_TRUE(weeks);
  ASSERT_EQ(weeks->size(), 5U);
  EXPECT_EQ(weeks->front().from, snapshot.first_day);
  EXPECT_EQ(weeks->front().to.iso_weekday(), 7U);
  EXPECT_EQ((*weeks)[1].from.iso_weekday(), 1U);
  EXPECT_EQ((*weeks)[1].to - (*weeks)[1].from, 6);
  EXPECT_EQ(weeks->back().to, snapshot.last_day);
}

TEST(Figures, NoiseOfDaysWidensTheRange) {
  const auto width = [](double swing) {
    const cube::Snapshot snapshot =
        MakeSnapshot(30, {{"a", 2}, {"b", 2}}, 0, 1, [&](const std::vector<int>&, int day) {
          return CellDay{1000, {day % 2 == 0 ? 200 + swing : 200 - swing}};
        });
    const auto metric =
        Figures::Make(snapshot, {}).Of("click", {}, snapshot.first_day, snapshot.last_day - 1);
    const ConfirmedRate* rate = Confirmed(*metric);
    return rate->high - rate->low;
  };
  EXPECT_GT(width(60), 3 * width(0));
}

TEST(Figures, ReturnsWithoutPurchasesSaySo) {
  cube::Snapshot snapshot = Shop();
  snapshot.stage_given[2] = true;
  for (cube::Family& family : snapshot.families) family.stages[1].clear();
  const auto metric =
      Figures::Make(snapshot, {}).Of("return", {}, snapshot.first_day, snapshot.last_day);
  ASSERT_TRUE(metric);
  EXPECT_EQ(metric->trials, 0);
  EXPECT_EQ(Pending(*metric)->reason, PendingReason::kNoBaseEvents);
  EXPECT_FALSE(Pending(*metric)->least);
}

TEST(Figures, ErrorsNameWhatWasAskedFor) {
  const cube::Snapshot snapshot = Shop();
  const Figures figures = Figures::Make(snapshot, {});
  const auto stage = figures.Of("view", {}, snapshot.first_day, snapshot.last_day);
  ASSERT_FALSE(stage);
  EXPECT_EQ(stage.error().code, ErrorCode::kNotFound);
  EXPECT_EQ(stage.error().message, "No stage is named 'view'.");
  const auto group = figures.ByDay("click", Slice::Of({{"a", "x"}}));
  ASSERT_FALSE(group);
  EXPECT_EQ(group.error().message, "No group {\"a\":\"x\"} of at most two attributes is known.");
  const auto order = figures.Of("click", {}, snapshot.last_day, snapshot.first_day);
  ASSERT_FALSE(order);
  EXPECT_EQ(order.error().code, ErrorCode::kOutOfRange);
  EXPECT_EQ(order.error().message, "The first day 2026-11-20 is after the last day 2026-10-22.");
}

TEST(Figures, OfNothingAreNone) {
  cube::Snapshot snapshot;
  snapshot.ladder = StageLadder::Default();
  snapshot.stage_given.assign(3, false);
  snapshot.stage_has_times.assign(3, false);
  snapshot.stage_known_from.assign(3, std::nullopt);
  snapshot.stage_empty_where_unflagged.assign(3, false);
  snapshot.orphans.assign(3, 0);
  snapshot.families.emplace_back();
  snapshot.families[0].stages.resize(3);
  snapshot.families[0].cells.emplace_back();
  const Figures figures = Figures::Make(snapshot, {});
  EXPECT_TRUE(figures.All().empty());
  EXPECT_TRUE(figures.ByDay("click", {})->empty());
  EXPECT_TRUE(figures.ByWeek("click", {})->empty());
  EXPECT_EQ(figures.Of("click", {}, Day(1), Day(2))->maturity(), Maturity::kPending);
}

// A click of the third day that is learned of when that day and the whole span had been confirmed.
TEST(Figures, WhatComesAfterConfirmationIsARevisionWithTheFormerValue) {
  cube::Snapshot snapshot = Shop();
  snapshot.stage_has_times[0] = true;
  const Day day = snapshot.first_day + 2;
  for (cube::Family& family : snapshot.families) {
    auto& rows = family.stages[0];
    const auto at = std::find_if(rows.begin(), rows.end(),
                                 [&](const cube::CountRow& row) { return row.shown == day; });
    ASSERT_NE(at, rows.end());
    cube::CountRow late = *at;
    late.delay = 9;
    late.gained = 1;
    rows.insert(at + 1, late);
  }
  const Figures figures = Figures::Make(snapshot, {});
  const auto rate_of = [&](Day from, Day to) {
    return std::get<ConfirmedRate>(figures.Of("click", {}, from, to)->state);
  };
  const ConfirmedRate revised = rate_of(day, day);
  ASSERT_TRUE(revised.revised_from);
  const auto trials = static_cast<double>(figures.Of("click", {}, day, day)->trials);
  EXPECT_NEAR(*revised.revised_from, revised.rate - 1 / trials, 1e-12);
  // A span that was confirmed later had it in time.
  EXPECT_FALSE(rate_of(day, day + 12).revised_from);
  EXPECT_FALSE(rate_of(day + 1, day + 1).revised_from);
}

}  // namespace
}  // namespace ripen::monitor
