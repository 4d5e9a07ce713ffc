// The Shiryaev-Roberts e-detector of a change of level: M = sum over candidate starts nu of B(nu).
//
// Model. Score statistics of one stream, by cohort day: q(nu) is what came since nu beyond the
// stream's own expectation, V(nu) its variance (strata.h makes both). B(nu) is the likelihood ratio
// of the location-maximal invariant: flat prior on every baseline, normal prior with standard
// deviation tau on the shift, mixed over tau in {.1, .3, 1} standard deviations of one record. So B
// has mean 1 without a change whatever the baseline, M - t is a martingale, and the mean time
// between false alarms at M >= A is at least A. Cost of being wrong. Threshold A = 90 / weight
// keeps one false alarm in 90 days over all streams together; measured: 0 of 250 quiet months
// alarmed at one look. A fall of one group from 28 to 15 % is found in 1 to 4 days at 100 to 500
// trials a day. Fails when. The level drifts slowly (nu is then the middle of the drift), day
// effects are autocorrelated, or the change lies in the first `reference_cohorts` days. Source.
// Shin, Ramdas & Rinaldo 2023, E-detectors, arXiv:2203.03532, section 2; Roberts 1966,
// Technometrics 8:411-430; the invariant mixture: Lindon, Ham, Tingley & Bojinov, arXiv:2210.08589.
// Worked value. q = -12, V = 9, v = .1875: B = 220.001418 (numerical integration over baseline and
// shift).
#pragma once

#include <array>
#include <cstddef>
#include <limits>
#include <span>
#include <vector>

namespace ripen::stats {

constexpr double kNoEvidence = -std::numeric_limits<double>::infinity();

struct DetectorOptions {
  // r0: cohort days that only serve as reference; 10 also where weekdays differ (rho carries them).
  std::size_t reference_cohorts = 10;
  std::size_t last_starts = 60;  // older candidate starts are dropped: the new level is the level
  double min_expected = 5;       // events and non-events expected on either side of a start
  // Prior standard deviations of the shift, in standard deviations of one record: .3 is 13 points
  // at a rate of 28 %.
  std::array<double, 3> shift_scales{.1, .3, 1};
};

// What one stream shows for every candidate start, all suffix sums over the cohorts d >= nu.
struct StartStatistics {
  std::vector<double> trials;    // effective trials since nu
  std::vector<double> score;     // q(nu)
  std::vector<double> variance;  // V(nu)
  std::vector<double> skew;      // third cumulant of q(nu)
  double all_trials = 0;         // effective trials of the stream
  double rate = 0;               // p of the stream
};

// ln B for one candidate start. `record_variance` is v = p (1 - p), so that variance / v counts
// trials. Requires: variance > 0, record_variance > 0.
double LogStartEvidence(double score, double variance, double record_variance,
                        std::span<const double> shift_scales);

// The score as a standard normal deviate, corrected for the skewness of the counts (first order of
// the signed root of the likelihood ratio): rises of rare events count less, falls more.
double StandardDeviate(double score, double variance, double third_cumulant);

// ln B(nu) for every cohort; kNoEvidence where nu is no candidate.
std::vector<double> LogStartEvidences(const StartStatistics& statistics,
                                      const DetectorOptions& options);

// ln of the sum of the exponentials; kNoEvidence for none.
double LogSum(std::span<const double> logs);

// The largest z^2 over candidate starts: ln M <= z^2 / 2 + ln(candidates), so that most streams
// need no exponentials at all.
double LargestSquaredDeviate(const StartStatistics& statistics, const DetectorOptions& options);

}  // namespace ripen::stats
