#include "stats/direct_standardisation.h"

#include <algorithm>
#include <cmath>

namespace ripen::stats {
namespace {

constexpr double kPriorTrials = 20;

StratumCounts Total(std::span<const StratumCounts> strata) {
  StratumCounts total;
  for (const StratumCounts& stratum : strata) {
    total.a += stratum.a;
    total.b += stratum.b;
  }
  return total;
}

// 0 where the stratum is not supported.
double WeightOf(const StratumCounts& stratum, const StratumCounts& total, double least_trials) {
  if (std::min(stratum.a.trials, stratum.b.trials) < least_trials) return 0;
  return (stratum.a.trials / total.a.trials + stratum.b.trials / total.b.trials) / 2;
}

}  // namespace

double CommonSupport(std::span<const StratumCounts> strata, double least_trials) {
  const StratumCounts total = Total(strata);
  double support = 0;
  for (const StratumCounts& stratum : strata) support += WeightOf(stratum, total, least_trials);
  return std::min(support, 1.0);
}

StandardisedRates Standardise(std::span<const StratumCounts> strata, double widening_a,
                              double widening_b, const StandardisationOptions& options) {
  StandardisedRates rates;
  rates.support = CommonSupport(strata, options.least_trials);
  if (rates.support <= 0) return rates;
  const StratumCounts total = Total(strata);
  BinomialCount used_a;
  BinomialCount used_b;
  for (const StratumCounts& stratum : strata) {
    const double weight = WeightOf(stratum, total, options.least_trials) / rates.support;
    if (weight <= 0) continue;
    used_a += stratum.a;
    used_b += stratum.b;
    rates.rate_a += weight * stratum.a.Rate();
    rates.rate_b += weight * stratum.b.Rate();
    const auto variance = [&](const BinomialCount& own, const BinomialCount& all) {
      const double p = (own.events + kPriorTrials * all.Rate()) / (own.trials + kPriorTrials);
      return weight * weight * p * (1 - p) / own.trials;
    };
    rates.variance_a += widening_a * variance(stratum.a, total.a);
    rates.variance_b += widening_b * variance(stratum.b, total.b);
  }
  if (std::min(used_a.events / widening_a, used_b.events / widening_b) < options.least_events) {
    return rates;
  }
  rates.ratio = LogEstimate{std::log(rates.rate_a / rates.rate_b),
                            rates.variance_a / (rates.rate_a * rates.rate_a) +
                                rates.variance_b / (rates.rate_b * rates.rate_b)};
  return rates;
}

}  // namespace ripen::stats
