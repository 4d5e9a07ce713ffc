// A change that the caller chooses, put into a scenario.
#pragma once

#include "base/result.h"
#include "sim/scenario.h"
#include "sim/world.h"

namespace ripen::sim {

// Whether the options choose a change.
bool ChoosesChange(const WorldOptions& options);

// The scenario with the chosen change as its only effect and expected finding; the scenario itself
// where none is chosen. Errors: kInvalidArgument with the flag that cannot be.
[[nodiscard]] Result<Scenario> WithChosenChange(const WorldOptions& options,
                                                const Scenario& scenario);

}  // namespace ripen::sim
