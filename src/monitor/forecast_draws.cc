// The draws of a span as a whole, for what is decomposed or compared draw by draw.
#include <algorithm>
#include <numeric>

#include "monitor/forecast.h"

namespace ripen::monitor {

std::vector<double> StageForecast::DrawsOf(const Sums& sums, std::size_t stream,
                                           double widening) const {
  std::vector<double> draws = sums.remaining;
  if (draws.empty()) {
    draws.assign(kDraws, sums.mean);
    // The gamma law with both moments, as the ranges of long lists have it.
    for (std::size_t draw = 0; draw < kDraws && sums.mean > 0 && sums.variance > 0; ++draw) {
      stats::Draws random({options_.seed, KeyOf(stream), draw});
      draws[draw] = random.Gamma(sums.mean * sums.mean / sums.variance, sums.mean / sums.variance);
    }
  }
  const double mean =
      std::accumulate(draws.begin(), draws.end(), 0.0) / static_cast<double>(draws.size());
  for (double& each : draws) each = std::max(0.0, mean + widening * (each - mean));
  return draws;
}

StageForecast::Eventual StageForecast::EventualOf(std::size_t stream, std::size_t from,
                                                  std::size_t to) const {
  const auto mean_of = [](const std::vector<double>& draws) {
    return std::accumulate(draws.begin(), draws.end(), 0.0) / static_cast<double>(draws.size());
  };
  const Sums sums = Sum(stream, from, to);
  const double widening = WideningOf(from, to);
  Eventual eventual;
  eventual.known_trials = sums.trials;
  eventual.known_events = sums.events;
  eventual.drawn_more_events = DrawsOf(sums, stream, widening);
  eventual.more_events = mean_of(eventual.drawn_more_events);
  eventual.drawn_more_trials.assign(kDraws, 0);
  if (base_ != nullptr) {
    eventual.drawn_more_trials =
        base_->DrawsOf(base_->Sum(stream, from, to), stream, base_->WideningOf(from, to));
    eventual.more_trials = mean_of(eventual.drawn_more_trials);
  }
  return eventual;
}

}  // namespace ripen::monitor
