// What groups are shown, as JSON.
#pragma once

#include <string>

#include "model/exposure.h"

namespace ripen::json {

// {"as_of","cells":[{"before":share|null,"customer":{},"hidden","item","last_28_days":share|null,
// "now":share|null,"weeks":[share]}],"customer","from","item","to"} with share = {"from","high",
// "low","of","share","shown","to"}; share, low and high are null where nothing was shown.
std::string ExposureJson(const ExposureReport& report);

}  // namespace ripen::json
