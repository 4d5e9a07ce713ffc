// The nearest known name to a mistyped one, for error sentences.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace ripen {

// The candidate with the fewest edits (insert, delete, replace, swap neighbours; case ignored) from
// `name`; the first of equals. Nothing when even the best differs in more than half of its letters.
// Worked value: NearestName("lagnuage", {"language", "currency"}) is "language".
std::optional<std::string> NearestName(std::string_view name,
                                       const std::vector<std::string>& candidates);

}  // namespace ripen
