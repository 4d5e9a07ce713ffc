// delay_shift: the outcomes of a stage arrive later or earlier than they used to.
#pragma once

#include <cstddef>
#include <optional>

#include "model/finding.h"
#include "monitor/arrivals.h"
#include "monitor/look.h"

namespace ripen::monitor {

// The finding of a stage, if its evidence reaches `watch`. `arrivals`: null where the stage has no
// outcome times. `since` is a base day; `before` and `after` are median days.
std::optional<Finding> FindDelayShift(const CubeIndex& index, std::size_t stage,
                                      const StageArrivals* arrivals, const LookOptions& options);

}  // namespace ripen::monitor
