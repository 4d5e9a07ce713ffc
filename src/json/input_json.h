// The account of what was read, as JSON.
#pragma once

#include <string>

#include "model/check_report.h"

namespace ripen::json {

std::string InputJson(const InputSummary& input);

}  // namespace ripen::json
