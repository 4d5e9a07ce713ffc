#include "stats/raking.h"

#include <algorithm>
#include <cmath>

#include "base/parallel.h"

namespace ripen::stats {
namespace {

constexpr double kShrinkage = 20;  // trials with the rate of all
constexpr int kMostRounds = 12;
constexpr double kCloseEnough = 1e-3;  // of a factor, between two rounds
constexpr std::size_t kCellsAtOnce = std::size_t{1} << 16U;

}  // namespace

std::vector<double> RakedRates(const RakingCells& cells, int threads) {
  const std::size_t count = cells.trials.size();
  double all_trials = 0;
  double all_events = 0;
  std::vector<std::uint32_t> tried;  // only these take part in the fit
  for (std::size_t cell = 0; cell < count; ++cell) {
    all_trials += cells.trials[cell];
    all_events += cells.events[cell];
    if (cells.trials[cell] > 0) tried.push_back(static_cast<std::uint32_t>(cell));
  }
  const double rate = std::max(all_events, 0.0) / all_trials;
  std::vector<std::vector<double>> due;
  std::vector<std::vector<double>> factors;
  for (std::size_t attribute = 0; attribute < cells.columns.size(); ++attribute) {
    std::vector<double> trials(cells.sizes[attribute]);
    std::vector<double>& events = due.emplace_back(cells.sizes[attribute]);
    for (const std::uint32_t cell : tried) {
      trials[cells.columns[attribute][cell]] += cells.trials[cell];
      events[cells.columns[attribute][cell]] += cells.events[cell];
    }
    for (std::size_t value = 0; value < trials.size(); ++value) {
      events[value] = trials[value] * (std::max(events[value], 0.0) + kShrinkage * rate) /
                      (trials[value] + kShrinkage);
    }
    factors.emplace_back(cells.sizes[attribute], 1.0);
  }
  std::vector<double> expected(tried.size());
  for (std::size_t at = 0; at < tried.size(); ++at) expected[at] = cells.trials[tried[at]] * rate;
  for (int round = 0; round < kMostRounds; ++round) {
    double farthest = 0;
    for (std::size_t attribute = 0; attribute < cells.columns.size(); ++attribute) {
      const std::span<const std::uint16_t> column = cells.columns[attribute];
      std::vector<double> sums(cells.sizes[attribute]);
      for (std::size_t at = 0; at < tried.size(); ++at) sums[column[tried[at]]] += expected[at];
      std::vector<double> steps(sums.size(), 1.0);
      for (std::size_t value = 0; value < sums.size(); ++value) {
        if (sums[value] <= 0) continue;
        steps[value] = due[attribute][value] / sums[value];
        factors[attribute][value] *= steps[value];
        farthest = std::max(farthest, std::abs(steps[value] - 1));
      }
      for (std::size_t at = 0; at < tried.size(); ++at) {
        expected[at] *= steps[column[tried[at]]];
      }
    }
    if (farthest < kCloseEnough) break;
  }
  std::vector<double> rates(count);
  ParallelFor((count + kCellsAtOnce - 1) / kCellsAtOnce, threads, [&](std::size_t block) {
    const std::size_t end = std::min(count, (block + 1) * kCellsAtOnce);
    for (std::size_t cell = block * kCellsAtOnce; cell < end; ++cell) {
      double product = rate;
      for (std::size_t attribute = 0; attribute < factors.size(); ++attribute) {
        product *= factors[attribute][cells.columns[attribute][cell]];
      }
      rates[cell] = std::min(product, 1.0);
    }
  });
  return rates;
}

}  // namespace ripen::stats
