#include "cli/standard_input.h"

#include <fmt/format.h>
#include <stdlib.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <system_error>
#include <utility>

namespace ripen::cli {
namespace {

constexpr std::string_view kSuffix = ".ndjson";

bool WriteAll(int file, const char* bytes, std::size_t count) {
  while (count > 0) {
    const ssize_t written = ::write(file, bytes, count);
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return false;
    bytes += written;
    count -= static_cast<std::size_t>(written);
  }
  return true;
}

}  // namespace

Result<StandardInput> StandardInput::Read() {
  std::error_code error;
  const std::filesystem::path root = std::filesystem::temp_directory_path(error);
  std::string path = (root / "ripen-stdin-XXXXXX").string() + std::string(kSuffix);
  const int file = error ? -1 : ::mkstemps(path.data(), static_cast<int>(kSuffix.size()));
  if (file < 0) {
    return Fail(ErrorCode::kUnavailable,
                fmt::format("No temporary file could be made in {}.", root.string()));
  }
  StandardInput input(std::move(path));
  std::array<char, 65536> buffer{};
  std::int64_t total = 0;
  bool good = true;
  while (good) {
    const ssize_t count = ::read(STDIN_FILENO, buffer.data(), buffer.size());
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) break;
    total += count;
    good = WriteAll(file, buffer.data(), static_cast<std::size_t>(count));
  }
  const std::string why = std::strerror(errno);
  ::close(file);
  if (!good) {
    return Fail(ErrorCode::kUnavailable,
                fmt::format("Standard input could not be kept in {}: {}.", input.path(), why));
  }
  if (total == 0) {
    return Fail(ErrorCode::kInvalidArgument,
                "Standard input is empty; it must hold NDJSON events.");
  }
  return input;
}

StandardInput::StandardInput(StandardInput&& other) noexcept
    : path_(std::exchange(other.path_, {})) {}

StandardInput& StandardInput::operator=(StandardInput&& other) noexcept {
  std::swap(path_, other.path_);
  return *this;
}

StandardInput::~StandardInput() {
  if (!path_.empty()) ::unlink(path_.c_str());
}

}  // namespace ripen::cli
