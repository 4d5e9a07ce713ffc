#include "stats/nowcast.h"

#include <algorithm>
#include <boost/math/distributions/gamma.hpp>
#include <cmath>

namespace ripen::stats {
namespace {

constexpr double kLeastDayNoise = 1e-6;  // below it days do not differ
constexpr double kMostRate = .999;
constexpr double kTail = .05;

double At(std::span<double> draws, double quantile) {
  const auto position = static_cast<std::size_t>(quantile * static_cast<double>(draws.size() - 1));
  const auto middle = draws.begin() + static_cast<std::ptrdiff_t>(position);
  std::nth_element(draws.begin(), middle, draws.end());
  return *middle;
}

}  // namespace

double LaterProbability(double rate, double share) {
  const double bounded = std::min(rate, kMostRate);
  return std::clamp(bounded * (1 - share) / (1 - bounded * share), 0.0, 1.0);
}

double DrawRemaining(Draws& draws, const YoungCohort& cohort, double level, double day_noise) {
  if (cohort.share >= 1 || cohort.trials <= cohort.events) return 0;
  double rate = level;
  if (day_noise >= kLeastDayNoise) {
    const double shape = 1 / day_noise;
    rate = draws.Gamma(shape + std::max(cohort.events, 0.0),
                       shape / level + cohort.trials * cohort.share);
  }
  return static_cast<double>(
      draws.Binomial(static_cast<std::int64_t>(std::llround(cohort.trials - cohort.events)),
                     LaterProbability(rate, cohort.share)));
}

PredictedRange RangeOf(std::span<double> draws) {
  return {At(draws, .5), At(draws, kTail), At(draws, 1 - kTail)};
}

RemainingMoments MomentsOfRemaining(const YoungCohort& cohort, double level, double day_noise) {
  RemainingMoments moments;
  if (cohort.share >= 1 || cohort.trials <= cohort.events) return moments;
  double rate = level;
  double rate_variance = 0;
  double rate_per_level = 1;
  if (day_noise >= kLeastDayNoise) {
    const double shape = 1 / day_noise + std::max(cohort.events, 0.0);
    const double scale = 1 / day_noise / level + cohort.trials * cohort.share;
    rate = shape / scale;
    rate_variance = shape / (scale * scale);
    rate_per_level = shape / (scale * scale) / day_noise / (level * level);
  }
  const double open = cohort.trials - cohort.events;
  const double q = LaterProbability(rate, cohort.share);
  const double bounded = std::min(rate, kMostRate);
  // dq / d theta = (1 - F) / (1 - theta F)^2, dq / dF = -theta (1 - theta) / (1 - theta F)^2.
  const double rest = 1 - bounded * cohort.share;
  const double q_per_rate = (1 - cohort.share) / (rest * rest);
  moments.mean = open * q;
  moments.variance = open * q * (1 - q) + open * open * q_per_rate * q_per_rate * rate_variance;
  moments.per_level = open * q_per_rate * rate_per_level;
  moments.per_share = -open * bounded * (1 - bounded) / (rest * rest) * cohort.share;
  return moments;
}

PredictedRange RangeOfMoments(double mean, double variance) {
  if (mean <= 0 || variance <= 0) return {mean, mean, mean};
  const boost::math::gamma_distribution<double> law(mean * mean / variance, variance / mean);
  return {boost::math::quantile(law, .5), boost::math::quantile(law, kTail),
          boost::math::quantile(law, 1 - kTail)};
}

}  // namespace ripen::stats
