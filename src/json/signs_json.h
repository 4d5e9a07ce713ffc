// Leading signs as JSON.
#pragma once

#include <functional>
#include <string>

#include "json/comparison_json.h"
#include "model/signs.h"

namespace ripen::json {

// {"as_of","early_stage","fallback":[slice],"signs":[{"after","before","code","days":[{"shown_on",
// "trials","value"}],"effect":{"high","low","measure","threshold","value"}|null,"evidence_days",
// "finding","level","message","parts":[{"from","share","to","usual"}],"reason","since",
// "since_earliest","since_latest","unit","usual","usual_high","usual_low"}]} and a line feed.
std::string SignsJson(const SignReport& report,
                      const std::function<BothTexts(const Sign&)>& message_of);

}  // namespace ripen::json
