#include "stats/homogeneity.h"

#include <boost/math/special_functions/gamma.hpp>

namespace ripen::stats {
namespace {

constexpr double kMinExpected = 5;

}  // namespace

double ChiSquareUpperTail(double value, int freedom) {
  return value > 0 ? boost::math::gamma_q(.5 * freedom, .5 * value) : 1;
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
