#include "stats/beta_binomial.h"

#include <algorithm>
#include <boost/math/special_functions/gamma.hpp>
#include <boost/math/tools/minima.hpp>
#include <cmath>
#include <cstddef>
#include <utility>

namespace ripen::stats {
namespace {

constexpr int kBits = 26;  // half of a double's: a minimum is not known better

constexpr double kInside = 1e-6;  // rates are kept from 0 and 1

double LogBeta(double a, double b) {
  return boost::math::lgamma(a) + boost::math::lgamma(b) - boost::math::lgamma(a + b);
}

// Minus the log likelihood of one group, but for its binomial coefficient.
double LossOf(const GroupCount& group, double rate, double weight) {
  const double a = rate * weight;
  const double b = (1 - rate) * weight;
  return LogBeta(a, b) - LogBeta(a + group.events, b + group.trials - group.events);
}

double Loss(std::span<const GroupCount> groups, double rate, double weight) {
  double loss = 0;
  for (const GroupCount& group : groups) loss += LossOf(group, rate, weight);
  return loss;
}

// The likeliest rate at a weight, with its loss.
std::pair<double, double> BestRate(std::span<const GroupCount> groups, double lowest,
                                   double highest, double weight) {
  return boost::math::tools::brent_find_minima(
      [&](double rate) { return Loss(groups, rate, weight); }, lowest, highest, kBits);
}

}  // namespace

std::optional<GroupPrior> FitGroupPrior(std::span<const GroupCount> groups) {
  double trials = 0;
  double events = 0;
  double lowest = 1;
  double highest = 0;
  int told = 0;
  for (const GroupCount& group : groups) {
    if (group.trials <= 0) continue;
    ++told;
    trials += group.trials;
    events += group.events;
    lowest = std::min(lowest, group.events / group.trials);
    highest = std::max(highest, group.events / group.trials);
  }
  if (told < 2 || events <= 0 || events >= trials) return std::nullopt;
  lowest = std::max(lowest, kInside);
  highest = std::min(highest, 1 - kInside);
  if (highest - lowest < kInside) return GroupPrior{events / trials, kMostWeight};
  const auto weight = boost::math::tools::brent_find_minima(
      [&](double log_weight) {
        return BestRate(groups, lowest, highest, std::exp(log_weight)).second;
      },
      0.0, std::log(kMostWeight), kBits);
  const double best = std::exp(weight.first);
  return GroupPrior{BestRate(groups, lowest, highest, best).first, best};
}

double FitWeightAround(std::span<const GroupCount> groups, std::span<const double> rates) {
  const auto weight = boost::math::tools::brent_find_minima(
      [&](double log_weight) {
        double loss = 0;
        for (std::size_t at = 0; at < groups.size(); ++at) {
          const double rate = std::clamp(rates[at], kInside, 1 - kInside);
          loss += LossOf(groups[at], rate, std::exp(log_weight));
        }
        return loss;
      },
      0.0, std::log(kMostWeight), kBits);
  return std::exp(weight.first);
}

double ShrunkenRate(const GroupCount& group, const GroupPrior& prior) {
  return (group.events + prior.weight * prior.rate) / (group.trials + prior.weight);
}

}  // namespace ripen::stats
