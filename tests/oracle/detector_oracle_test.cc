// The detector against numbers made elsewhere: numerical integration (shift_evidence.py) and R's
// spc (shiryaev_roberts_arl.R).
//
// Risk of the simulations: each mean is compared at five of its standard errors (probability 6e-7
// for a right program on a fresh seed); seeds are fixed.
#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <random>
#include <vector>

#include "stats/normal_shift.h"
#include "stats/shiryaev_roberts.h"
#include "stats/strata.h"

namespace ripen::oracle {
namespace {

constexpr std::array<double, 3> kScales{.1, .3, 1};

struct IntegratedCase {
  double score;
  double variance;
  double record_variance;
  double ratio;
};

TEST(DetectorOracle, StartEvidenceEqualsNumericalIntegration) {
  constexpr std::array<IntegratedCase, 6> kCases{{{-12, 9, .1875, 220.0014177},
                                                  {3, 20, .09, .3349001583},
                                                  {0, 5, .25, .5762343747},
                                                  {25, 60, .21, 21.27404973},
                                                  {-1.5, .4, .05, 2.573590418},
                                                  {8, 30, .006, .1920114095}}};
  for (const IntegratedCase& made : kCases) {
    const double ratio =
        std::exp(stats::LogStartEvidence(made.score, made.variance, made.record_variance, kScales));
    EXPECT_NEAR(ratio / made.ratio, 1, 1e-8) << made.score;
  }
}

TEST(DetectorOracle, NormalShiftEvidenceEqualsNumericalIntegration) {
  const double ratio = std::exp(stats::LogNormalShiftEvidence(20.0 / 3, 4.0 / 3, 209.0 / 6, 5, 1));
  EXPECT_NEAR(ratio / 4.7352027, 1, 1e-6);
}

TEST(DetectorOracle, EvidenceHasMeanOneWithoutAChange) {
  // Integrates B over the standard normal law of the deviate by Simpson's rule.
  for (const double variance : {.5, 9.0, 400.0}) {
    const double record_variance = .2;
    constexpr int kSteps = 400000;
    constexpr double kEdge = 400;
    double sum = 0;
    for (int step = 0; step <= kSteps; ++step) {
      const double z = -kEdge + 2 * kEdge * step / kSteps;
      const double log_density = -.5 * z * z - .5 * std::log(2 * M_PI);
      const double log_ratio =
          stats::LogStartEvidence(z * std::sqrt(variance), variance, record_variance, kScales);
      const double factor = step == 0 || step == kSteps ? 1 : (step % 2 == 1 ? 4 : 2);
      sum += factor * std::exp(log_density + log_ratio);
    }
    EXPECT_NEAR(sum * 2 * kEdge / kSteps / 3, 1, 1e-6) << variance;
  }
}

// The mean time until the sum over starts reaches the threshold, for normal data with a known shift
// of one: B(nu) is the product of the likelihood ratios since nu, so M grows by the recursion
// below.
struct RunLength {
  double mean = 0;
  double standard_error = 0;
};

RunLength Simulate(double threshold, double mean, int runs, std::uint64_t seed) {
  std::mt19937_64 random(seed);
  std::normal_distribution<double> normal(mean, 1);
  double sum = 0;
  double squares = 0;
  for (int run = 0; run < runs; ++run) {
    double log_sum = stats::kNoEvidence;
    int days = 0;
    while (log_sum < std::log(threshold)) {
      ++days;
      log_sum = stats::LogSum(std::array{0.0, log_sum}) + normal(random) - .5;
    }
    sum += days;
    squares += static_cast<double>(days) * days;
  }
  const double average = sum / runs;
  return {average, std::sqrt((squares / runs - average * average) / runs)};
}

TEST(DetectorOracle, RunLengthsEqualThoseOfSpc) {
  struct Row {
    double threshold;
    double in_control;
    double out_of_control;
    int runs;
  };
  constexpr std::array<Row, 3> kRows{
      {{50, 90.01, 6.50, 20000}, {200, 357.69, 9.12, 6000}, {1000, 1785.3, 12.29, 1500}}};
  for (const Row& row : kRows) {
    const RunLength quiet = Simulate(row.threshold, 0, row.runs, 17);
    EXPECT_NEAR(quiet.mean, row.in_control, 5 * quiet.standard_error) << row.threshold;
    EXPECT_GT(quiet.mean, row.threshold);  // the theorem: at least the threshold
    const RunLength changed = Simulate(row.threshold, 1, 20000, 18);
    EXPECT_NEAR(changed.mean, row.out_of_control, 5 * changed.standard_error + .005)
        << row.threshold;
  }
}

// Days of binomial counts with the baseline unknown, day after day, as a look sees them.
TEST(DetectorOracle, TheSumOverStartsStaysUnderTheDaysWithoutAChange) {
  std::mt19937_64 random(23);
  constexpr int kHistories = 3000;
  constexpr std::size_t kDays = 40;
  double sum = 0;
  double squares = 0;
  int alarms = 0;
  constexpr double kThreshold = 300;
  for (int history = 0; history < kHistories; ++history) {
    std::vector<double> trials;
    std::vector<double> events;
    std::binomial_distribution<int> draw(300, .23);
    bool alarmed = false;
    double evidence = 0;
    for (std::size_t day = 0; day < kDays; ++day) {
      trials.push_back(300);
      events.push_back(draw(random));
      const double log_sum =
          stats::LogSum(stats::LogStartEvidences(stats::OneStratum(trials, events, {}), {}));
      evidence = std::exp(log_sum);
      alarmed = alarmed || evidence >= kThreshold;
    }
    alarms += alarmed;
    sum += evidence;
    squares += evidence * evidence;
  }
  const double mean = sum / kHistories;
  const double error = std::sqrt((squares / kHistories - mean * mean) / kHistories);
  EXPECT_LE(mean, kDays + 5 * error);
  // By the theorem at most days / threshold of the histories alarm.
  EXPECT_LE(alarms, kHistories * kDays / kThreshold);
}

}  // namespace
}  // namespace ripen::oracle
