#include "stats/dirichlet_shift.h"

#include <algorithm>
#include <cmath>

#include "stats/shiryaev_roberts.h"

namespace ripen::stats {
namespace {

constexpr double kPrior = .5;  // Jeffreys

// ln DM(c) but for terms that cancel between two parts and the whole.
double LogMarginal(std::span<const double> counts) {
  double sum = 0;
  double log = 0;
  for (const double count : counts) {
    log += std::lgamma(kPrior + count) - std::lgamma(kPrior);
    sum += count;
  }
  const double prior = kPrior * static_cast<double>(counts.size());
  return log + std::lgamma(prior) - std::lgamma(prior + sum);
}

// Pearson's chi-square per degree of freedom of two days; absent where one has no counts.
bool PairDispersion(const BinnedDays& days, std::size_t day, double& ratio) {
  double first = 0;
  double second = 0;
  for (std::size_t bin = 0; bin < days.bins; ++bin) {
    first += days.At(day, bin);
    second += days.At(day + 1, bin);
  }
  if (first <= 0 || second <= 0) return false;
  double chi = 0;
  double freedom = -1;
  for (std::size_t bin = 0; bin < days.bins; ++bin) {
    const double both = days.At(day, bin) + days.At(day + 1, bin);
    if (both <= 0) continue;
    const double share = both / (first + second);
    const double off = days.At(day, bin) - first * share;
    chi += off * off / share * (1 / first + 1 / second);
    freedom += 1;
  }
  if (freedom < 1) return false;
  ratio = chi / freedom;
  return true;
}

}  // namespace

double NeighbourDispersion(const BinnedDays& days) {
  std::vector<double> ratios;
  for (std::size_t day = 0; day + 1 < days.days(); ++day) {
    double ratio = 0;
    if (PairDispersion(days, day, ratio)) ratios.push_back(ratio);
  }
  if (ratios.size() < 3) return 1;
  ratios.erase(std::max_element(ratios.begin(), ratios.end()));
  double mean = 0;
  for (const double ratio : ratios) mean += ratio;
  const auto pairs = static_cast<double>(ratios.size());
  mean /= pairs;
  double squares = 0;
  for (const double ratio : ratios) squares += (ratio - mean) * (ratio - mean);
  return std::max(1.0, mean + std::sqrt(squares / (pairs - 1) / pairs));
}

double LogDirichletEvidence(std::span<const double> before, std::span<const double> since) {
  std::vector<double> all(before.begin(), before.end());
  for (std::size_t bin = 0; bin < all.size(); ++bin) all[bin] += since[bin];
  return LogMarginal(before) + LogMarginal(since) - LogMarginal(all);
}

DirichletShift FindDirichletShift(const BinnedDays& days, const DirichletShiftOptions& options) {
  const std::size_t count = days.days();
  DirichletShift found{std::vector<double>(count, kNoEvidence), NeighbourDispersion(days)};
  std::vector<double> before(days.bins);
  std::vector<double> since(days.bins);
  for (std::size_t day = 0; day < count; ++day) {
    for (std::size_t bin = 0; bin < days.bins; ++bin) {
      since[bin] += days.At(day, bin) / found.dispersion;
    }
  }
  const std::size_t oldest = count > options.last_starts ? count - options.last_starts : 0;
  const std::size_t first = std::max(oldest, options.reference_days);
  for (std::size_t start = 0; start < count; ++start) {
    if (start >= first) found.log_evidence[start] = LogDirichletEvidence(before, since);
    for (std::size_t bin = 0; bin < days.bins; ++bin) {
      const double tempered = days.At(start, bin) / found.dispersion;
      before[bin] += tempered;
      since[bin] = std::max(0.0, since[bin] - tempered);
    }
  }
  return found;
}

}  // namespace ripen::stats
