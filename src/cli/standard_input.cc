#include "cli/standard_input.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <utility>

namespace ripen::cli {
namespace {

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
  RIPEN_ASSIGN_OR_RETURN(engine::TemporaryFolder folder, engine::TemporaryFolder::Make());
  StandardInput input(std::move(folder));
  const int file = ::open(input.path().c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (file < 0) {
    return Fail(ErrorCode::kUnavailable,
                fmt::format("{} cannot be written: {}.", input.path(), std::strerror(errno)));
  }
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

}  // namespace ripen::cli
