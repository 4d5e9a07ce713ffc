#include "engine/temporary_folder.h"

#include <fmt/format.h>
#include <stdlib.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <system_error>
#include <utility>

namespace ripen::engine {

Result<TemporaryFolder> TemporaryFolder::Make() {
  std::error_code error;
  const std::filesystem::path root = std::filesystem::temp_directory_path(error);
  std::string name = (root / "ripen-XXXXXX").string();
  if (error || ::mkdtemp(name.data()) == nullptr) {
    return Fail(ErrorCode::kUnavailable,
                fmt::format("No temporary folder could be made in {}: {}.", root.string(),
                            error ? error.message() : std::strerror(errno)));
  }
  TemporaryFolder folder;
  folder.path_ = std::move(name);
  return folder;
}

TemporaryFolder::TemporaryFolder(TemporaryFolder&& other) noexcept
    : path_(std::exchange(other.path_, {})) {}

TemporaryFolder& TemporaryFolder::operator=(TemporaryFolder&& other) noexcept {
  std::swap(path_, other.path_);
  return *this;
}

TemporaryFolder::~TemporaryFolder() {
  if (path_.empty()) return;
  std::error_code ignored;  // nothing can be done about a folder that will not go
  std::filesystem::remove_all(path_, ignored);
}

}  // namespace ripen::engine
