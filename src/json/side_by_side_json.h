// Versions shown on the same days, as JSON.
#pragma once

#include <functional>
#include <string>

#include "json/comparison_json.h"
#include "model/side_by_side.h"

namespace ripen::json {

// Sentences in both languages, made by the caller.
using SideMessageOf = std::function<BothTexts(const SideBySide&)>;

// {"against":arm,"arm":arm,"attribute","claimed_on","claimed_with","days","difference":{"high",
// "low","value"}|null,"evidence","first_on","from","held_same":[],"highest_evidence","level",
// "message","mix_differs":[],"reason","stage","to","verdict"} with arm = {"events","rate","trials",
// "value"}; `rate` is null, and `verdict`, where `reason` says why nothing is compared.
std::string SideBySideJson(const SideBySide& comparison, const SideMessageOf& message_of);

// {"as_of","attribute","comparisons":[...],"stage"}
std::string SidesJson(const SidesReport& report, const SideMessageOf& message_of);

}  // namespace ripen::json
