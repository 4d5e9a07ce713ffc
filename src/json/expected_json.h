// The expectation by scores as JSON.
#pragma once

#include <string>

#include "json/comparison_json.h"
#include "model/expected.h"

namespace ripen::json {

// {"as_of","calibration":{"calibration_error","from","method","parts":[{"calibrated","observed",
// "score","scored"}],"scored","to"}|null,"days":[span],"finding","limits","message","reason",
// "recent":span|null,"scores_cannot_see","slice","stage","weeks":[span]} and a line feed, with span
// = {"expected","expected_so_far","from","high","low","maturity":"pending","outcomes_so_far",
// "ratio","ratio_high","ratio_low","scored","to"}.
std::string ExpectedJson(const ExpectedReport& report, const BothTexts& message,
                         const BothLines& limits);

}  // namespace ripen::json
