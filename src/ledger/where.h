// The filter `[source] where`: which rows of a file are read.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace ripen::ledger {

// One condition: the column's text equals the value; rows must meet all of them.
struct WhereTerm {
  std::string column;
  std::string value;
  bool operator==(const WhereTerm&) const = default;
};

// Reads `column = 'value' and "other column" = 'x'`. A column may stand in double quotes, a value
// stands in single quotes or is a number; a doubled quote is a quote; `and` in any case.
// Empty text is no condition. Errors: kInvalidArgument with the text and the place.
[[nodiscard]] Result<std::vector<WhereTerm>> ParseWhere(std::string_view text);

}  // namespace ripen::ledger
