// Packed bytes of a request as a file.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.h"

namespace ripen::store {

// Unpacks gzip into the new file `path`. Errors: kOutOfRange where more than `most_bytes` come out
// (a small body may hold a huge one), kInvalidArgument for what is no gzip or is cut off,
// kUnavailable where the file cannot be written.
[[nodiscard]] Status UnpackGzip(std::string_view packed, const std::string& path,
                                std::int64_t most_bytes);

}  // namespace ripen::store
