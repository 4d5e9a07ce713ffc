// The settling calendar: how far each day's truth is in, and what becomes known next.
#pragma once

#include <vector>

#include "base/result.h"
#include "model/truth.h"
#include "monitor/figures.h"

namespace ripen::engine {

// The calendar of `stages` for a slice's days. Requires: `as_of` is the day of the snapshot behind
// `figures`. Errors: kNotFound for a slice of unknown attributes or values.
[[nodiscard]] Result<Truth> MakeTruth(std::vector<StageSummary> stages,
                                      const monitor::Figures& figures, const Slice& slice,
                                      Day as_of);

}  // namespace ripen::engine
