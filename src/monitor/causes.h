// Which slice is the cause, and what remains of the counts once its change is undone.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "monitor/rate_streams.h"

namespace ripen::monitor {

// A named slice with the change of its rate.
struct Cause {
  std::size_t stream = 0;
  Day start;         // first cohort day of the new level
  Day start_latest;  // late end of the 90 % set of starts
  double ratio = 1;  // theta: what came since `start_latest` over what the reference expects
  std::string finding_id;
};

// The slices that explain a change about equally well, best first.
struct Naming {
  std::size_t stream = 0;
  std::vector<std::size_t> competitors;  // within 2 of the best score
};

// Names the slice with the best Poisson scan score among `readings`, which all have alarmed.
// Reference: the cohorts before the start of the strongest reading. Requires: readings not empty.
Naming NameCause(const RateStreams& streams, const FamilyEvents& events,
                 const std::vector<Reading>& readings);

// theta and the dates of a named stream.
Cause MeasureCause(const RateStreams& streams, const FamilyEvents& events, const Reading& reading);

// Adds to every cell of the slice what its change took away: x' = x + n r_c (1 - theta) from the
// start on. In families that do not know the slice's attributes the part of each base cell is
// spread over its cells by trials.
void UndoCause(const RateStreams& streams, const Cause& cause, FamilyEvents& events);

// How many counted trials of a stream make one effective trial, from the start on.
double Dispersion(const RateStreams& streams, std::size_t stream, std::size_t start);

// What the reference rates before `start` expect of a stream, by cohort.
std::vector<double> ExpectedEvents(const RateStreams& streams, const FamilyEvents& events,
                                   std::size_t stream, std::size_t start);

// Attributes of the same family inside which the stream's change is the same everywhere (sorted).
std::vector<std::string> AttributesWithSameChange(const RateStreams& streams,
                                                  const FamilyEvents& events,
                                                  const Reading& reading);

}  // namespace ripen::monitor
