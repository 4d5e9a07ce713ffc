// Why the overall figure moved, as JSON.
#pragma once

#include <functional>
#include <string>

#include "json/comparison_json.h"
#include "model/total_move.h"

namespace ripen::json {

// Words a move in both languages; see wording::MoveText.
using MoveTextsOf = std::function<BothTexts(const TotalMove&)>;

// {"after":metric|null,"as_of","attribute","before":metric|null,"before_from","before_to","from",
// "message","mix":effect|null,"mix_by_attribute":[{"attribute","effect"}],"move":effect|null,
// "rate":effect|null,"reason","simpson","stage","terms":[{"mix":effect,"others","rate":effect,
// "rate_after","rate_before","share_after","share_before","slice"}],"to"} with effect =
// {"high","low","value"}. Without a line feed.
std::string TotalMoveJson(const TotalMove& move, const BothTexts& message);

}  // namespace ripen::json
