// Which slices are watched, each with its share of the false-alarm budget.
#pragma once

#include <cstddef>
#include <vector>

#include "model/config.h"
#include "monitor/cube_index.h"

namespace ripen::monitor {

// The weights of one rate stage for every stream of the index; 0 for those that are not watched.
// Only attributes, values and pairs known in the first 14 days shown have a weight, and attributes
// with a single value have none: they repeat the total. Sums to at most the stage's weight.
std::vector<double> RateWeights(const CubeIndex& index, const AlertsConfig& alerts,
                                std::size_t stage);

// Days at the start of the epoch that decide what is watched.
constexpr int kStartDays = 14;

}  // namespace ripen::monitor
