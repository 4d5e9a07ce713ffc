// Looking back: the cube as it was known on an earlier day, from the cube of a later one.
#pragma once

#include "base/day.h"
#include "cube/snapshot.h"

namespace ripen::cube {

// The total and the single values of every attribute, at most `most_values` of each (the largest by
// recommendations): small enough to be looked at for many days. No attribute is an adjustment
// attribute of the result. Cost: the snapshot's rows.
Snapshot Marginal(const Snapshot& snapshot, std::size_t most_values);

// The counts that were known on `day`, with the dictionary of today. Truth flags carry no time of
// their own and count as not given, so days are settled by their windows. Requires: day <= as_of.
Snapshot AsKnownOn(const Snapshot& snapshot, Day day);

}  // namespace ripen::cube
