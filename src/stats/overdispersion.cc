#include "stats/overdispersion.h"

#include <algorithm>
#include <cmath>
#include <cstddef>

namespace ripen::stats {
namespace {

constexpr double kMinTrials = 5;  // a rate of fewer trials is too coarse to difference
constexpr double kMaxRho = .2;    // beyond it a day counts as five trials whatever its size

}  // namespace

void Overdispersion::AddStream(std::span<const double> trials, std::span<const double> events) {
  double all_trials = 0;
  double all_events = 0;
  for (std::size_t day = 0; day < trials.size(); ++day) {
    all_trials += trials[day];
    all_events += events[day];
  }
  if (all_trials <= 0) return;
  const double rate = all_events / all_trials;
  const double variance = rate * (1 - rate);
  if (variance <= 0) return;
  for (std::size_t day = 0; day + 1 < trials.size(); ++day) {
    if (trials[day] < kMinTrials || trials[day + 1] < kMinTrials) continue;
    const double difference = events[day] / trials[day] - events[day + 1] / trials[day + 1];
    const double chance = 1 / trials[day] + 1 / trials[day + 1];
    const double weight = 1 / chance;
    const double excess = .5 * (difference * difference / variance - chance) * weight;
    weight_ += weight;
    excess_ += excess;
    squared_excess_ += excess * excess;
  }
}

double Overdispersion::Estimate() const {
  if (weight_ <= 0) return 0;
  return std::clamp((excess_ + std::sqrt(squared_excess_)) / weight_, 0.0, kMaxRho);
}

}  // namespace ripen::stats
