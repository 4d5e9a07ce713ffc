// A copy of a store's file, for what must not write into the store itself.
#pragma once

#include <string>

#include "base/result.h"

namespace ripen::engine {

// Copies the file and its log of writes, if there is one, while nobody writes into it. Errors:
// kFailedPrecondition where another process holds the store; kNotFound where there is none;
// kUnavailable where the copy cannot be written. Cost: the file's size in disk, half a second for a
// gigabyte.
[[nodiscard]] Status CopyStore(const std::string& from, const std::string& to);

}  // namespace ripen::engine
