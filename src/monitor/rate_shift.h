// rate_shift: the rate of a stage changed in a slice. Causes are named, their shadows explained.
#pragma once

#include <vector>

#include "model/finding.h"
#include "monitor/causes.h"
#include "monitor/look.h"
#include "monitor/privacy.h"
#include "monitor/rate_streams.h"

namespace ripen::monitor {

// The rate findings of one stage and what its counts look like without them.
struct StageShifts {
  std::vector<Finding> findings;
  std::vector<Cause> causes;  // of this stage, strongest first
  FamilyEvents undone;        // events with the earlier stages' and these causes undone
};

// Judges every watched slice of a stage. The strongest explanation of what has alarmed is named and
// undone; what falls silent with it is its shadow; what still alarms names the next cause (at most
// eight). `earlier`: causes of earlier stages that count from the same trials; they are undone
// first, because purchases fall where clicks fell. `arrivals`: of the stage, null where it has no
// outcome times; a fall that a mere delay could explain stays a watch with the code
// "fewer_or_later" until the delays of what did arrive refute it.
StageShifts FindRateShifts(const RateStreams& streams, const Visibility& visibility,
                           const LookOptions& options, const std::vector<Cause>& earlier,
                           const StageArrivals* arrivals);

// Evidence as printed: 3 significant digits, capped at 36500.
double PrintedEvidence(double evidence_days);
// very_sure from 40 times the budget on, fairly_sure from the budget on.
Certainty CertaintyOf(double evidence_days, const AlertsConfig& alerts);

}  // namespace ripen::monitor
