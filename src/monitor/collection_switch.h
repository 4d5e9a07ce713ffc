// The four comparisons of one switch, for one stage: each is made, or says why not and from which
// day on.
//
// The first seven days of the new collection must have reached the stage's full age, so that every
// weekday is in and nobody's answer is still open: comparable_on = launch + 7 + windows + lateness,
// a printed morning as settles_on, with the lateness as it was known on the day of the launch.
// Nothing in it can change later, and counts go up to exactly that age, so what could be compared
// on one day can be on every later one. Overlap: stats/two_sample.h on the days on which both are
// shown. Same age: stats/direct_standardisation.h over whole weeks since each one's launch. Groups:
// group_reception.h. Last year: the change of the odds at this switch over that at the switch 337
// to 393 days before, of the value with the same name if there is one. Compared are at most the
// first eight weeks.
//
// Fails when. New items are new to everybody (cold start): a lower rate of the first weeks need not
// be the goods. At the same age two collections meet two seasons; only the overlap, the groups and
// last year take the season out.
#pragma once

#include <span>

#include "model/collections.h"
#include "monitor/switch_data.h"

namespace ripen::monitor {

// `launches[at]` is the new collection. Requires: it replaces another one.
SwitchStage CompareSwitch(const SwitchData& data, std::span<const CollectionLaunch> launches,
                          std::size_t at);

// The first morning on which its first week can be compared at the age.
Day ComparableOn(const CollectionLaunch& launch, int age_days);

}  // namespace ripen::monitor
