#include "monitor/total_move.h"

#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <functional>

#include "cube/testing_snapshot.h"
#include "monitor/figures.h"

namespace ripen::monitor {
namespace {

using cube::testing::CellDay;
using cube::testing::MakeSnapshot;

constexpr std::size_t kPurchase = 1;
constexpr int kDays = 50;

double Usual(int /*day*/, int delay) {
  constexpr std::array<double, 6> kShares{.3, .25, .2, .12, .08, .05};
  return delay < 6 ? kShares[static_cast<std::size_t>(delay)] : 0;
}

// Two ages and two regions; `counts` gives an age's recommendations and click rate on a day.
// Purchases are .06 of shown and come with their times.
cube::Snapshot Shop(const std::function<std::pair<double, double>(int age, int day)>& counts) {
  cube::Snapshot snapshot =
      MakeSnapshot(kDays, {{"age", 2}, {"region", 2}}, 0, 2, [&](const auto& values, int day) {
        const auto [shown, rate] = counts(values[0], day);
        return CellDay{shown, {std::round(shown * rate), std::round(shown * .06)}};
      });
  cube::testing::SpreadArrivals(snapshot, kPurchase, 14, Usual);
  return snapshot;
}

cube::Snapshot Calm() {
  return Shop([](int age, int) { return std::pair(age == 0 ? 400. : 200., .25); });
}

TotalMove Move(const cube::Snapshot& snapshot, const MoveRequest& request) {
  return *Figures::Make(snapshot, {}).Move(request);
}

double SumOfTerms(const TotalMove& move) {
  double sum = 0;
  for (const MoveTerm& term : move.terms) sum += term.rate.value + term.mix.value;
  return sum;
}

double RateOf(const Metric& metric) {
  if (const auto* rate = std::get_if<ConfirmedRate>(&metric.state)) return rate->rate;
  return std::get<ProvisionalRate>(metric.state).rate;
}

// Clicks settle with their day, so the last two weeks but a day are compared.
TEST(TotalMove, AGroupThatClicksLessIsTheRate) {
  const cube::Snapshot snapshot = Shop([](int age, int day) {
    const bool fallen = age == 1 && day >= kDays - 8;
    return std::pair(age == 0 ? 400. : 200., fallen ? .15 : .25);
  });
  MoveRequest request{"click", {}, nullptr, snapshot.last_day - 7, snapshot.last_day - 1, {}, {}};
  const TotalMove move = Move(snapshot, request);
  ASSERT_FALSE(move.refused);
  EXPECT_EQ(move.attribute, "age");  // says more than the region, which fell alike
  EXPECT_EQ(move.before_from, snapshot.last_day - 14);
  EXPECT_EQ(move.before->maturity(), Maturity::kConfirmed);
  EXPECT_NEAR(move.move.value, -.1 / 3, 1e-12);
  EXPECT_NEAR(move.rate.value, -.1 / 3, 1e-12);
  EXPECT_NEAR(move.mix.value, 0, 1e-12);
  EXPECT_TRUE(move.move.BeyondItsRange());
  EXPECT_FALSE(move.simpson);
  ASSERT_EQ(move.terms.size(), 2U);
  EXPECT_EQ(move.terms[1].value, "age1");
  EXPECT_NEAR(move.terms[1].rate.value, -.1 / 3, 1e-12);
  EXPECT_TRUE(move.terms[1].rate.BeyondItsRange());
  EXPECT_FALSE(move.terms[0].rate.BeyondItsRange());
}

TEST(TotalMove, OtherCustomersAreTheMixAndTheAttributeIsSaid) {
  const cube::Snapshot snapshot = Shop([](int age, int day) {
    const bool late = day >= kDays - 8;
    return std::pair(late == (age == 0) ? 100. : 500., age == 0 ? .30 : .20);
  });
  MoveRequest request{"click", {}, nullptr, snapshot.last_day - 7, snapshot.last_day - 1, {}, {}};
  const TotalMove move = Move(snapshot, request);
  EXPECT_EQ(move.attribute, "age");
  EXPECT_NEAR(move.mix.value, -.1 * 4 / 6, 1e-12);
  EXPECT_NEAR(move.rate.value, 0, 1e-12);
  ASSERT_EQ(move.mix_by_attribute.size(), 2U);
  for (const MixOfAttribute& mix : move.mix_by_attribute) {
    EXPECT_NEAR(mix.effect, mix.attribute == "age" ? -.1 * 4 / 6 : 0, 1e-9) << mix.attribute;
  }
}

// The week that is not settled is completed: the figures are the printed ones, and terms add up.
TEST(TotalMove, AProvisionalWeekIsItsEstimate) {
  const cube::Snapshot snapshot = Calm();
  const Figures figures = Figures::Make(snapshot, {});
  const TotalMove move = *figures.Move({"purchase", "age", nullptr, {}, {}, {}, {}});
  ASSERT_FALSE(move.refused);
  EXPECT_EQ(move.to, snapshot.last_day);
  ASSERT_EQ(move.after->maturity(), Maturity::kProvisional);
  const Metric printed = *figures.Of("purchase", {}, *move.from, *move.to);
  EXPECT_EQ(RateOf(*move.after), RateOf(printed));
  EXPECT_NEAR(move.move.value, RateOf(*move.after) - RateOf(*move.before), 1e-12);
  EXPECT_NEAR(SumOfTerms(move), move.move.value, 1e-12);
  EXPECT_NEAR(move.rate.value + move.mix.value, move.move.value, 1e-12);
  EXPECT_FALSE(move.move.BeyondItsRange());
}

TEST(TotalMove, TheSameSeedRepeatsEveryDigit) {
  const cube::Snapshot snapshot = Calm();
  const MoveRequest request{"purchase", "age", nullptr, {}, {}, {}, {}};
  const TotalMove once = Move(snapshot, request);
  const TotalMove again = Move(snapshot, request);
  EXPECT_EQ(once.move.low, again.move.low);
  EXPECT_EQ(once.terms[1].rate.high, again.terms[1].rate.high);
}

// Without times nothing can be estimated: the default steps back to settled weeks.
TEST(TotalMove, TheDefaultStepsBackToWeeksThatAreKnown) {
  cube::Snapshot snapshot = Calm();
  snapshot.stage_has_times.assign(3, false);
  const TotalMove move = Move(snapshot, {"purchase", {}, nullptr, {}, {}, {}, {}});
  ASSERT_FALSE(move.refused);
  EXPECT_EQ(move.after->maturity(), Maturity::kConfirmed);
  EXPECT_LT(*move.to, snapshot.last_day - 10);
}

TEST(TotalMove, SmallGroupsAreToldTogetherAndStillAddUp) {
  cube::Snapshot snapshot =
      MakeSnapshot(kDays, {{"city", 5}}, 0, 1, [](const auto& values, int day) {
        const double shown = values[0] < 3 ? 300 : 10;
        return CellDay{shown, {std::round(shown * (day > 40 ? .2 : .3))}};
      });
  snapshot.attributes[0].members = {5000, 5000, 5000, 12, 15};
  const TotalMove move = Move(snapshot, {"click", {}, nullptr, {}, {}, {}, {}});
  ASSERT_FALSE(move.refused);
  ASSERT_EQ(move.terms.size(), 4U);
  EXPECT_TRUE(move.terms.back().others);
  EXPECT_FALSE(move.terms.back().value);
  EXPECT_NEAR(move.terms.back().share_after, 20. / 920, 1e-12);
  EXPECT_NEAR(SumOfTerms(move), move.move.value, 1e-12);
}

// In these weeks only one small group is shown anything: nothing tells it from all small ones.
TEST(TotalMove, ASmallGroupIsNotSaidToBeAlone) {
  cube::Snapshot snapshot =
      MakeSnapshot(kDays, {{"city", 4}}, 0, 1, [](const auto& values, int day) {
        if (values[0] == 3 && day > 20) return CellDay{0, {0}};
        const double shown = values[0] == 2 ? 10 : values[0] == 3 ? 12 : 300 + 50. * values[0];
        return CellDay{shown, {std::round(shown * .3)}};
      });
  snapshot.attributes[0].members = {5000, 5000, 12, 15};
  const TotalMove move = Move(snapshot, {"click", {}, nullptr, {}, {}, {}, {}});
  ASSERT_EQ(move.terms.size(), 3U);
  EXPECT_TRUE(move.terms[2].others);
  EXPECT_FALSE(move.terms[2].value);
  EXPECT_NEAR(move.terms[2].share_after, 10. / 660, 1e-12);
}

TEST(TotalMove, AGroupThatVanishesIsMix) {
  const cube::Snapshot snapshot = Shop([](int age, int day) {
    return std::pair(age == 0 ? 400. : day < kDays - 8 ? 200. : 0., age == 0 ? .25 : .40);
  });
  const TotalMove move = Move(
      snapshot, {"click", "age", nullptr, snapshot.last_day - 7, snapshot.last_day - 1, {}, {}});
  EXPECT_FALSE(move.terms[1].rate_after);
  EXPECT_NEAR(move.terms[1].rate.value, 0, 1e-15);
  EXPECT_NEAR(move.mix.value, -.05, 1e-12);
}

TEST(TotalMove, SaysWhyNothingCanBeTold) {
  const cube::Snapshot snapshot = Calm();
  const auto refused = [&](const MoveRequest& request) { return Move(snapshot, request).refused; };
  EXPECT_EQ(refused({"return", {}, nullptr, {}, {}, {}, {}}), NoMove::kStageNotGiven);
  EXPECT_EQ(refused({"click", {}, nullptr, snapshot.first_day, snapshot.first_day + 6, {}, {}}),
            NoMove::kOutsideData);
  cube::Snapshot young = MakeSnapshot(10, {{"age", 2}}, 0, 1, [](const auto&, int) {
    return CellDay{100, {25}};
  });
  EXPECT_EQ(Move(young, {"click", {}, nullptr, {}, {}, {}, {}}).refused, NoMove::kNoTwoWeeks);
  cube::Snapshot timeless = Calm();
  timeless.stage_has_times.assign(3, false);
  const TotalMove open =
      Move(timeless, {"purchase", {}, nullptr, timeless.last_day - 6, timeless.last_day, {}, {}});
  EXPECT_EQ(open.refused, NoMove::kNotKnown);
  EXPECT_EQ(std::get<PendingRate>(open.after->state).reason, PendingReason::kNoOutcomeTimes);
  const cube::Snapshot plain = MakeSnapshot(kDays, {}, 0, 1, [](const auto&, int) {
    return CellDay{100, {25}};
  });
  EXPECT_EQ(Move(plain, {"click", {}, nullptr, {}, {}, {}, {}}).refused, NoMove::kNoGroups);
}

// A week in which nothing arrived for days says nothing about customers.
TEST(TotalMove, DaysWithoutAnyOutcomeAreNotCompared) {
  cube::Snapshot snapshot = Calm();
  for (cube::Family& family : snapshot.families) {
    std::erase_if(family.stages[kPurchase], [&](const cube::CountRow& row) {
      const Day arrival = row.shown + row.delay;
      return arrival >= snapshot.last_day - 24 && arrival <= snapshot.last_day - 20;
    });
  }
  const TotalMove move = Move(
      snapshot, {"purchase", {}, nullptr, snapshot.last_day - 25, snapshot.last_day - 19, {}, {}});
  EXPECT_EQ(move.refused, NoMove::kOutcomesMissing);
}

TEST(TotalMove, RefusesPeriodsThatAreNone) {
  const cube::Snapshot snapshot = Calm();
  const Figures figures = Figures::Make(snapshot, {});
  const Day last = snapshot.last_day;
  const auto error = [&](const MoveRequest& request) {
    const auto move = figures.Move(request);
    return move ? std::string("none") : move.error().message;
  };
  EXPECT_EQ(error({"view", {}, nullptr, {}, {}, {}, {}}), "No stage is named 'view'.");
  EXPECT_EQ(error({"click", "shoe", nullptr, {}, {}, {}, {}}), "No attribute is named 'shoe'.");
  EXPECT_EQ(error({"click", {}, nullptr, last, {}, {}, {}}),
            "A period needs its first and its last day: from and to, before_from and before_to.");
  EXPECT_EQ(error({"click", {}, nullptr, {}, {}, last - 3, last - 2}),
            "before_from and before_to need from and to, the period they are compared with.");
  EXPECT_EQ(error({"click", {}, nullptr, last, last - 1, {}, {}}),
            "The first day 2026-12-10 is after the last day 2026-12-09.");
  EXPECT_EQ(error({"click", {}, nullptr, last - 1, last, last - 3, last - 1}),
            "The periods 2026-12-07 to 2026-12-09 and 2026-12-09 to 2026-12-10 overlap; one day "
            "cannot be in both.");
}

TEST(NamedAttribute, IsThatOfACauseThatBeganBetweenThePeriods) {
  const Day day = Day::FromYmd(2026, 11, 10);
  Finding alert;
  alert.level = Level::kAlert;
  alert.stage = "click";
  alert.slice = Slice::Of({{"region", "South"}});
  alert.since = day;
  EXPECT_EQ(NamedAttribute({alert}, "click", day - 3, day + 3), "region");
  EXPECT_FALSE(NamedAttribute({alert}, "purchase", day - 3, day + 3));
  EXPECT_FALSE(NamedAttribute({alert}, "click", day, day + 3));
  EXPECT_FALSE(NamedAttribute({alert}, "click", day - 9, day - 1));
  Finding mix = alert;
  mix.level = Level::kInfo;
  mix.kind = FindingKind::kMixShift;
  mix.slice = {};
  mix.mix_attribute = "age_group";
  EXPECT_EQ(NamedAttribute({mix}, "click", day - 3, day + 3), "age_group");
  alert.explained_by = "000000000001";
  EXPECT_FALSE(NamedAttribute({alert}, "click", day - 3, day + 3));
}

}  // namespace
}  // namespace ripen::monitor
