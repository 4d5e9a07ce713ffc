// volume_shift: many more or fewer recommendations a day, in total or of a group of items. Draws
// attention, never alarms.
#pragma once

#include <vector>

#include "model/finding.h"
#include "monitor/cube_index.h"
#include "monitor/look.h"
#include "monitor/privacy.h"

namespace ripen::monitor {

// Logs of the daily counts through the normal detector; weekday means are taken out from three
// weeks on. Half of the kind's weight is the total's, half is split over the item attributes and
// their values known at the start. Level watch from `watch_days` of evidence on,
// until the change is 60 days old.
// `first_judged`: the first day that counts, as index into the index's days.
std::vector<Finding> FindVolumeShifts(const CubeIndex& index, const Visibility& visibility,
                                      std::size_t first_judged, const LookOptions& options);

}  // namespace ripen::monitor
