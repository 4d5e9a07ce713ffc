#include "stats/slope.h"

#include <cmath>
#include <cstddef>

namespace ripen::stats {
namespace {

constexpr int kMinDays = 5;

}  // namespace

std::optional<double> StandardizedSlope(std::span<const double> trials,
                                        std::span<const double> events,
                                        std::span<const double> expected) {
  double all_trials = 0;
  double all_events = 0;
  double all_expected = 0;
  double day_sum = 0;
  int days = 0;
  for (std::size_t day = 0; day < trials.size(); ++day) {
    if (trials[day] <= 0) continue;
    ++days;
    all_trials += trials[day];
    all_events += events[day];
    all_expected += expected[day];
    day_sum += trials[day] * static_cast<double>(day);
  }
  if (days < kMinDays || all_expected <= 0) return std::nullopt;
  const double rate = all_events / all_trials;
  const double ratio = all_events / all_expected;
  const double centre = day_sum / all_trials;
  double covariance = 0;
  double spread = 0;
  for (std::size_t day = 0; day < trials.size(); ++day) {
    const double distance = static_cast<double>(day) - centre;
    covariance += distance * (events[day] - ratio * expected[day]);
    spread += trials[day] * distance * distance;
  }
  const double variance = rate * (1 - rate) * spread;
  if (variance <= 0) return std::nullopt;
  return covariance / std::sqrt(variance);
}

}  // namespace ripen::stats
