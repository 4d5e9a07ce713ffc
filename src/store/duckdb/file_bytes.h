// What a file is, by its content, and its bytes as UTF-8.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "base/result.h"
#include "ledger/import_plan.h"

namespace ripen::store {

// No line of a table may be longer; a longer one is not held in memory.
constexpr std::size_t kLineLimit = 1 << 20;

enum class Encoding { kUtf8, kUtf16Little, kUtf16Big, kWindows1252 };

struct FileLook {
  ledger::FileFormat format = ledger::FileFormat::kCsv;
  bool gzip = false;
  bool byte_order_mark = false;
  Encoding encoding = Encoding::kUtf8;
  std::int64_t bytes = 0;
};

// Looks at the first bytes (up to 8 MB). Errors: kNotFound for a file that is not there;
// kInvalidArgument, in a sentence, for a folder, an empty file, an archive or binary data.
[[nodiscard]] Result<FileLook> LookAtFile(const std::string& path);

// The unpacked bytes of a file from its beginning, as UTF-8 without a byte order mark.
class Utf8Reader {
 public:
  [[nodiscard]] static Result<Utf8Reader> Open(const std::string& path, const FileLook& look);
  Utf8Reader(Utf8Reader&&) noexcept;
  Utf8Reader& operator=(Utf8Reader&&) noexcept;
  ~Utf8Reader();
  // Replaces `bytes` by the next piece (about 1 MB); empty at the end.
  [[nodiscard]] Status Next(std::string& bytes);

 private:
  Utf8Reader();
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

// Whether the engine's own reader can read the file as it is.
bool NeedsTranscoding(const FileLook& look);
// Writes the file as UTF-8 to `copy`. Errors: kUnavailable when the disk is full.
[[nodiscard]] Status WriteUtf8Copy(const std::string& path, const FileLook& look,
                                   const std::string& copy);

// The last part of a path: what people call the file.
std::string FileName(const std::string& path);

}  // namespace ripen::store
