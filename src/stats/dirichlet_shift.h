// The Shiryaev-Roberts e-detector of a change of distribution over a few bins.
//
// Model. Counts of each day are Multinomial with one distribution before nu and one since; both
// have Dirichlet(1/2, ..) priors, so B(nu) = DM(before) DM(since) / DM(all) with the
// Dirichlet-multinomial marginal DM(c) = Gamma(k/2)/Gamma(k/2 + N) prod Gamma(1/2 +
// c_i)/Gamma(1/2). Days differ by more than chance: counts are divided by phi, the mean Pearson
// chi-square per degree of freedom of neighbouring days plus one standard error, at least 1. The
// largest pair is left out, for a change lies in one pair and a restless shop in all. Cost of being
// wrong. B is a Bayes factor: its mean without a change is 1 on average over the prior, not for
// every distribution. Simulated (30 days, 200 simulations each, M / days;
// docs/methods/leading-signs.md has the table): mean M stays below the number of days with days
// alike and with days that differ (phi up to 5). Fails when. Days are autocorrelated beyond their
// neighbours (a slow drift is a change and is found as one), or fewer than 12 days are there.
// Source. Dirichlet-multinomial: Good 1965, The Estimation of Probabilities; e-detector: Shin,
// Ramdas & Rinaldo 2023, arXiv:2203.03532. Worked value. Days (30, 70), (28, 72), (31, 69), (60,
// 40), phi 1, nu the fourth: ln B = 12.016531 (scipy gammaln).
#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace ripen::stats {

struct DirichletShiftOptions {
  std::size_t reference_days = 10;  // candidate starts begin after them
  std::size_t last_starts = 60;     // older candidate starts are dropped
};

struct DirichletShift {
  std::vector<double> log_evidence;  // ln B(nu) by day; kNoEvidence where nu is no candidate
  double dispersion = 1;             // phi
};

// Counts of days in bins: row after row, each of `bins`.
struct BinnedDays {
  std::span<const double> counts;
  std::size_t bins = 0;

  std::size_t days() const { return bins == 0 ? 0 : counts.size() / bins; }
  double At(std::size_t day, std::size_t bin) const { return counts[day * bins + bin]; }
};

// phi of neighbouring days; 1 with fewer than three pairs.
double NeighbourDispersion(const BinnedDays& days);

// ln DM of two parts less that of the whole; counts as they are. Requires: the same length.
double LogDirichletEvidence(std::span<const double> before, std::span<const double> since);

// Cost: days x bins.
DirichletShift FindDirichletShift(const BinnedDays& days, const DirichletShiftOptions& options);

}  // namespace ripen::stats
