#include "stats/wilson.h"

#include <algorithm>
#include <cmath>

namespace ripen::stats {

RateInterval WilsonInterval(double rate, double effective_trials, double quantile) {
  if (effective_trials <= 0) return {};
  const double z2_share = quantile * quantile / effective_trials;
  const double centre = (rate + z2_share / 2) / (1 + z2_share);
  const double half =
      quantile * std::sqrt(rate * (1 - rate) / effective_trials + z2_share / effective_trials / 4) /
      (1 + z2_share);
  // Rounding must not push an end past the rate at 0 or 1.
  return {std::clamp(centre - half, 0.0, rate), std::clamp(centre + half, rate, 1.0)};
}

}  // namespace ripen::stats
