// What each scenario promises, counted over its recommendations.
//
// Risk of these tests: seeds are fixed, so a build either passes or fails for ever. A rate is
// compared with its truth at 4.5 standard errors (7e-6 each if the truth holds); about 150 rates
// are compared, so another generator would fail by chance with probability 1e-3.
#include "sim/scenario.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <string>

#include "sim/generator.h"

namespace ripen::sim {
namespace {

struct Count {
  std::int64_t trials = 0;
  std::int64_t events = 0;
  double rate() const { return static_cast<double>(events) / static_cast<double>(trials); }
};

// All recommendations of a world, in memory.
class Played {
 public:
  explicit Played(const std::string& name, int per_day = 4'000, double share_25_34 = .10) {
    options_.scenario = name;
    options_.per_day = per_day;
    options_.share_25_34 = share_25_34;
    const Scenario* scenario = FindScenario(name);
    const Day last = Day::FromYmd(2026, 11, 20);
    const Day first = last - (scenario->default_days - 1);
    const Generator generator(options_, *scenario, first, last);
    change_day_ = generator.change_day();
    snapshot_ = (last + 1).days_since_epoch() * kSecondsPerDay;
    std::int64_t number = 0;
    for (Day day = first; day <= last; day = day + 1) {
      const DayPlan plan = generator.PlanDay(day);
      plans_.push_back(plan);
      for (std::int64_t index = 0; index < plan.count; ++index) {
        rows_.push_back(generator.Make(plan, index, ++number));
      }
    }
  }

  using Filter = std::function<bool(const Recommendation&)>;
  Count Clicks(const Filter& filter) const {
    Count count;
    for (const Recommendation& row : rows_) {
      if (!filter(row)) continue;
      ++count.trials;
      count.events += row.happens[kClick];
    }
    return count;
  }

  const std::vector<Recommendation>& rows() const { return rows_; }
  const std::vector<DayPlan>& plans() const { return plans_; }
  Day change_day() const { return *change_day_; }
  std::int64_t snapshot() const { return snapshot_; }

 private:
  WorldOptions options_;
  std::vector<Recommendation> rows_;
  std::vector<DayPlan> plans_;
  std::optional<Day> change_day_;
  std::int64_t snapshot_ = 0;
};

Day DayOf(const Recommendation& row) {
  return Day(static_cast<std::int32_t>(row.shown_seconds / kSecondsPerDay));
}

Played::Filter In(AttributeIndex attribute, std::size_t value, bool after) {
  return [=](const Recommendation& row) {
    return row.after_change == after && row.values[attribute] == value;
  };
}

void ExpectRate(const Count& count, double truth, const std::string& what) {
  ASSERT_GT(count.trials, 0) << what;
  const double error = std::sqrt(truth * (1 - truth) / static_cast<double>(count.trials));
  EXPECT_NEAR(count.rate(), truth, 4.5 * error) << what << " of " << count.trials;
}

// For slices whose truth is an average over customers that vary a little from seed to seed.
void ExpectSameRate(const Count& before, const Count& after, double factor,
                    const std::string& what) {
  const double pooled = before.rate();
  const double error = std::sqrt(
      pooled * (1 - pooled) *
      (1.0 / static_cast<double>(before.trials) + 1.0 / static_cast<double>(after.trials)));
  EXPECT_NEAR(after.rate(), before.rate() * factor, 4.5 * error) << what;
}

constexpr std::array<double, kAges> kUsualAges = {.29, .28, .245, .22, .19};

void ExpectAges(const Played& world, const std::array<double, kAges>& before,
                const std::array<double, kAges>& after) {
  for (std::size_t age = 0; age < kAges; ++age) {
    const std::string name(ValueName(kAge, age, Language::kEnglish));
    ExpectRate(world.Clicks(In(kAge, age, false)), before[age], name + " before");
    ExpectRate(world.Clicks(In(kAge, age, true)), after[age], name + " after");
  }
}

TEST(ScenarioTest, SegmentDropFallsAtAges25To34Only) {
  for (const double share : {.10, .24}) {
    const Played world("segment-drop", 4'000, share);
    EXPECT_EQ(world.change_day().Iso(), "2026-11-11");
    ExpectAges(world, kUsualAges, {.29, .15, .245, .22, .19});
    Count members;
    for (const Recommendation& row : world.rows()) {
      ++members.trials;
      members.events += row.values[kAge] == kAge2534;
    }
    ExpectRate(members, share, "share of 25-34");
    const double total = world.Clicks([](const Recommendation&) { return true; }).rate();
    EXPECT_NEAR(total, .235, .006) << "the total hides it";
  }
}

TEST(ScenarioTest, AboutSixtyPercentOfTheRowsHaveTheTruthIn) {
  const Played world("segment-drop");
  std::int64_t confirmed = 0;
  for (const Recommendation& row : world.rows()) {
    confirmed += row.confirmed_seconds < world.snapshot();
  }
  EXPECT_NEAR(static_cast<double>(confirmed) / static_cast<double>(world.rows().size()), .60, .02);
}

TEST(ScenarioTest, OutcomesKeepTheirOrderAndWindowsAndNeverFollowTheTruthFlag) {
  for (const char* name : {"segment-drop", "slower-purchases"}) {
    const Played world(name, 1'000);
    for (const Recommendation& row : world.rows()) {
      if (row.happens[kClick]) {
        EXPECT_GT(row.seconds[kClick], row.shown_seconds);
        EXPECT_LT(row.seconds[kClick], row.shown_seconds + kSecondsPerDay);
      }
      if (row.happens[kPurchase]) {
        EXPECT_TRUE(row.happens[kClick]) << "only clickers buy";
        EXPECT_GT(row.seconds[kPurchase], row.seconds[kClick]);
        EXPECT_LT(row.seconds[kPurchase], row.shown_seconds + 14 * kSecondsPerDay);
      }
      if (row.happens[kReturn]) {
        EXPECT_TRUE(row.happens[kPurchase]) << "only buyers send back";
        EXPECT_GT(row.seconds[kReturn], row.seconds[kPurchase] + 2 * kSecondsPerDay);
        EXPECT_LT(row.seconds[kReturn], row.seconds[kPurchase] + 30 * kSecondsPerDay);
      }
      for (std::size_t stage = 0; stage < kStages; ++stage) {
        if (row.happens[stage]) {
          EXPECT_LT(row.seconds[stage], row.confirmed_seconds);
        }
      }
      EXPECT_GE(row.confirmed_seconds, row.shown_seconds + kSecondsPerDay);
    }
  }
}

TEST(ScenarioTest, PurchasesAndReturnsHaveTheirRates) {
  const Played world("stable");
  Count bought;
  Count sent_back;
  for (const Recommendation& row : world.rows()) {
    ++bought.trials;
    bought.events += row.happens[kPurchase];
    if (!row.happens[kPurchase]) continue;
    ++sent_back.trials;
    sent_back.events += row.happens[kReturn];
  }
  ExpectRate(bought, .035, "purchases of shown");
  ExpectRate(sent_back, kReturnRate, "returns of purchases");
}

TEST(ScenarioTest, StableHasTheSameRatesThroughout) {
  const Played world("stable");
  for (std::size_t age = 0; age < kAges; ++age) {
    ExpectRate(world.Clicks(In(kAge, age, false)), kUsualAges[age], "age");
  }
  for (const Recommendation& row : world.rows()) ASSERT_FALSE(row.after_change);
}

// Sum over days of (x - n p)^2 / (n p (1 - p)), divided by days - 1: 1 without day effects.
double Dispersion(const Played& world, const Played::Filter& filter) {
  const double p = world.Clicks(filter).rate();
  double sum = 0;
  for (const DayPlan& plan : world.plans()) {
    const Count day = world.Clicks(
        [&](const Recommendation& row) { return DayOf(row) == plan.day && filter(row); });
    const auto n = static_cast<double>(day.trials);
    sum += std::pow(static_cast<double>(day.events) - n * p, 2) / (n * p * (1 - p));
  }
  return sum / static_cast<double>(world.plans().size() - 1);
}

TEST(ScenarioTest, NoisyDaysDifferMoreThanChanceAndStableDaysDoNot) {
  const auto everybody = [](const Recommendation&) { return true; };
  const auto middle_age = [](const Recommendation& row) { return row.values[kAge] == 2; };
  const Played stable("stable");
  // Chi-square with 29 degrees of freedom over 29: above 2.2 or below .3 with probability 4e-4.
  EXPECT_LT(Dispersion(stable, everybody), 2.2);
  EXPECT_GT(Dispersion(stable, everybody), 0.3);
  const Played noisy("noisy");
  // The common noise alone adds n (p .06)^2 / (p (1 - p)) = 4.4 at n = 4,000.
  EXPECT_GT(Dispersion(noisy, everybody), 2.5);
  EXPECT_GT(Dispersion(noisy, middle_age), 1.5);
  ExpectRate(stable.Clicks(everybody), .2391, "stable total");
  EXPECT_NEAR(noisy.Clicks(everybody).rate(), .2391, .012) << "the same level over the month";
}

TEST(ScenarioTest, WeekendsAreClickedFortyPercentMore) {
  const Played world("weekday");
  const auto weekend = [](const Recommendation& row) { return DayOf(row).iso_weekday() >= 6; };
  const auto working = [&](const Recommendation& row) { return !weekend(row); };
  ExpectSameRate(world.Clicks(working), world.Clicks(weekend), 1.4, "weekend");
}

TEST(ScenarioTest, MixMovesTheTotalAndNoGroup) {
  const std::array<double, kAges> ages = {.33, .28, .25, .20, .14};
  const Played world("mix");
  ExpectAges(world, ages, ages);
  const double before = world.Clicks([](const auto& row) { return !row.after_change; }).rate();
  const double after = world.Clicks([](const auto& row) { return row.after_change; }).rate();
  EXPECT_LT(after, before - .03);
  EXPECT_EQ(world.Clicks(In(kAge, kAge2534, true)).trials > 3'000, true) << "25-34 stays a tenth";
}

TEST(ScenarioTest, MixAndDropDoesBoth) {
  ExpectAges(Played("mix-and-drop"), {.33, .28, .25, .20, .14}, {.33, .15, .25, .20, .14});
}

TEST(ScenarioTest, TotalDropLowersEveryAgeAndRegionByAFifth) {
  const Played world("total-drop");
  ExpectAges(world, kUsualAges, {.232, .224, .196, .176, .152});
  for (std::size_t region = 0; region < 4; ++region) {
    ExpectSameRate(world.Clicks(In(kRegion, region, false)),
                   world.Clicks(In(kRegion, region, true)), .8, "region");
  }
}

TEST(ScenarioTest, IntersectionLowersOnePairOnly) {
  const Played world("intersection");
  for (std::size_t age = 0; age < kAges; ++age) {
    for (std::size_t region = 0; region < 4; ++region) {
      const auto pair = [&](bool after) {
        return world.Clicks([=](const Recommendation& row) {
          return row.after_change == after && row.values[kAge] == age &&
                 row.values[kRegion] == region;
        });
      };
      ExpectSameRate(pair(false), pair(true), age == 2 && region == 2 ? .4 : 1,
                     std::string(ValueName(kAge, age, Language::kEnglish)) + " " +
                         std::string(ValueName(kRegion, region, Language::kEnglish)));
    }
  }
}

TEST(ScenarioTest, SlowDriftSinksStepByStep) {
  const Played world("slow-drift");
  const auto rate_from = [&](int from, int to) {
    return world.Clicks([&, from, to](const Recommendation& row) {
      const int day = DayOf(row) - world.change_day();
      return row.values[kAge] == kAge2534 && day >= from && day < to;
    });
  };
  EXPECT_EQ(world.change_day().Iso(), "2026-11-01");
  ExpectRate(rate_from(-10, 0), .28, "before");
  // On the k-th day of 15 (1, 2, ...) the fall is k / 15 of 13 points.
  ExpectRate(rate_from(0, 5), .28 - .13 * 3 / 15, "days 1 to 5");
  ExpectRate(rate_from(5, 10), .28 - .13 * 8 / 15, "days 6 to 10");
  ExpectRate(rate_from(14, 20), .15, "since day 15");
}

TEST(ScenarioTest, TwoCausesFallAndRise) {
  ExpectAges(Played("two-causes"), kUsualAges, {.29, .15, .245, .33, .19});
}

TEST(ScenarioTest, SaleDayRaisesEveryAgeAndTheVolume) {
  const Played world("sale-day");
  EXPECT_EQ(world.change_day().Iso(), "2026-11-17");
  ExpectAges(world, kUsualAges, {.406, .392, .343, .308, .266});
  EXPECT_NEAR(static_cast<double>(world.plans().back().count), 6'000, 600);
}

TEST(ScenarioTest, LoggingChangeSilencesClicksAndTriplesTheVolume) {
  const Played world("logging-change");
  EXPECT_EQ(world.Clicks([](const auto& row) { return row.after_change; }).events, 0);
  EXPECT_NEAR(static_cast<double>(world.plans().back().count), 12'000, 1'200);
  const auto purchases = std::count_if(
      world.rows().begin(), world.rows().end(),
      [](const Recommendation& row) { return row.after_change && row.happens[kPurchase]; });
  EXPECT_GT(purchases, 1'500) << "purchases go on";
}

TEST(ScenarioTest, ReturnsRiseAtAges35To44Only) {
  const Played world("returns-rise", 2'000);
  for (std::size_t age = 0; age < kAges; ++age) {
    for (const bool after : {false, true}) {
      Count returns;
      for (const Recommendation& row : world.rows()) {
        if (row.values[kAge] != age || row.after_change != after || !row.happens[kPurchase])
          continue;
        ++returns.trials;
        returns.events += row.happens[kReturn];
      }
      ExpectRate(returns, after && age == 2 ? .54 : .30, "returns");
    }
  }
}

TEST(ScenarioTest, SlowerPurchasesTakeTwiceAsLongAndAreNoFewer) {
  const Played world("slower-purchases", 2'000);
  std::array<Count, 2> bought;
  std::array<double, 2> days{};
  for (const Recommendation& row : world.rows()) {
    Count& count = bought[row.after_change];
    ++count.trials;
    count.events += row.happens[kPurchase];
    if (row.happens[kPurchase]) {
      days[row.after_change] += static_cast<double>(row.seconds[kPurchase] - row.seconds[kClick]) /
                                static_cast<double>(kSecondsPerDay);
    }
  }
  ExpectSameRate(bought[0], bought[1], 1, "purchases");
  const double before = days[0] / static_cast<double>(bought[0].events);
  const double after = days[1] / static_cast<double>(bought[1].events);
  EXPECT_NEAR(before, 1.85, .15);
  EXPECT_NEAR(after / before, 2.0, .2);
}

TEST(ScenarioTest, ExposureShowsSustainableCustomersHalfAsMuchWinter) {
  const Played world("exposure");
  const auto share = [&](bool prefers, bool after) {
    Count winter;
    for (const Recommendation& row : world.rows()) {
      if ((row.values[kPreference] == 0) != prefers || row.after_change != after) continue;
      ++winter.trials;
      winter.events += row.values[kCollection] == 3;
    }
    return winter;
  };
  ExpectRate(share(true, false), .35, "before");
  ExpectRate(share(true, true), .175 / .825, "after");  // of what is left
  ExpectRate(share(false, false), .35, "others before");
  ExpectRate(share(false, true), .35, "others after");
}

TEST(ScenarioTest, SeasonsBringFourCollectionsOneAfterTheOther) {
  const Played world("seasons", 200);
  ASSERT_EQ(world.plans().size(), 365U);
  // By value: Autumn, Spring, Summer, Winter.
  constexpr std::array<std::size_t, 4> kOrder = {3, 1, 2, 0};
  const Day first = world.plans().front().day;
  for (std::size_t quarter = 0; quarter < 4; ++quarter) {
    std::array<int, 4> shown{};
    for (const Recommendation& row : world.rows()) {
      const int day = DayOf(row) - first;
      if (day >= static_cast<int>(91 * quarter) + 45 && day < static_cast<int>(91 * quarter) + 90) {
        ++shown[row.values[kCollection]];
      }
    }
    EXPECT_EQ(
        static_cast<std::size_t>(std::max_element(shown.begin(), shown.end()) - shown.begin()),
        kOrder[quarter]);
    // The next one is not there yet, and the one before is gone.
    EXPECT_EQ(std::count_if(shown.begin(), shown.end(), [](int count) { return count > 0; }), 1);
  }
}

TEST(ScenarioTest, EveryAttributeHasItsSharesAndLeavesTheAgesAsTheyAre) {
  const Played world("stable");
  for (std::size_t attribute = kDevice; attribute < kAttributeCount; ++attribute) {
    const std::vector<ValueWords>& values = Attributes()[attribute].values;
    double share = 0;
    for (std::size_t value = 0; value < values.size(); ++value) {
      Count members;
      for (const Recommendation& row : world.rows()) {
        ++members.trials;
        members.events += row.values[attribute] == value;
      }
      if (values[value].share == 0) {
        EXPECT_EQ(members.events, 0);
      } else {
        ExpectRate(members, values[value].share, std::string(values[value].english));
      }
      share += values[value].share;
    }
    EXPECT_NEAR(share, 1, 1e-12) << Attributes()[attribute].english;
  }
}

}  // namespace
}  // namespace ripen::sim
