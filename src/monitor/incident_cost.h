// What a change may have cost: purchases that were kept, fewer than there would have been, times
// what one is worth.
//
// Model. A fall from before to after in a stage of shown loses its share of what the group used to
// keep: lost = N (1 - theta) k with N recommendations since the start, theta = after / before and k
// the kept purchases for each recommendation before. More returns lose N (after - before) of N
// purchases. The range joins those of theta (log ratio on counts) and of k by the delta method;
// values are taken as their mean. Cost of being wrong. Money is named that was never there: where
// the range of the loss reaches zero nothing is said. Fails when. The group's purchases are worth
// more or less than the mean; customers buy the same thing elsewhere in the shop; the purchases of
// the group would have changed anyway. Source. Delta method; Katz et al. 1978, Biometrics
// 34:469-474 for the ratio. Worked value. 10,000 recommendations, 28 to 14 in 100 clicked, 2 in 100
// kept before: 100 kept purchases lost.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "model/finding.h"
#include "model/incident.h"
#include "monitor/figures.h"

namespace ripen::monitor {

// The mean value of a purchase, in minor units.
struct PurchaseValue {
  double mean = 0;
  std::string currency;
};

// The stage whose outcomes are worth money: the one that another, of which more is worse, is of;
// else `purchase`, else nullopt.
std::optional<std::string> PaidStage(const StageLadder& ladder);

// nullopt for findings that cost nothing (not worse, other kinds), where too little is known, and
// where the loss may be none.
std::optional<IncidentCost> CostOf(const Finding& finding, const Figures& figures,
                                   const StageLadder& ladder, Day first_day, Day as_of,
                                   const PurchaseValue& value);

}  // namespace ripen::monitor
