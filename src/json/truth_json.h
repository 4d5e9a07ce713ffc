// When will we know, as JSON.
#pragma once

#include <string>

#include "model/truth.h"

namespace ripen::json {

// {"as_of","slice","stages":[{stage...,
// "last_arrival","late_since","days":[{"day","maturity","trials","arrived_share",
// "first_estimate_on","settles_on"}]}],"next":[{"on","stage","from","to","what"}]}
std::string TruthJson(const Truth& truth);

}  // namespace ripen::json
