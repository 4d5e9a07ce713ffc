// The settling calendar: how far each day's truth is in, and what becomes known next.
#pragma once

#include <vector>

#include "model/truth.h"
#include "monitor/figures.h"

namespace ripen::engine {

// The calendar of `stages`. Requires: `as_of` is the day of the snapshot behind `figures`.
Truth MakeTruth(std::vector<StageSummary> stages, const monitor::Figures& figures, Day as_of);

}  // namespace ripen::engine
