// Reference epochs: what was shown before a planned change is no reference for what is shown since.
//
// An annotation that opens a new epoch (a launch, unless it says otherwise) makes every detector of
// rates, mix and volume start anew: reference and candidates are days since its start alone.
// Figures, curves of delay and comparisons keep their past. Until an epoch has ten days of
// reference and one to judge, nothing can be said of it, good or bad: the state is `collecting`.
// The cost of an annotation that is wrong is therefore ten days without an alert, and a change that
// began with the planned one is taken for a part of it.
#pragma once

#include <span>
#include <vector>

#include "base/day.h"
#include "model/annotation.h"
#include "model/epoch.h"

namespace ripen::monitor {

// Days before the first that can be judged: the detector's reference.
constexpr int kReferenceDaysOfEpoch = 10;

// All epochs known on a day, the data's start first; annotations of days before the first or after
// `as_of` open none, those of one day open one together. Never empty.
// Worked value: data from 1 March, launches on 10 and 20 March, as of 25 March: since 1 March
// (past), 10 March (past), 20 March (collecting, first alert on 30 March).
std::vector<Epoch> EpochsOf(std::span<const Annotation> annotations, Day first_day, Day as_of);

// The first day of the one that is judged by.
Day EpochStart(std::span<const Annotation> annotations, Day first_day, Day as_of);

}  // namespace ripen::monitor
