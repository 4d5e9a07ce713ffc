// The account of what was read, as JSON.
#pragma once

#include <string>

#include "base/day.h"
#include "model/check_report.h"

namespace ripen::json {

std::string InputJson(const InputSummary& input);
// {"as_of","input"}
std::string InputAnswerJson(Day as_of, const InputSummary& input);

}  // namespace ripen::json
