// Lines that the engine's reader would drop without a word.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "base/result.h"
#include "store/duckdb/file_bytes.h"

namespace ripen::store {

// The position of a line so long that the engine skips it unseen: its reader sets a line aside up
// to its buffer of 32 MB and forgets a longer one. Absent where there is none. Cost: a few bytes
// for each 15 MB of a plain file; a packed file is unpacked once.
[[nodiscard]] Result<std::optional<std::int64_t>> FindEndlessLine(const std::string& path,
                                                                  const FileLook& look);

// The lines of the file that hold anything. Cost: reads the whole file.
[[nodiscard]] Result<std::int64_t> CountFilledLines(const std::string& path, const FileLook& look);

}  // namespace ripen::store
