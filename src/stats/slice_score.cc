#include "stats/slice_score.h"

#include <cmath>

namespace ripen::stats {
namespace {

constexpr double kPricePerPredicate = 2;

}  // namespace

double PoissonGain(double observed, double expected) {
  if (observed <= 0) return expected;
  return observed * std::log(observed / expected) - observed + expected;
}

double SliceScore(double observed, double expected, double dispersion, std::size_t predicates) {
  return PoissonGain(observed, expected) / dispersion -
         kPricePerPredicate * static_cast<double>(predicates);
}

}  // namespace ripen::stats
