#include "stats/move_ranges.h"

#include <algorithm>
#include <functional>

#include "stats/nowcast.h"

namespace ripen::stats {
namespace {

EffectRange RangeAround(double value, std::span<double> draws) {
  const PredictedRange range = RangeOf(draws);
  return {value, std::min(range.low, value), std::max(range.high, value)};
}

}  // namespace

bool IsSimpson(double move, std::span<const EffectRange> rates) {
  bool any = false;
  for (const EffectRange& rate : rates) {
    if (!rate.BeyondItsRange()) continue;
    if (rate.value * move >= 0) return false;
    any = true;
  }
  return any;
}

MoveRanges RangesOfMove(std::span<const GroupCounts> point,
                        std::span<const std::vector<GroupCounts>> draws) {
  MoveRanges ranges;
  ranges.point = DecomposeMove(point);
  std::vector<Decomposition> moves;
  moves.reserve(draws.size());
  for (const std::vector<GroupCounts>& draw : draws) moves.push_back(DecomposeMove(draw));
  std::vector<double> values(moves.size());
  const auto range = [&](double value, const std::function<double(const Decomposition&)>& term) {
    std::transform(moves.begin(), moves.end(), values.begin(), term);
    return RangeAround(value, values);
  };
  const Decomposition& at = ranges.point;
  ranges.move = range(at.rate_after - at.rate_before,
                      [](const Decomposition& move) { return move.rate_after - move.rate_before; });
  ranges.rate = range(at.rate_effect, [](const Decomposition& move) { return move.rate_effect; });
  ranges.mix = range(at.mix_effect, [](const Decomposition& move) { return move.mix_effect; });
  for (std::size_t group = 0; group < point.size(); ++group) {
    ranges.rates.push_back(range(at.rate_effects[group], [&](const Decomposition& move) {
      return move.rate_effects[group];
    }));
    ranges.mixes.push_back(range(
        at.mix_effects[group], [&](const Decomposition& move) { return move.mix_effects[group]; }));
  }
  ranges.simpson = IsSimpson(ranges.move.value, ranges.rates);
  return ranges;
}

void MoveToTotal(std::span<double> parts, std::span<const double> weights, double total) {
  double sum = 0;
  double all_weights = 0;
  for (std::size_t part = 0; part < parts.size(); ++part) {
    sum += parts[part];
    all_weights += weights[part];
  }
  if (all_weights <= 0) return;
  for (std::size_t part = 0; part < parts.size(); ++part) {
    parts[part] += (total - sum) * weights[part] / all_weights;
  }
}

std::vector<double> DrawCounted(std::span<const CountedGroup> groups, double total_effective_trials,
                                std::span<Draws> of_group, Draws& of_total) {
  double trials = 0;
  double events = 0;
  std::vector<double> drawn;
  for (const CountedGroup& group : groups) {
    trials += group.trials;
    events += group.events;
    drawn.push_back(group.events);
  }
  // Without an event, or without a trial that has none, there is no noise to speak of.
  if (trials <= 0 || events <= 0 || events >= trials) return drawn;
  const double overall = events / trials;
  std::vector<double> variances(groups.size());
  for (std::size_t at = 0; at < groups.size(); ++at) {
    const CountedGroup& group = groups[at];
    if (group.trials <= 0) continue;
    const double rate = std::clamp(group.events / group.trials, 0.0, 1.0);
    const double yes = rate * group.effective_trials + overall;
    const double no = (1 - rate) * group.effective_trials + 1 - overall;
    const double all = yes + no;
    drawn[at] = group.trials * of_group[at].Beta(yes, no);
    variances[at] = group.trials * group.trials * yes * no / (all * all * (all + 1));
  }
  const double total_rate = of_total.Beta(overall * total_effective_trials + overall,
                                          (1 - overall) * total_effective_trials + 1 - overall);
  MoveToTotal(drawn, variances, trials * total_rate);
  return drawn;
}

}  // namespace ripen::stats
