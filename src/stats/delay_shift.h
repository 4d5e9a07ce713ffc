// The delay itself moved: outcomes of a stage arrive later or earlier than they used to.
//
// Model. Given the X_dj events of a cohort known by age j, those that arrived at j are Binomial
// with the reverse hazard g_j whatever the cohort's rate, so a fall of the rate cannot raise this
// alarm. Cohort d scores U_d = sum_j (x_dj - X_dj g_j) with variance V_d = sum_j X_dj g_j (1 -
// g_j), both over the curve's dispersion; U > 0 is later. For a start nu, q = sum_{d >= nu} U_d, s
// = V_post V_pre / V_all, and B(nu) is the mixture of shiryaev_roberts.h over shifts in units of
// one event. Cost of being wrong. While it is in alarm figures of young days wait and falls are not
// pushed. Without a shift .02 alarms in 20 days (weight .1); with weekdays of report left out .33.
// Fails when. The delay changes in one group only (the total is looked at), or under about five
// events a cohort. Source. Score of the reverse-time hazard, Kalbfleisch & Lawless 1991, Statistica
// Sinica 1:19-32; e-detector of Shin, Ramdas & Rinaldo 2023, arXiv:2203.03532. Worked value.
// Cohorts of (x0, x1) = (50, 50) five times, then (20, 80): see delay_shift_test.
#pragma once

#include <vector>

#include "stats/completion_curve.h"
#include "stats/shiryaev_roberts.h"

namespace ripen::stats {

struct DelayShift {
  std::vector<double> log_evidence;  // ln B(nu) by cohort; kNoEvidence where nu is no candidate
  std::vector<double> lateness;      // q(nu); > 0: later
};

// `curve`: fitted on the triangle. `first_weekday`: of the triangle's first cohort.
// `options.min_expected` is the least s. Cost: cohorts x delays.
DelayShift FindDelayShift(const ArrivalTriangle& triangle, const CompletionCurve& curve,
                          int first_weekday, const DetectorOptions& options);

}  // namespace ripen::stats
