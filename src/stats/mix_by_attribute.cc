#include "stats/mix_by_attribute.h"

#include <array>
#include <cmath>
#include <limits>
#include <map>

namespace ripen::stats {
namespace {

constexpr double kNever = -std::numeric_limits<double>::infinity();

// |T|! (k - |T| - 1)! / k!
double OrderWeight(std::size_t size, std::size_t attributes) {
  double weight = 1 / static_cast<double>(attributes);
  for (std::size_t i = 1; i <= size; ++i) {
    weight *= static_cast<double>(i) / static_cast<double>(attributes - i);
  }
  return weight;
}

std::size_t SizeOf(std::size_t subset) {
  std::size_t size = 0;
  for (; subset > 0; subset &= subset - 1) ++size;
  return size;
}

// The logarithms of the factors of one period: cells x attributes.
std::vector<double> LogFactors(std::span<const double> shares,
                               std::span<const std::uint16_t> values, std::size_t attributes) {
  const std::size_t subsets = std::size_t{1} << attributes;
  std::vector<double> log_marginal(shares.size() * subsets);
  for (std::size_t subset = 0; subset < subsets; ++subset) {
    std::map<std::vector<std::uint16_t>, double> sums;
    std::vector<std::vector<std::uint16_t>> keys(shares.size());
    for (std::size_t cell = 0; cell < shares.size(); ++cell) {
      for (std::size_t at = 0; at < attributes; ++at) {
        if ((subset >> at & 1U) != 0) keys[cell].push_back(values[cell * attributes + at]);
      }
      sums[keys[cell]] += shares[cell];
    }
    for (std::size_t cell = 0; cell < shares.size(); ++cell) {
      const double sum = sums[keys[cell]];
      log_marginal[cell * subsets + subset] = sum > 0 ? std::log(sum) : kNever;
    }
  }
  std::vector<double> factors(shares.size() * attributes);
  for (std::size_t cell = 0; cell < shares.size(); ++cell) {
    const double* marginal = &log_marginal[cell * subsets];
    for (std::size_t at = 0; at < attributes; ++at) {
      double& factor = factors[cell * attributes + at];
      for (std::size_t subset = 0; subset < subsets; ++subset) {
        // Beyond an empty marginal nothing becomes rarer.
        if ((subset >> at & 1U) != 0 || marginal[subset] == kNever) continue;
        factor += OrderWeight(SizeOf(subset), attributes) *
                  (marginal[subset | std::size_t{1} << at] - marginal[subset]);
      }
    }
  }
  return factors;
}

}  // namespace

std::vector<double> MixByAttribute(std::span<const GroupCounts> cells,
                                   std::span<const std::uint16_t> values, std::size_t attributes) {
  GroupCounts all;
  for (const GroupCounts& cell : cells) {
    all.trials_before += cell.trials_before;
    all.trials_after += cell.trials_after;
  }
  std::vector<double> effects(attributes);
  if (attributes == 0 || all.trials_before <= 0 || all.trials_after <= 0) return effects;
  std::vector<double> share_before;
  std::vector<double> share_after;
  std::vector<double> rates;
  for (const GroupCounts& cell : cells) {
    share_before.push_back(cell.trials_before / all.trials_before);
    share_after.push_back(cell.trials_after / all.trials_after);
    const double before = cell.trials_before > 0 ? cell.events_before / cell.trials_before : 0;
    const double after = cell.trials_after > 0 ? cell.events_after / cell.trials_after : before;
    rates.push_back(((cell.trials_before > 0 ? before : after) + after) / 2);
  }
  const std::vector<double> before = LogFactors(share_before, values, attributes);
  const std::vector<double> after = LogFactors(share_after, values, attributes);
  const std::size_t subsets = std::size_t{1} << attributes;
  std::vector<double> standardised(subsets);
  for (std::size_t subset = 0; subset < subsets; ++subset) {
    double events = 0;
    double trials = 0;
    for (std::size_t cell = 0; cell < cells.size(); ++cell) {
      double log_share = 0;
      for (std::size_t at = 0; at < attributes; ++at) {
        log_share += ((subset >> at & 1U) != 0 ? after : before)[cell * attributes + at];
      }
      const double share = std::exp(log_share);
      trials += share;
      events += share * rates[cell];
    }
    // Two periods without a common cell have mixtures without any; the step is then the last one's.
    standardised[subset] = trials > 0 ? events / trials : kNever;
  }
  for (std::size_t subset = 1; subset < subsets; ++subset) {
    if (standardised[subset] == kNever) standardised[subset] = standardised[subset & (subset - 1)];
  }
  for (std::size_t at = 0; at < attributes; ++at) {
    for (std::size_t subset = 0; subset < subsets; ++subset) {
      if ((subset >> at & 1U) != 0) continue;
      effects[at] += OrderWeight(SizeOf(subset), attributes) *
                     (standardised[subset | std::size_t{1} << at] - standardised[subset]);
    }
  }
  return effects;
}

}  // namespace ripen::stats
