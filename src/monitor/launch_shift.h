// launch: new goods took over a part of what is shown. No alarm, but what moved with them is no
// failure of a group.
//
// A value of an item attribute is launched as collection_launch.h has it: declared, or found. A
// rate that moves when goods are launched, and does not move among the goods that were there
// before, moved because of what is shown; where it moves among them too, the launch explains
// nothing. Wrong when the old goods lose their buyers on the same day for a reason of their own:
// their rate moves and the alert stays, though the new goods alone would explain half of it.
#pragma once

#include <span>
#include <vector>

#include "model/annotation.h"
#include "model/finding.h"
#include "monitor/cube_index.h"
#include "monitor/privacy.h"
#include "monitor/rate_streams.h"

namespace ripen::monitor {

// The launches of the last eight weeks, by day, level info; `slice` is the launched value, `before`
// and `after` its share of what was shown in the week before and in the last seven days. Code
// "declared" where an annotation told of it, else "found". Not said of values too small to be
// shown. Cost: for each item attribute with a value that is new or a collection, the rows of what
// was shown of one family, sorted.
std::vector<Finding> FindLaunchFindings(const CubeIndex& index, const Visibility& visibility,
                                        std::span<const Annotation> annotations);

// Changes of rate that begin with a launch and are less than half as large without the launched
// goods are explained by it, with their shadows. Left alone are changes in slices whose crossing
// with the launched attribute is not counted.
void ExplainRatesByLaunches(std::span<const Finding> launches, const RateStreams& streams,
                            std::vector<Finding>& shifts);

// More or fewer recommendations of other goods of the same attribute, beginning with the launch.
void ExplainVolumesByLaunches(std::span<const Finding> launches, std::vector<Finding>& volumes);

}  // namespace ripen::monitor
