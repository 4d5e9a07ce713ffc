#include "store/duckdb/endless_line.h"

#include <fmt/format.h>

#include <fstream>
#include <string>

namespace ripen::store {
namespace {

// Any line of twice this length covers one of the places that are looked at.
constexpr std::int64_t kStrideBytes = 15'000'000;

Result<std::optional<std::int64_t>> FindByReading(const std::string& path, const FileLook& look) {
  RIPEN_ASSIGN_OR_RETURN(Utf8Reader reader, Utf8Reader::Open(path, look));
  std::string piece;
  std::int64_t read = 0;
  std::int64_t line_start = 0;
  for (;;) {
    RIPEN_RETURN_IF_ERROR(reader.Next(piece));
    if (piece.empty()) return std::nullopt;
    const std::size_t last = piece.rfind('\n');
    if (last != std::string::npos) line_start = read + static_cast<std::int64_t>(last) + 1;
    read += static_cast<std::int64_t>(piece.size());
    if (read - line_start > kStrideBytes) return line_start;
  }
}

}  // namespace

Result<std::optional<std::int64_t>> FindEndlessLine(const std::string& path, const FileLook& look) {
  if (look.gzip) return FindByReading(path, look);
  std::ifstream file(path, std::ios::binary);
  std::string window(kLineLimit, '\0');
  for (std::int64_t at = kStrideBytes; at < look.bytes; at += kStrideBytes) {
    file.seekg(at);
    std::size_t seen = 0;
    bool ends = false;
    while (!ends && seen < kLineLimit) {
      file.read(window.data(), 4096);
      const auto got = static_cast<std::size_t>(file.gcount());
      ends = got == 0 || window.find('\n') < got;
      seen += got;
    }
    file.clear();
    if (!ends) return at;
  }
  return std::nullopt;
}

Result<std::int64_t> CountFilledLines(const std::string& path, const FileLook& look) {
  RIPEN_ASSIGN_OR_RETURN(Utf8Reader reader, Utf8Reader::Open(path, look));
  std::string piece;
  std::int64_t lines = 0;
  bool filled = false;
  for (;;) {
    RIPEN_RETURN_IF_ERROR(reader.Next(piece));
    if (piece.empty()) return lines + (filled ? 1 : 0);
    for (const char character : piece) {
      if (character == '\n') {
        lines += filled ? 1 : 0;
        filled = false;
      } else if (character != '\r') {
        filled = true;
      }
    }
  }
}

}  // namespace ripen::store
