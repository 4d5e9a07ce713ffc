#include "stats/main_effects.h"

#include <algorithm>

namespace ripen::stats {
namespace {

constexpr double kShrinkTrials = 20;

struct Sums {
  double trials = 0;
  double events = 0;
};

}  // namespace

std::vector<double> MainEffectRates(const CellAttributes& attributes,
                                    std::span<const double> cell_trials,
                                    std::span<const double> cell_events,
                                    std::span<const std::int32_t> stream_of_cell,
                                    std::size_t streams) {
  const std::size_t cells = cell_trials.size();
  const std::size_t width = attributes.attributes();
  std::vector<std::size_t> offset(width);
  std::size_t margins = 0;
  for (std::size_t attribute = 0; attribute < width; ++attribute) {
    offset[attribute] = margins;
    margins += attributes.sizes[attribute];
  }
  std::vector<Sums> total(streams);
  std::vector<Sums> margin(streams * margins);
  for (std::size_t cell = 0; cell < cells; ++cell) {
    if (stream_of_cell[cell] < 0) continue;
    const auto stream = static_cast<std::size_t>(stream_of_cell[cell]);
    total[stream].trials += cell_trials[cell];
    total[stream].events += cell_events[cell];
    for (std::size_t attribute = 0; attribute < width; ++attribute) {
      Sums& sums = margin[stream * margins + offset[attribute] +
                          attributes.values[cell * width + attribute]];
      sums.trials += cell_trials[cell];
      sums.events += cell_events[cell];
    }
  }
  std::vector<double> rates(cells);
  for (std::size_t cell = 0; cell < cells; ++cell) {
    if (stream_of_cell[cell] < 0) continue;
    const auto stream = static_cast<std::size_t>(stream_of_cell[cell]);
    if (total[stream].events <= 0) continue;
    const double rate = total[stream].events / total[stream].trials;
    double product = rate;
    for (std::size_t attribute = 0; attribute < width; ++attribute) {
      const Sums& sums = margin[stream * margins + offset[attribute] +
                                attributes.values[cell * width + attribute]];
      product *= (sums.events + kShrinkTrials * rate) / (sums.trials + kShrinkTrials) / rate;
    }
    rates[cell] = std::min(product, 1.0);
  }
  return rates;
}

}  // namespace ripen::stats
