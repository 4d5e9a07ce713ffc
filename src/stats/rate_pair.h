// Two rates of other records: the ranges of their difference and of their ratio.
//
// Model. Both are binomial on effective counts (overdispersion.h), independent of each other. The
// difference has Newcombe's hybrid range from the two Wilson ranges:
//   low = d - sqrt((p1 - l1)^2 + (u2 - p2)^2), high = d + sqrt((u1 - p1)^2 + (p2 - l2)^2).
// The ratio has Miettinen and Nurminen's: all theta that the score test does not refute,
//   (p1 - theta p2)^2 <= z^2 (q1 / n1 + theta^2 q2 / n2) N / (N - 1),  q = r (1 - r),
// r1 = theta r2 the rates most likely under that ratio. A rate that is itself predicted counts by
// as many trials as its whole uncertainty is worth (TrialsWorth). Cost of being wrong. Coverage of
// the 90 % ranges .88 to .92 from 5 expected events in each group on. Fails when. The groups share
// their noise: what moves both on one day is counted as if it moved each alone, and the ranges are
// too wide. Source. Newcombe 1998, Statistics in Medicine 17:873-890, method 10; Miettinen &
// Nurminen 1985, Statistics in Medicine 4:213-226. Worked value. 56 of 70 against 48 of 80 at 90 %:
// difference .2, from .076564 to .313645; ratio 4/3, from 1.116730 to 1.609418.
#pragma once

#include <optional>

#include "stats/wilson.h"

namespace ripen::stats {

struct PairedRate {
  double rate = 0;
  double trials = 0;  // effective
};

struct PairRange {
  double value = 0;
  double low = 0;
  double high = 0;
};

// Requires: 0 <= rate <= 1, trials > 0.
PairRange DifferenceRange(const PairedRate& rate, const PairedRate& against,
                          double quantile = kNormal90);

// nullopt where either rate is 0: the ratio has no value or no bound. Requires: as DifferenceRange.
std::optional<PairRange> RatioRange(const PairedRate& rate, const PairedRate& against,
                                    double quantile = kNormal90);

// The trials whose binomial variance is that of `trials` trials and `variance` on top. Requires: 0
// < rate < 1, trials > 0.
double TrialsWorth(double rate, double trials, double variance);

}  // namespace ripen::stats
