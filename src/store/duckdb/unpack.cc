#include "store/unpack.h"

#include <fmt/format.h>
#include <zlib.h>

#include <array>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <memory>

namespace ripen::store {
namespace {

constexpr int kGzipWindow = 15 + 16;  // the largest window, gzip headers alone
constexpr std::size_t kPiece = 1 << 18;

}  // namespace

Status UnpackGzip(std::string_view packed, const std::string& path, std::int64_t most_bytes) {
  const std::unique_ptr<std::FILE, int (*)(std::FILE*)> file(std::fopen(path.c_str(), "wbx"),
                                                             std::fclose);
  const auto unwritten = [&] {
    return Fail(ErrorCode::kUnavailable,
                fmt::format("{} cannot be written: {}.", path, std::strerror(errno)));
  };
  if (!file) return unwritten();
  z_stream stream{};
  if (inflateInit2(&stream, kGzipWindow) != Z_OK) {
    return Fail(ErrorCode::kInternal, "The body cannot be unpacked: no memory.");
  }
  const std::unique_ptr<z_stream, int (*)(z_stream*)> end(&stream, inflateEnd);
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(packed.data()));
  stream.avail_in = static_cast<uInt>(packed.size());
  const auto piece = std::make_unique<std::array<char, kPiece>>();
  std::int64_t unpacked = 0;
  int state = Z_OK;
  while (state != Z_STREAM_END) {
    stream.next_out = reinterpret_cast<Bytef*>(piece->data());
    stream.avail_out = kPiece;
    state = inflate(&stream, Z_NO_FLUSH);
    const std::size_t got = kPiece - stream.avail_out;
    unpacked += static_cast<std::int64_t>(got);
    if ((state != Z_OK && state != Z_STREAM_END) || (state == Z_OK && got == 0)) {
      return Fail(ErrorCode::kInvalidArgument,
                  "The body says it is gzip, but cannot be unpacked: it is damaged or cut off.");
    }
    if (unpacked > most_bytes) {
      return Fail(ErrorCode::kOutOfRange,
                  fmt::format("The body holds over {} MB when unpacked; send it in parts.",
                              most_bytes >> 20));
    }
    if (std::fwrite(piece->data(), 1, got, file.get()) != got) return unwritten();
    // Bodies may be several gzip members, one after the other.
    if (state == Z_STREAM_END && stream.avail_in > 0 && inflateReset(&stream) == Z_OK) state = Z_OK;
  }
  if (std::fflush(file.get()) != 0) return unwritten();
  return {};
}

}  // namespace ripen::store
