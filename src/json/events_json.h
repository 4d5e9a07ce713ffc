// Live events: what became of them, and that there is something new, as JSON.
#pragma once

#include <cstdint>
#include <string>

#include "model/check_report.h"

namespace ripen::json {

// {"accepted","conflicts","duplicates","events","orphan_outcomes","outcomes","recommendations",
// "rejected","rejected_lines":[{"column","line","reason","value"}]}
std::string EventsAnswerJson(const InputSummary& input);

// {"as_of","version"}
std::string ChangedJson(Day as_of, std::uint64_t version);

}  // namespace ripen::json
