#include "stats/drift_effect.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <numeric>

#include "stats/wilson.h"

namespace ripen::stats {
namespace {

constexpr double kEmptyBin = .5;  // records that an empty bin counts as

double SumOf(std::span<const double> counts) {
  return std::accumulate(counts.begin(), counts.end(), 0.0);
}

// Sums f(a, b) over the bins that either side has anything in.
template <typename Term>
double OverBins(std::span<const double> before, std::span<const double> since, const Term& term) {
  const double n = SumOf(before);
  const double m = SumOf(since);
  double sum = 0;
  for (std::size_t bin = 0; bin < before.size(); ++bin) {
    if (before[bin] <= 0 && since[bin] <= 0) continue;
    sum += term(std::max(before[bin], kEmptyBin) / n, std::max(since[bin], kEmptyBin) / m);
  }
  return sum;
}

}  // namespace

double PopulationStabilityIndex(std::span<const double> before, std::span<const double> since) {
  return OverBins(before, since, [](double a, double b) { return (a - b) * std::log(a / b); });
}

double JensenShannon(std::span<const double> before, std::span<const double> since) {
  return OverBins(before, since, [](double a, double b) {
    const double middle = (a + b) / 2;
    return (a * std::log2(a / middle) + b * std::log2(b / middle)) / 2;
  });
}

DriftEffect JensenShannonEffect(std::span<const double> before, std::span<const double> since,
                                double dispersion) {
  const double per_unit =
      dispersion * (1 / SumOf(before) + 1 / SumOf(since)) / (8 * std::numbers::ln2);
  double freedom = -1;
  for (std::size_t bin = 0; bin < before.size(); ++bin) {
    if (before[bin] > 0 || since[bin] > 0) freedom += 1;
  }
  const double chi = std::max(0.0, JensenShannon(before, since)) / per_unit;
  const auto beyond_chance = [&](double root) {
    return root <= 0 ? 0 : std::max(0.0, root * root - freedom) * per_unit;
  };
  const double root = std::sqrt(chi);
  return {beyond_chance(root), beyond_chance(root - kNormal90), beyond_chance(root + kNormal90)};
}

DriftEffect StandardisedMean(const TwoMeans& means) {
  const double value = (means.since - means.before) / means.standard_deviation;
  const double half =
      kNormal90 *
      std::sqrt(means.variance_of_day * (1 / means.days_before + 1 / means.days_since)) /
      means.standard_deviation;
  return {value, value - half, value + half};
}

}  // namespace ripen::stats
