// A figure as JSON. Each state writes its own fields: a provisional figure cannot be written
// without its range and the day it settles, a pending one has no rate.
#pragma once

#include <string>
#include <string_view>

#include "model/metric.h"

namespace ripen::json {

std::string_view MaturityName(Maturity maturity);  // "confirmed", "provisional", "pending"
std::string MetricJson(const Metric& metric);

}  // namespace ripen::json
