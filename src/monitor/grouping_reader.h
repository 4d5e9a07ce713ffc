// Reads the evidence of all streams of one grouping in one walk over the family's cells.
#pragma once

#include <optional>
#include <vector>

#include "monitor/rate_streams.h"

namespace ripen::monitor {

// Appends the readings with at least `min_evidence_days` of the grouping's wanted streams (empty:
// all that have a weight). Streams whose cells hold under 20 trials on average take the mix out by
// main effects, the others by strata.
void ReadGrouping(const RateStreams& streams, const Grouping& grouping, const FamilyEvents& events,
                  const std::vector<bool>& wanted, double min_evidence_days,
                  std::vector<Reading>& readings);

// The reading of one stream from its statistics, if it reaches `min_evidence_days`.
std::optional<Reading> ReadStream(const RateStreams& streams, std::size_t stream,
                                  const stats::StartStatistics& statistics,
                                  double min_evidence_days);

}  // namespace ripen::monitor
