// The drill: a change of known size is put into a copy of the history, which is then replayed day
// by day as it would have been known.
//
// Model. The change begins on up to 20 days, spread over those of the history that have at least 11
// days, and half of the longest reference, before them; 40 replays in all. A replay ends at the
// first look that alarms about this stage and direction, unexplained, and names the group, one that
// holds it, or a part of it; an alert that the untouched history has on that day too does not
// count. What a small change shows a larger one shows as well (see injection.h), so that one walk
// over sizes and days answers for all sizes. Cost of being wrong. The replays share the real days:
// they count as runs / (1 + (m - 1) h) in the range of the share, where m of them see about the
// same days and h = 1 + change (of a rise 1 / (1 + change)) is the part of the noise that the draws
// cannot renew. Fails when. The days to come are noisier than those replayed; a history of under a
// month gives the detector less to compare with than it will have. Truth flags are not replayed:
// days settle by their windows. Source. Wilson 1927, doi:10.1080/01621459.1927.10502953; design
// effect: Kish 1965, Survey Sampling, section 5.4. Worked value. 36 of 40 noticed on 5 spells of
// days at a fall of .25: m = 8, the 40 count as 6.4, range .58 to .98.
#pragma once

#include <cstdint>
#include <functional>
#include <vector>

#include "base/result.h"
#include "cube/snapshot.h"
#include "model/config.h"
#include "model/drill.h"
#include "model/incident.h"

namespace ripen::drill {

struct DrillOptions {
  AlertsConfig alerts;
  std::int64_t smallest_group = 20;
  std::uint64_t seed = 1;
  // Levels that somebody took for the new usual: looks from their day on start anew from them.
  std::vector<AcceptedChange> accepted = {};
  int threads = 2;
  int runs = 40;
};

// Told the share done, from one thread at a time; false ends the drill.
using Progress = std::function<bool(double share_done)>;

// Errors: those of FindTarget (target.h); kInvalidArgument for too short a history, a group without
// outcomes or a rise beyond 95 in 100; kCancelled when told to end.
// Cost: some hundred looks at the stage.
[[nodiscard]] Result<DrillReport> RunDrill(const cube::Snapshot& snapshot,
                                           const DrillRequest& request, const DrillOptions& options,
                                           const Progress& progress);

// The range of a share of runs that see only `spells` separate spells of days.
struct ShareRange {
  double low = 0;
  double high = 1;
};
ShareRange RangeOfShare(int noticed, int runs, double spells, double change);

}  // namespace ripen::drill
