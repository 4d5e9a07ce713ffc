// fairness_gap: of two groups that are compared (fairness_pairs.h), one falls behind the other.
//
// Model. By cohort day d, with the mix of each group's customers taken out by main effects,
//   y_d = (x_d - e_d) / (n_d p) of the group - the same of the other,
// what came beyond expectation, in parts of each group's own rate, so that what multiplies both
// (a day, a season, a change for everybody) cancels. Its chance variance q / (p n) + q' / (p' n')
// makes effective trials w_d, thinned by the overdispersion of the differences themselves
// (successive days, pooled over the stage's pairs), and the Shiryaev-Roberts e-detector reads them:
// a gap that was always there raises no evidence. Cost of being wrong. A share of the budget of one
// false alarm in 90 days. Fails when. The group changes its customers within the attributes whose
// mix is taken out; a change of the delay of one group (its curve is then not known: watched as
// "fewer or later"). Source. shiryaev_roberts.h; difference in differences on a log scale. Worked
// value. Both rates .2 with 400 and 400 trials a day: w = 200, record variance .16.
#pragma once

#include <vector>

#include "model/finding.h"
#include "monitor/arrivals.h"
#include "monitor/causes.h"
#include "monitor/look.h"
#include "monitor/privacy.h"
#include "monitor/rate_streams.h"
#include "monitor/settling.h"

namespace ripen::monitor {

// What a stage's rate shifts leave behind.
struct NamedCauses {
  const std::vector<Cause>& causes;  // in the order in which they were undone
  const FamilyEvents& undone;
};

// Gaps whose evidence reaches `watch`. A gap that falls silent once causes are undone is explained
// by the one whose undoing silenced it; the others are alerts from the budget on. Only the group
// that is behind since the change and was less so before is accused. Cost: the cells of the base
// family, for each pair.
std::vector<Finding> FindFairnessGaps(const RateStreams& streams, const Settling& settling,
                                      const Visibility& visibility, const LookOptions& options,
                                      const NamedCauses& named, const StageArrivals* arrivals);

}  // namespace ripen::monitor
