// The lines of a chart: one figure a day, week or span for each slice asked for.
#pragma once

#include <vector>

#include "model/metric.h"
#include "model/slice.h"

namespace ripen {

// How a span is cut: one figure a cohort day, a week (Monday to Sunday, cut at the span's ends) or
// one for the whole span.
enum class Grain { kDay, kWeek, kSpan };

// One line of a chart.
struct Series {
  Slice slice;
  std::vector<Metric> points;
};

}  // namespace ripen
