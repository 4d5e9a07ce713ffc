// The lines of a chart as JSON.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/day.h"
#include "model/series.h"

namespace ripen::json {

std::string_view GrainName(Grain grain);  // "day", "week", "span"
// {"as_of","stage","by","series":[{"slice","points":[metric]}]}
std::string SeriesJson(Day as_of, std::string_view stage, Grain grain,
                       const std::vector<Series>& series);

}  // namespace ripen::json
