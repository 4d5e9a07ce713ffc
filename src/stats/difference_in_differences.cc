#include "stats/difference_in_differences.h"

#include <algorithm>
#include <cmath>

#include "stats/two_sample.h"

namespace ripen::stats {

std::optional<LogEstimate> LogOddsRatio(const BinomialCount& now, const BinomialCount& before,
                                        double least) {
  LogEstimate estimate;
  for (const BinomialCount* count : {&now, &before}) {
    const double misses = count->trials - count->events;
    if (std::min(count->events, misses) < least) return std::nullopt;
    const double odds = std::log(count->events / misses);
    estimate.value += count == &now ? odds : -odds;
    estimate.variance += 1 / count->events + 1 / misses;
  }
  return estimate;
}

RatioRange AnytimeRange(const LogEstimate& estimate, double alpha) {
  TwoSampleOptions mixture;
  mixture.alpha = alpha;
  mixture.effect_scales = {.05, .2, .5};
  const double half = MixtureDeviate(1 / estimate.variance, mixture) * std::sqrt(estimate.variance);
  return {std::exp(estimate.value), std::exp(estimate.value - half),
          std::exp(estimate.value + half)};
}

}  // namespace ripen::stats
