#include "stats/homogeneity.h"

#include <algorithm>
#include <cmath>

namespace ripen::stats {
namespace {

constexpr double kMinExpected = 5;

}  // namespace

double ChiSquareUpperTail(double value, int freedom) {
  if (value <= 0) return 1;
  const double half = value / 2;
  // Q(k + 2) = Q(k) + (x/2)^(k/2) exp(-x/2) / Gamma(k/2 + 1), from Q(1) or Q(2).
  const bool odd = freedom % 2 == 1;
  double tail = odd ? std::erfc(std::sqrt(half)) : std::exp(-half);
  for (int k = odd ? 1 : 2; k < freedom; k += 2) {
    tail += std::exp(.5 * k * std::log(half) - half - std::lgamma(.5 * k + 1));
  }
  return std::min(tail, 1.0);
}

std::optional<double> HomogeneityTail(std::span<const Part> parts, double rate, double dispersion) {
  double observed = 0;
  double expected = 0;
  int used = 0;
  for (const Part& part : parts) {
    if (part.expected < kMinExpected) continue;
    observed += part.observed;
    expected += part.expected;
    ++used;
  }
  if (used < 2 || observed <= 0 || rate >= 1) return std::nullopt;
  const double ratio = observed / expected;
  double chi_square = 0;
  for (const Part& part : parts) {
    if (part.expected < kMinExpected) continue;
    const double difference = part.observed - ratio * part.expected;
    chi_square += difference * difference / (ratio * part.expected * (1 - rate) * dispersion);
  }
  return ChiSquareUpperTail(chi_square, used - 1);
}

}  // namespace ripen::stats
