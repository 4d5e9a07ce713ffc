// exposure_shift: a customer group is shown more or less of an item group than before.
//
// Every value of every item attribute is watched in what everybody was shown, and in what each
// group of the customer cells was shown (customers, and contexts such as the model or the device:
// else a new model would be blamed on everybody). Every day that is over counts, because nothing
// has to arrive. What one value loses the others gain: the move of a value is undone in all of
// them, so that its mirror is its shadow. Under two values the one whose relative change is larger
// is named.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "model/finding.h"
#include "monitor/cube_index.h"
#include "monitor/look.h"
#include "monitor/privacy.h"

namespace ripen::monitor {

// `days`: the days that may be judged, as indices into the index's days, in order. Findings carry
// the customer group as slice and the item group as item_slice; `before` and `after` are shares of
// the watched recommendations. Over several item attributes, which the cube does not cross, the
// finding that moves most recommendations explains those of the same, a wider or a narrower group
// at the same time. Cost: for each item attribute about that of reading one stage.
std::vector<Finding> FindExposureShifts(const CubeIndex& index, const Visibility& visibility,
                                        std::span<const std::size_t> days,
                                        const LookOptions& options);

// Exposures inside the slice of an unexplained rate alert that begins with them are its shadows.
void ExplainByRates(std::span<const Finding> findings, std::vector<Finding>& exposures);

// A launched item group takes from the others of its attribute: what moves with it is explained.
// `launch`: any finding whose slice is that one item group, with its range of starts.
void ExplainByLaunch(const Finding& launch, std::vector<Finding>& exposures);

}  // namespace ripen::monitor
