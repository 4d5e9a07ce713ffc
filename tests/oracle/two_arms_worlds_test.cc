// Two arms watched every day for a year, in worlds whose truth is known: how often a difference is
// claimed where there is none, how often the range ever loses the truth, and how soon a difference
// is found. The figures stand in docs/methods/side-by-side.md.
//
// Risk. Seeds are fixed. A level of exactly .05 would exceed .05 + 3 s.e. (.0646 of 2000 runs) with
// a chance of 2e-3; measured levels lie well below it. Powers are bounded at least 5 s.e. below
// what was measured.
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <iostream>
#include <vector>

#include "stats/draws.h"
#include "stats/two_sample.h"
#include "stats/two_totals.h"

namespace ripen::stats {
namespace {

struct World {
  int days = 365;
  int runs = 2000;
  double trials_a = 1000;  // a day, between .7 and 1.3 times as many
  double trials_b = 1000;
  double rate = .2;
  double ratio = 1;     // of arm a's rate to arm b's
  double day_sd = .15;  // of the logarithm of a day's common factor
  double rho = 0;       // of each arm's own days
  std::size_t strata = 1;
};

struct Outcome {
  double claimed = 0;     // share of runs
  double over_level = 0;  // evidence of 1 / alpha on some day
  double lost_truth = 0;  // the range left out the truth on some day
  int median_claim = -1;  // day, counted from 1
};

Outcome Watch(const World& world) {
  const TwoSampleOptions options;
  Outcome outcome;
  std::vector<std::size_t> claims;
  for (int run = 0; run < world.runs; ++run) {
    Draws draws({20261127, static_cast<std::uint64_t>(run), 0});
    TwoRates watch(world.strata, options);
    std::vector<std::pair<double, double>> truth;  // information, and times the difference
    bool over_level = false;
    bool lost_truth = false;
    for (int day = 0; day < world.days; ++day) {
      double normal = -6;  // twelve uniforms less six
      for (int k = 0; k < 12; ++k) normal += draws.Uniform();
      const double factor = std::exp(world.day_sd * normal);
      std::vector<TwoArmCell> cells;
      double information = 0;
      double difference = 0;
      // What the day does to one arm, as a factor around 1.
      const auto own_factor = [&] {
        if (world.rho <= 0) return 1.0;
        const double precision = (1 - world.rho) / world.rho;
        return draws.Beta(world.rate * precision, (1 - world.rate) * precision) / world.rate;
      };
      const double own_a = own_factor();
      const double own_b = own_factor();
      for (std::size_t stratum = 0; stratum < world.strata; ++stratum) {
        const auto size = static_cast<double>(world.strata);
        const double tilt = 1 + .5 * (static_cast<double>(stratum) - (size - 1) / 2) / size;
        const double rate_b = world.rate * factor * tilt;
        const double rate_a = rate_b * world.ratio;
        const auto trials = [&](double mean) {
          return static_cast<std::int64_t>(mean / size * (.7 + .6 * draws.Uniform()) +
                                           draws.Uniform());
        };
        const std::int64_t n_a = trials(world.trials_a);
        const std::int64_t n_b = trials(world.trials_b);
        TwoArmCell cell;
        cell.stratum = stratum;
        cell.a = {static_cast<double>(n_a),
                  static_cast<double>(draws.Binomial(n_a, rate_a * own_a))};
        cell.b = {static_cast<double>(n_b),
                  static_cast<double>(draws.Binomial(n_b, rate_b * own_b))};
        cells.push_back(cell);
        if (n_a == 0 || n_b == 0) continue;
        const double weight = cell.a.trials * cell.b.trials / (cell.a.trials + cell.b.trials);
        information += weight;
        difference += weight * (rate_a - rate_b);
      }
      truth.emplace_back(information, difference);
      watch.AddDay(cells);
      const TwoSampleState& state = watch.state();
      over_level = over_level || state.highest_log_evidence >= -std::log(options.alpha);
      if (!state.low) continue;
      double all_information = 0;
      double all_difference = 0;
      for (const auto& [each, times_difference] : truth) {
        const double share = 1 / (1 + 2 * state.rho * each);
        all_information += share * each;
        all_difference += share * times_difference;
      }
      const double mean = all_difference / all_information;
      lost_truth = lost_truth || mean < *state.low || mean > *state.high;
    }
    outcome.over_level += over_level ? 1. / world.runs : 0;
    outcome.lost_truth += lost_truth ? 1. / world.runs : 0;
    if (watch.first_claim()) claims.push_back(*watch.first_claim());
  }
  std::sort(claims.begin(), claims.end());
  outcome.claimed = static_cast<double>(claims.size()) / world.runs;
  if (!claims.empty()) outcome.median_claim = static_cast<int>(claims[claims.size() / 2]) + 1;
  std::cout << "claimed " << outcome.claimed << ", evidence over the level " << outcome.over_level
            << ", range lost the truth " << outcome.lost_truth << ", median day of the claim "
            << outcome.median_claim << "\n";
  return outcome;
}

// alpha + 3 standard errors.
double Most(const World& world) { return .05 + 3 * std::sqrt(.05 * .95 / world.runs); }

void ExpectLevelKept(const World& world) {
  const Outcome outcome = Watch(world);
  EXPECT_LE(outcome.claimed, Most(world));
  EXPECT_LE(outcome.over_level, Most(world));
  EXPECT_LE(outcome.lost_truth, Most(world));
}

TEST(TwoArmsWorlds, AYearWithoutADifference) { ExpectLevelKept({}); }

TEST(TwoArmsWorlds, AYearOfRareOutcomesInFourStrataWithUnequalArms) {
  World world;
  world.trials_a = 200;
  world.rate = .02;
  world.strata = 4;
  ExpectLevelKept(world);
}

TEST(TwoArmsWorlds, AYearWhoseDaysDifferByArm) {
  World world;
  world.rho = .002;  // a day's 1000 records are worth 333
  ExpectLevelKept(world);
}

TEST(TwoArmsWorlds, TwoMonthsWhoseDaysDifferMuchByArm) {
  World world;
  world.days = 60;
  world.rho = .02;  // a day's 1000 records are worth 48
  ExpectLevelKept(world);
}

TEST(TwoArmsWorlds, ADifferenceOfTwoInAHundredIsFoundAndMeasured) {
  World world;
  world.days = 60;
  world.runs = 1000;
  world.rate = .22;
  world.ratio = 24. / 22;
  const Outcome outcome = Watch(world);
  EXPECT_GE(outcome.claimed, .97);
  EXPECT_LE(outcome.median_claim, 20);
  EXPECT_LE(outcome.lost_truth, Most(world));
}

TEST(TwoArmsWorlds, ThreeTenthsMoreOfRareOutcomesIsFoundWithUnequalArms) {
  World world;
  world.days = 120;
  world.runs = 1000;
  world.trials_a = 500;
  world.trials_b = 4500;
  world.rate = .02;
  world.ratio = 1.3;
  world.strata = 4;
  const Outcome outcome = Watch(world);
  EXPECT_GE(outcome.claimed, .95);
  EXPECT_LE(outcome.lost_truth, Most(world));
}

// Totals of two arms: every day customers come, some buy at once and others later, and each brings
// `visits` records that are alike. The share of runs in which a difference is ever claimed; both
// arms are the same.
double TotalsClaimed(int runs, int visits) {
  constexpr int kDays = 120;
  constexpr std::int64_t kCustomersADay = 500;
  int claimed = 0;
  for (int run = 0; run < runs; ++run) {
    Draws draws({20261127, static_cast<std::uint64_t>(run), 1});
    TwoTotals totals({});
    std::array<std::int64_t, 2> waiting{};  // came, and did not buy yet
    std::array<double, 2> bought{};
    for (int day = 1; day <= kDays; ++day) {
      std::array<ArmMean, 2> arms;
      for (std::size_t arm = 0; arm < 2; ++arm) {
        const std::int64_t later = draws.Binomial(waiting[arm], .01);
        const std::int64_t at_once = draws.Binomial(kCustomersADay, .05);
        waiting[arm] += kCustomersADay - at_once - later;
        bought[arm] += static_cast<double>(at_once + later);
        const double mean = bought[arm] / static_cast<double>(kCustomersADay * day);
        arms[arm] = {static_cast<double>(kCustomersADay * day * visits), mean, mean * (1 - mean)};
      }
      totals.LookAt(arms[0], arms[1]);
    }
    if (totals.first_claim()) ++claimed;
  }
  const double share = claimed / static_cast<double>(runs);
  std::cout << "claimed " << share << "\n";
  return share;
}

TEST(TwoTotalsWorlds, CustomersWhoBuyLaterAreNoDifference) {
  EXPECT_LE(TotalsClaimed(2000, 1), .05 + 3 * std::sqrt(.05 * .95 / 2000));
}

TEST(TwoTotalsWorlds, ManyRecordsOfOneCustomerAreNoDifference) {
  EXPECT_LE(TotalsClaimed(2000, 4), .05 + 3 * std::sqrt(.05 * .95 / 2000));
}

}  // namespace
}  // namespace ripen::stats
