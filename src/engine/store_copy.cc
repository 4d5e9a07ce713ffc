#include "engine/store_copy.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <filesystem>
#include <system_error>

namespace ripen::engine {
namespace {

// Keeps writers out as long as it lives: the engine of the store takes a lock on the whole file.
class ReadLock {
 public:
  explicit ReadLock(const std::string& path) : file_(::open(path.c_str(), O_RDONLY | O_CLOEXEC)) {
    struct flock lock {};
    lock.l_type = F_RDLCK;
    lock.l_whence = SEEK_SET;
    held_ = file_ >= 0 && ::fcntl(file_, F_SETLK, &lock) == 0;
  }
  ~ReadLock() {
    if (file_ >= 0) ::close(file_);
  }
  ReadLock(const ReadLock&) = delete;
  ReadLock& operator=(const ReadLock&) = delete;

  bool opened() const { return file_ >= 0; }
  bool held() const { return held_; }

 private:
  int file_;
  bool held_ = false;
};

}  // namespace

Status CopyStore(const std::string& from, const std::string& to) {
  const ReadLock lock(from);
  if (!lock.opened()) {
    return Fail(ErrorCode::kNotFound, fmt::format("The store {} cannot be read.", from));
  }
  if (!lock.held()) {
    return Fail(
        ErrorCode::kFailedPrecondition,
        fmt::format("The store {} is held by another process; only one may have it open.", from));
  }
  for (const char* part : {"", ".wal"}) {
    std::error_code error;
    if (*part != '\0' && !std::filesystem::exists(from + part, error)) continue;
    std::filesystem::copy_file(from + part, to + part, error);
    if (error) {
      return Fail(ErrorCode::kUnavailable, fmt::format("The store {} cannot be copied to {}: {}.",
                                                       from + part, to + part, error.message()));
    }
  }
  return {};
}

}  // namespace ripen::engine
