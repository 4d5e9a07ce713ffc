// Findings as JSON, with their message in every language.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "base/day.h"
#include "model/finding.h"
#include "model/message.h"

namespace ripen::json {

// Words a finding; see wording::RenderAll.
using MessageOf = std::function<RenderedMessage(const Finding&)>;

std::string FindingJson(const Finding& finding, const MessageOf& message_of);
// {"as_of":...,"findings":[...]}
std::string FindingsJson(Day as_of, const std::vector<Finding>& findings,
                         const MessageOf& message_of);

}  // namespace ripen::json
