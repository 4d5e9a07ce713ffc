#include "stats/isotonic.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace ripen::stats {
namespace {

struct Block {
  double trials = 0;
  double events = 0;
  std::size_t bins = 0;
  double rate() const { return events / trials; }
};

constexpr int kMostSteps = 50;
constexpr double kSmallStep = 1e-10;
constexpr double kRidge = 1e-9;  // keeps the step finite where all scores are the same

}  // namespace

std::vector<double> FitIsotonic(std::span<const ScoreBin> bins) {
  std::vector<Block> blocks;
  std::size_t empty_first = 0;
  for (const ScoreBin& bin : bins) {
    if (bin.trials <= 0) {
      blocks.empty() ? ++empty_first : ++blocks.back().bins;
      continue;
    }
    blocks.push_back({bin.trials, bin.events, 1});
    while (blocks.size() > 1 && blocks[blocks.size() - 2].rate() >= blocks.back().rate()) {
      const Block last = blocks.back();
      blocks.pop_back();
      blocks.back().trials += last.trials;
      blocks.back().events += last.events;
      blocks.back().bins += last.bins;
    }
  }
  std::vector<double> fitted(empty_first, blocks.empty() ? 0 : blocks.front().rate());
  for (const Block& block : blocks) fitted.insert(fitted.end(), block.bins, block.rate());
  return fitted;
}

double LogisticLine::At(double score) const {
  return 1 / (1 + std::exp(-(intercept + slope * (score - centre) / scale)));
}

std::optional<LogisticLine> FitPlatt(std::span<const ScoreBin> bins) {
  double trials = 0;
  double events = 0;
  double sum = 0;
  for (const ScoreBin& bin : bins) {
    trials += bin.trials;
    events += bin.events;
    sum += bin.trials * bin.score;
  }
  if (events <= 0 || events >= trials) return std::nullopt;
  LogisticLine line;
  line.centre = sum / trials;
  double squares = 0;
  for (const ScoreBin& bin : bins) {
    squares += bin.trials * (bin.score - line.centre) * (bin.score - line.centre);
  }
  if (squares > 0) line.scale = std::sqrt(squares / trials);
  // Platt's targets: an event counts (N+ + 1) / (N+ + 2), a record without one 1 / (N- + 2).
  const double yes = (events + 1) / (events + 2);
  const double no = 1 / (trials - events + 2);
  line.intercept = std::log(events / (trials - events));
  for (int step = 0; step < kMostSteps; ++step) {
    double gradient[2] = {0, 0};
    double curvature[3] = {kRidge, 0, kRidge};
    for (const ScoreBin& bin : bins) {
      const double at = (bin.score - line.centre) / line.scale;
      const double rate = line.At(bin.score);
      const double off = bin.events * yes + (bin.trials - bin.events) * no - bin.trials * rate;
      const double weight = bin.trials * rate * (1 - rate);
      gradient[0] += off;
      gradient[1] += off * at;
      curvature[0] += weight;
      curvature[1] += weight * at;
      curvature[2] += weight * at * at;
    }
    const double determinant = curvature[0] * curvature[2] - curvature[1] * curvature[1];
    const double up = (curvature[2] * gradient[0] - curvature[1] * gradient[1]) / determinant;
    const double tilt = (curvature[0] * gradient[1] - curvature[1] * gradient[0]) / determinant;
    // A step of over two logits would overshoot where rates are near 0 or 1.
    const double most = std::max({1.0, std::abs(up) / 2, std::abs(tilt) / 2});
    line.intercept += up / most;
    line.slope += tilt / most;
    if (std::abs(up) + std::abs(tilt) < kSmallStep) break;
  }
  return line;
}

double CalibrationError(std::span<const ScoreBin> bins) {
  double trials = 0;
  double distance = 0;
  double chance = 0;
  for (const ScoreBin& bin : bins) {
    if (bin.trials <= 0) continue;
    const double rate = bin.events / bin.trials;
    trials += bin.trials;
    distance += bin.trials * std::abs(rate - bin.score);
    chance += bin.trials * std::sqrt(2 / std::numbers::pi * rate * (1 - rate) / bin.trials);
  }
  return std::max(0.0, (distance - chance) / trials);
}

}  // namespace ripen::stats
