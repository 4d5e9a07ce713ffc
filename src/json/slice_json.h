// Reads a slice from JSON: {"age_group":"25-34","region":null}.
#pragma once

#include <string_view>

#include "base/result.h"
#include "model/slice.h"

namespace ripen::json {

constexpr std::size_t kMaxSliceBytes = 16 * 1024;
constexpr std::size_t kMaxSliceAttributes = 32;
constexpr std::size_t kMaxSliceValueBytes = 256;

// An object of texts and nulls. Errors: kInvalidArgument for anything else, an attribute named
// twice or an empty name; kOutOfRange beyond the bounds above.
[[nodiscard]] Result<Slice> ParseSlice(std::string_view json);

}  // namespace ripen::json
