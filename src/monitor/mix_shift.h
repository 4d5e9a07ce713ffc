// mix_shift: the total moved because other customers came, not because a group changed.
#pragma once

#include <optional>

#include "model/finding.h"
#include "monitor/look.h"
#include "monitor/privacy.h"
#include "monitor/rate_streams.h"

namespace ripen::monitor {

// `undone`: the stage's events with all named causes undone. Said (level info) where the total
// without strata shows at least `watch_days` of evidence, the stratified one under an alert, and
// the mix of the attribute that moved most has the sign of the move and at least half of it.
std::optional<Finding> FindMixShift(const RateStreams& streams, const FamilyEvents& undone,
                                    const Visibility& visibility, const LookOptions& options);

}  // namespace ripen::monitor
