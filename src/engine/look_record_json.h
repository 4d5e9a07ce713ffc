// A day's findings as they are kept in the store: what the fold of incidents needs of them.
#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "model/finding.h"

namespace ripen::engine {

std::string LookRecordJson(const std::vector<Finding>& findings);
// Errors: kDataLoss for what LookRecordJson did not write.
[[nodiscard]] Result<std::vector<Finding>> ParseLookRecord(const std::string& record);

}  // namespace ripen::engine
