// What findings on the rate streams print beside their evidence: rates before and since, and
// whether a fall could be a mere delay.
#pragma once

#include <cstddef>

#include "monitor/arrivals.h"
#include "monitor/rate_streams.h"

namespace ripen::monitor {

// Code of a fall that a mere delay could explain.
inline constexpr const char* kFewerOrLater = "fewer_or_later";

// The stream's events over its exposures on the cohorts from..to - 1; 0 without any.
double RateOf(const RateStreams& streams, std::size_t stream, std::size_t from, std::size_t to);

// Up to which cohort the figures of a finding are counted.
struct FiguresSince {
  std::size_t end = 0;
  bool confirmed = false;
};

// Where settled days carry at least half of what is known since `latest` (the late end of the
// starts), the figures are theirs alone and confirmed; else they are of all days and may still
// change.
FiguresSince ChooseFigures(const RateStreams& streams, std::size_t stream, std::size_t latest);

// Whether a slower delay alone could have left so few outcomes by now. `ratio`: theta, what came
// since the cohort `start` over what was due.
bool CouldBeLater(const RateStreams& streams, const StageArrivals& arrivals, std::size_t stream,
                  std::size_t start, double ratio);

}  // namespace ripen::monitor
