// rate_shift: the rate of a stage changed in a slice. Causes are named, their shadows explained.
#pragma once

#include <vector>

#include "monitor/causes.h"
#include "monitor/look.h"
#include "monitor/privacy.h"
#include "monitor/rate_streams.h"
#include "monitor/shift_judge.h"

namespace ripen::monitor {

// Judges every watched slice of a stage (shift_judge.h). `earlier`: causes of earlier stages that
// count from the same trials; they are undone first, because purchases fall where clicks fell.
// `arrivals`: of the stage, null where it has no outcome times; a fall that a mere delay could
// explain stays a watch with the code "fewer_or_later" until the delays of what did arrive refute
// it.
JudgedShifts FindRateShifts(const RateStreams& streams, const Visibility& visibility,
                            const LookOptions& options, const std::vector<Cause>& earlier,
                            const StageArrivals* arrivals);

}  // namespace ripen::monitor
