#include "store/duckdb/file_bytes.h"

#include <fmt/format.h>
#include <sys/stat.h>
#include <zlib.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <utility>

namespace ripen::store {
namespace {

constexpr std::size_t kLookBytes = 8 << 20;
constexpr unsigned kPieceBytes = 1 << 20;

bool StartsWith(std::string_view text, std::string_view start) {
  return text.substr(0, start.size()) == start;
}

// The length of a valid UTF-8 prefix; a character cut off at the very end counts as valid.
std::size_t ValidUtf8Prefix(std::string_view text) {
  std::size_t at = 0;
  while (at < text.size()) {
    const auto lead = static_cast<unsigned char>(text[at]);
    std::size_t length = 1;
    if (lead >= 0x80) {
      if (lead >= 0xC2 && lead <= 0xDF)
        length = 2;
      else if (lead >= 0xE0 && lead <= 0xEF)
        length = 3;
      else if (lead >= 0xF0 && lead <= 0xF4)
        length = 4;
      else
        return at;
    }
    for (std::size_t i = 1; i < length; ++i) {
      if (at + i == text.size()) return text.size();
      if ((static_cast<unsigned char>(text[at + i]) & 0xC0) != 0x80) return at;
    }
    at += length;
  }
  return at;
}

void AppendUtf8(std::uint32_t code, std::string& out) {
  if (code < 0x80) {
    out += static_cast<char>(code);
  } else if (code < 0x800) {
    out += static_cast<char>(0xC0 | (code >> 6));
    out += static_cast<char>(0x80 | (code & 0x3F));
  } else if (code < 0x10000) {
    out += static_cast<char>(0xE0 | (code >> 12));
    out += static_cast<char>(0x80 | ((code >> 6) & 0x3F));
    out += static_cast<char>(0x80 | (code & 0x3F));
  } else {
    out += static_cast<char>(0xF0 | (code >> 18));
    out += static_cast<char>(0x80 | ((code >> 12) & 0x3F));
    out += static_cast<char>(0x80 | ((code >> 6) & 0x3F));
    out += static_cast<char>(0x80 | (code & 0x3F));
  }
}

// Windows-1252 0x80..0x9F; the five unassigned ones are control characters.
constexpr std::array<std::uint16_t, 32> kWindows1252 = {
    0x20AC, 0x81,   0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
    0x2039, 0x0152, 0x8D,   0x017D, 0x8F,   0x90,   0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x9D,   0x017E, 0x0178};

tl::unexpected<Error> Refuse(const std::string& path, std::string_view what) {
  return Fail(ErrorCode::kInvalidArgument, fmt::format("{} {}", path, what));
}

Result<std::string> FirstBytes(const std::string& path, bool unpack, std::size_t most) {
  std::string bytes(most, '\0');
  std::size_t filled = 0;
  if (!unpack) {
    std::FILE* file = std::fopen(path.c_str(), "rb");
    if (file == nullptr) {
      return Refuse(path, fmt::format("cannot be read: {}.", std::strerror(errno)));
    }
    filled = std::fread(bytes.data(), 1, most, file);
    std::fclose(file);
  } else {
    gzFile file = gzopen(path.c_str(), "rb");
    if (file == nullptr) return Refuse(path, "cannot be read.");
    while (filled < most) {
      const int got = gzread(file, bytes.data() + filled, static_cast<unsigned>(most - filled));
      if (got < 0) {
        gzclose(file);
        return Refuse(path, "is compressed, but damaged: it cannot be unpacked.");
      }
      if (got == 0) break;
      filled += static_cast<std::size_t>(got);
    }
    gzclose(file);
  }
  bytes.resize(filled);
  return bytes;
}

// A sentence for what is no table, or empty.
std::string_view NotATable(std::string_view bytes) {
  if (StartsWith(bytes, "PK\x03\x04") || StartsWith(bytes, "PK\x05\x06")) {
    return "is a zip archive (or an Excel workbook); unpack it, or save the sheet as CSV.";
  }
  if (StartsWith(bytes, "\x28\xB5\x2F\xFD")) return "is compressed with zstd; unpack it first.";
  if (StartsWith(bytes, "BZh")) return "is compressed with bzip2; unpack it first.";
  if (StartsWith(bytes,
                 "\xFD"
                 "7zXZ"))
    return "is compressed with xz; unpack it first.";
  if (StartsWith(bytes, "7z\xBC\xAF")) return "is a 7z archive; unpack it first.";
  if (StartsWith(bytes, "%PDF-")) return "is a PDF document, not a table.";
  if (StartsWith(bytes, "\xD0\xCF\x11\xE0")) {
    return "is an old Excel or Word document; save the sheet as CSV.";
  }
  if (StartsWith(bytes, "SQLite format 3")) return "is an SQLite database, not a table.";
  return "";
}

bool LooksBinary(std::string_view bytes) {
  std::size_t controls = 0;
  for (const char letter : bytes.substr(0, 1 << 16)) {
    if (letter == '\0') return true;
    const auto code = static_cast<unsigned char>(letter);
    if (code < 0x20 && letter != '\t' && letter != '\n' && letter != '\r' && code != 0x1F) {
      ++controls;
    }
  }
  return controls * 50 > std::min<std::size_t>(bytes.size(), 1 << 16);
}

}  // namespace

std::string FileName(const std::string& path) {
  const std::size_t slash = path.find_last_of('/');
  return slash == std::string::npos ? path : path.substr(slash + 1);
}

Result<FileLook> LookAtFile(const std::string& path) {
  struct stat status {};
  if (stat(path.c_str(), &status) != 0) {
    if (errno == ENOENT || errno == ENOTDIR) {
      return Fail(ErrorCode::kNotFound, fmt::format("There is no file {}.", path));
    }
    return Refuse(path, fmt::format("cannot be read: {}.", std::strerror(errno)));
  }
  if (S_ISDIR(status.st_mode)) return Refuse(path, "is a folder; name the files in it.");
  FileLook look;
  look.bytes = status.st_size;
  RIPEN_ASSIGN_OR_RETURN(std::string bytes, FirstBytes(path, false, 1 << 12));
  if (bytes.empty()) return Refuse(path, "is empty.");
  look.gzip = StartsWith(bytes, "\x1F\x8B");
  if (!look.gzip && StartsWith(bytes, "PAR1")) {
    look.format = ledger::FileFormat::kParquet;
    return look;
  }
  RIPEN_ASSIGN_OR_RETURN(bytes, FirstBytes(path, look.gzip, kLookBytes));
  if (bytes.empty()) return Refuse(path, "is empty.");
  if (const std::string_view sentence = NotATable(bytes); !sentence.empty()) {
    return Refuse(path, sentence);
  }
  std::string_view rest = bytes;
  if (StartsWith(rest, "\xEF\xBB\xBF")) {
    look.byte_order_mark = true;
    rest.remove_prefix(3);
  } else if (StartsWith(rest, "\xFF\xFE")) {
    look.byte_order_mark = true;
    look.encoding = Encoding::kUtf16Little;
  } else if (StartsWith(rest, "\xFE\xFF")) {
    look.byte_order_mark = true;
    look.encoding = Encoding::kUtf16Big;
  }
  if (look.encoding == Encoding::kUtf8) {
    if (LooksBinary(rest)) {
      return Refuse(path, "holds binary data; CSV, Parquet and NDJSON can be read.");
    }
    if (ValidUtf8Prefix(rest) != rest.size()) look.encoding = Encoding::kWindows1252;
    const std::size_t first = rest.find_first_not_of(" \t\r\n");
    if (first == std::string_view::npos) return Refuse(path, "is empty: it holds only blanks.");
    if (rest[first] == '{') look.format = ledger::FileFormat::kNdjson;
  }
  return look;
}

struct Utf8Reader::Impl {
  gzFile file = nullptr;
  std::string path;
  Encoding encoding = Encoding::kUtf8;
  bool at_start = true;
  std::string raw;
  std::string carried;     // bytes of a character that is cut in two
  std::uint32_t high = 0;  // a high surrogate that waits for its low one
  ~Impl() {
    if (file != nullptr) gzclose(file);
  }
  void DecodeUtf16(std::string& out);
};

Utf8Reader::Utf8Reader() : impl_(std::make_unique<Impl>()) {}
Utf8Reader::Utf8Reader(Utf8Reader&&) noexcept = default;
Utf8Reader& Utf8Reader::operator=(Utf8Reader&&) noexcept = default;
Utf8Reader::~Utf8Reader() = default;

Result<Utf8Reader> Utf8Reader::Open(const std::string& path, const FileLook& look) {
  Utf8Reader reader;
  reader.impl_->file = gzopen(path.c_str(), "rb");  // reads what is not compressed as it is
  if (reader.impl_->file == nullptr) return Refuse(path, "cannot be read.");
  gzbuffer(reader.impl_->file, 1 << 18);
  reader.impl_->path = path;
  reader.impl_->encoding = look.encoding;
  return reader;
}

void Utf8Reader::Impl::DecodeUtf16(std::string& out) {
  std::string bytes = std::exchange(carried, "") + raw;
  std::size_t at = 0;
  for (; at + 2 <= bytes.size(); at += 2) {
    const auto first = static_cast<unsigned char>(bytes[at]);
    const auto second = static_cast<unsigned char>(bytes[at + 1]);
    const std::uint32_t unit = encoding == Encoding::kUtf16Little
                                   ? static_cast<std::uint32_t>(second) << 8 | first
                                   : static_cast<std::uint32_t>(first) << 8 | second;
    if (unit >= 0xD800 && unit < 0xDC00) {
      high = unit;
    } else if (unit >= 0xDC00 && unit < 0xE000) {
      AppendUtf8(high == 0 ? 0xFFFD : 0x10000 + ((high - 0xD800) << 10) + (unit - 0xDC00), out);
      high = 0;
    } else {
      if (high != 0) AppendUtf8(0xFFFD, out);
      high = 0;
      AppendUtf8(unit, out);
    }
  }
  carried = bytes.substr(at);
}

Status Utf8Reader::Next(std::string& bytes) {
  bytes.clear();
  impl_->raw.resize(kPieceBytes);
  const int got = gzread(impl_->file, impl_->raw.data(), kPieceBytes);
  if (got < 0) return Refuse(impl_->path, "is compressed, but damaged: it cannot be unpacked.");
  impl_->raw.resize(static_cast<std::size_t>(got));
  if (got == 0) return {};
  switch (impl_->encoding) {
    case Encoding::kUtf8: bytes.swap(impl_->raw); break;
    case Encoding::kWindows1252:
      for (const char letter : impl_->raw) {
        const auto code = static_cast<unsigned char>(letter);
        AppendUtf8(code >= 0x80 && code < 0xA0 ? kWindows1252[code - 0x80] : code, bytes);
      }
      break;
    case Encoding::kUtf16Little:
    case Encoding::kUtf16Big: impl_->DecodeUtf16(bytes); break;
  }
  if (std::exchange(impl_->at_start, false) && StartsWith(bytes, "\xEF\xBB\xBF")) bytes.erase(0, 3);
  return {};
}

bool NeedsTranscoding(const FileLook& look) { return look.encoding != Encoding::kUtf8; }

Status WriteUtf8Copy(const std::string& path, const FileLook& look, const std::string& copy) {
  RIPEN_ASSIGN_OR_RETURN(Utf8Reader reader, Utf8Reader::Open(path, look));
  std::FILE* out = std::fopen(copy.c_str(), "wb");
  if (out == nullptr) {
    return Fail(ErrorCode::kUnavailable, fmt::format("The temporary file {} cannot be written: {}.",
                                                     copy, std::strerror(errno)));
  }
  std::string bytes;
  bool wrote = true;
  while (wrote) {
    if (Status status = reader.Next(bytes); !status) {
      std::fclose(out);
      return status;
    }
    if (bytes.empty()) break;
    wrote = std::fwrite(bytes.data(), 1, bytes.size(), out) == bytes.size();
  }
  wrote = std::fclose(out) == 0 && wrote;
  if (wrote) return {};
  return Fail(ErrorCode::kUnavailable,
              "The disk is full; nothing of this import was stored. Free some space and try "
              "again.");
}

}  // namespace ripen::store
