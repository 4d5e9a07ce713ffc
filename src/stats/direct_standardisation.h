// Direct standardisation: two rates as they would be among the same customers.
//
// Model. Strata s with n_As, x_As and n_Bs, x_Bs. Weights w_s = (n_As / n_A + n_Bs / n_B) / 2 over
// the strata in which both have `least_trials`, scaled to 1; rate = sum w_s x_s / n_s, var = sum
// w_s^2 p_s (1 - p_s) / n_s with p_s = (x_s + k p) / (n_s + k), p the rate over all strata, k = 20.
// The support is the sum of w_s before scaling: the part of both sides' trials that went to
// customers of whom both are seen. Cost of being wrong. Weights of rare strata rest on few trials
// and widen the range; strata under `least_trials` are left out, which the support tells. Fails
// when. The sides' customers differ by something that is no stratum. Source. Direct
// standardisation: Keiding 1987, Stat. Sci. 2:321-347 (history); Breslow & Day 1987, Statistical
// Methods in Cancer Research II, section 2.2; ln of a ratio by the delta method: Katz, Baptista,
// Azen & Pike 1978, Biometrics 34:469-474. Worked value. A: 30 of 100 and 10 of 300, B: 60 of 300
// and 5 of 100: weights .5 and .5, rates .166667 and .125, support 1; raw rates .1 and .1625.
#pragma once

#include <optional>
#include <span>

#include "stats/difference_in_differences.h"

namespace ripen::stats {

struct StratumCounts {
  BinomialCount a;
  BinomialCount b;
};

struct StandardisationOptions {
  double least_trials = 10;  // of each side in a stratum
  double least_events = 10;  // of each side in all, for a ratio
};

struct StandardisedRates {
  double support = 0;
  double rate_a = 0;  // of the strata supported; 0 where there are none
  double rate_b = 0;
  double variance_a = 0;
  double variance_b = 0;
  // ln(rate_a / rate_b). Absent with too few events.
  std::optional<LogEstimate> ratio;
};

// `widening_*`: how much larger the variance is than that of independent trials, at least 1. Cost:
// one pass.
StandardisedRates Standardise(std::span<const StratumCounts> strata, double widening_a,
                              double widening_b, const StandardisationOptions& options = {});

// The support alone.
double CommonSupport(std::span<const StratumCounts> strata, double least_trials);

}  // namespace ripen::stats
