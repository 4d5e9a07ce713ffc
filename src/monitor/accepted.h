// Detectors start anew from a level that somebody has accepted: what the accepted group showed
// before it is left out of the counts, so that every slice keeps the reference that still holds and
// loses the one that does not.
//
// Evidence compares every cell with itself (strata.h), so that leaving out a group's past moves no
// other group. Cells that hold the group among others cannot leave it out: in families that do not
// know one of its attributes its past events are multiplied by theta instead, what came since over
// what was due, so that their past looks as it would have at the new level.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "model/incident.h"
#include "monitor/cube_index.h"
#include "monitor/exposures.h"

namespace ripen::monitor {

// What is kept of every entry of the families' cells, as factors; empty: everything.
struct KeptShares {
  std::vector<std::vector<float>> trials;  // by family, as FlatFamily's entries
  std::vector<std::vector<float>> events;
};

// The changes accepted that a stage starts anew from: those of its rate, and where it counts from
// shown those of earlier stages that do, because purchases fall where clicks fall.
std::vector<AcceptedChange> AcceptedFor(std::span<const AcceptedChange> accepted,
                                        const StageLadder& ladder, std::size_t stage);

// Cost: the entries of all families, for each change.
KeptShares KeepSince(const CubeIndex& index, std::size_t stage, const Exposures& exposures,
                     std::span<const AcceptedChange> accepted);

}  // namespace ripen::monitor
