// As we knew it: which figures are others now than they were on an earlier day, and why.
#pragma once

#include "model/comparison.h"
#include "monitor/figures.h"

namespace ripen::monitor {

// What was known on one day.
struct KnownThen {
  const cube::Snapshot& snapshot;
  const Figures& figures;
};

// The figures of the weeks (Monday to Sunday) that had begun by `then`, at most the last eight, and
// of the seven days up to then: of every stage, the total and every group that may be shown on both
// days. `now` is known later. Cost: the later snapshot's rows.
ChangeReport ListChanges(const KnownThen& then, const KnownThen& now);

}  // namespace ripen::monitor
