// The level of a rate that may have changed, from cohorts of which only a part has arrived.
//
// Model. Cohort d brings events x_d ~ Poisson(lambda_d e_d) on an exposure e_d = n_d G(age_d).
// lambda is constant within runs; a new run starts each day with probability h, and its level has
// the prior Gamma(a0, a0 / mu) around the pooled rate mu, which is how small groups lean on all.
// Day-to-day noise divides events and exposures by phi = 1 + c2 * mean x (see DayNoise), so that a
// lively day is not taken for a change. Cost of being wrong. Figures completed with it are off by
// as much; a plain discounted prior, the usual choice, hides a fresh fall because it averages over
// it. Fails when. The delay changes: exposures are then wrong, and nothing here can tell. Source.
// Fearnhead and Liu 2007, JRSS B 69:589-605, doi:10.1111/j.1467-9868.2007.00601.x; Adams and MacKay
// 2007, arXiv:0710.3742, equations 3 to 5. Worked value. One cohort, x = 6, e = 100, mu = .05, phi
// = 1: the posterior of lambda is Gamma(10, 180), mean .0556.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "stats/draws.h"

namespace ripen::stats {

struct LevelOptions {
  double new_run_probability = 1.0 / 60;  // h: larger follows faster and is noisier
  double prior_shape = 4;                 // a0: events that the pooled rate is worth
};

class RunLengthLevel {
 public:
  // `events`, `exposures`: one value a cohort day, in order; an exposure of 0 says nothing.
  // `pooled_rate` > 0, `dispersion` >= 1. Cost: the square of the cohorts.
  RunLengthLevel(std::span<const double> events, std::span<const double> exposures,
                 double pooled_rate, double dispersion, const LevelOptions& options);

  std::size_t cohorts() const { return cohorts_; }
  // The posterior mean of the last cohort's level.
  double LastMean() const;
  // The posterior mean and variance of every cohort's level, given all cohorts. Cost: the square of
  // the cohorts.
  struct Moments {
    std::vector<double> mean;
    std::vector<double> variance;
  };
  Moments Smoothed() const;
  // One path of levels by cohort, from the posterior. Requires: rates has cohorts() values.
  void DrawPath(Draws& draws, std::span<double> rates) const;

 private:
  // A run that began at some cohort, as known at another.
  struct Run {
    double weight;  // probability
    double shape;
    double rate;
  };
  // By last cohort, then by start 0..last.
  const Run& At(std::size_t last, std::size_t start) const {
    return runs_[last * (last + 1) / 2 + start];
  }

  std::size_t cohorts_;
  std::vector<Run> runs_;
};

// c2, the squared coefficient of variation of days around their level, from differences of
// successive cohorts, pooled over streams: c2 = max(0, mean of ((r_t - r_t+1)^2 - r (1/e_t +
// 1/e_t+1)) / 2) / r^2. A change of level disturbs one difference only. Worked value. One stream of
// exposures 100, 100, 100 and events 20, 40, 20: r = .2667, c2 = .2438.
class DayNoise {
 public:
  // Streams with under 8 events a cohort are left out: they tell of chance only.
  void AddStream(std::span<const double> events, std::span<const double> exposures);
  double Estimate() const;

 private:
  double excess_ = 0;
  double weight_ = 0;
};

}  // namespace ripen::stats
