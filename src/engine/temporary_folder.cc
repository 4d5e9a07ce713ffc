#include "engine/temporary_folder.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <stdlib.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <string_view>
#include <system_error>
#include <utility>

namespace ripen::engine {
namespace {

constexpr std::string_view kPrefix = "ripen-work-";
constexpr std::string_view kLock = "/owner.lock";

// Removes the folders under `root` whose owner has ended. One without a lock file is being made.
void RemoveAbandoned(const std::filesystem::path& root) {
  std::error_code ignored;
  for (std::filesystem::directory_iterator at(root, ignored), end; at != end;
       at.increment(ignored)) {
    if (ignored) return;
    const std::string path = at->path().string();
    if (!at->path().filename().string().starts_with(kPrefix)) continue;
    const int lock = ::open((path + std::string(kLock)).c_str(), O_RDWR | O_CLOEXEC | O_NOFOLLOW);
    if (lock < 0) continue;
    std::error_code unremoved;
    if (::flock(lock, LOCK_EX | LOCK_NB) == 0) std::filesystem::remove_all(at->path(), unremoved);
    ::close(lock);
  }
}

// Holds a lock inside the folder. The file takes its name only when it is locked, so that nobody
// can find it unlocked before.
int HoldLock(const std::string& folder) {
  const std::string name = folder + std::string(kLock);
  const std::string fresh = name + ".new";
  const int lock = ::open(fresh.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (lock < 0) return -1;
  if (::flock(lock, LOCK_EX | LOCK_NB) == 0 && std::rename(fresh.c_str(), name.c_str()) == 0) {
    return lock;
  }
  ::close(lock);
  return -1;
}

}  // namespace

Result<TemporaryFolder> TemporaryFolder::Make() {
  std::error_code error;
  const std::filesystem::path root = std::filesystem::temp_directory_path(error);
  if (!error) RemoveAbandoned(root);
  std::string name = (root / (std::string(kPrefix) + "XXXXXX")).string();
  if (error || ::mkdtemp(name.data()) == nullptr) {
    return Fail(ErrorCode::kUnavailable,
                fmt::format("No temporary folder could be made in {}: {}.", root.string(),
                            error ? error.message() : std::strerror(errno)));
  }
  TemporaryFolder folder;
  folder.path_ = std::move(name);
  folder.lock_ = HoldLock(folder.path_);
  return folder;
}

TemporaryFolder::TemporaryFolder(TemporaryFolder&& other) noexcept
    : path_(std::exchange(other.path_, {})), lock_(std::exchange(other.lock_, -1)) {}

TemporaryFolder& TemporaryFolder::operator=(TemporaryFolder&& other) noexcept {
  std::swap(path_, other.path_);
  std::swap(lock_, other.lock_);
  return *this;
}

TemporaryFolder::~TemporaryFolder() {
  std::error_code ignored;  // nothing can be done about a folder that will not go
  if (!path_.empty()) std::filesystem::remove_all(path_, ignored);
  if (lock_ >= 0) ::close(lock_);
}

}  // namespace ripen::engine
