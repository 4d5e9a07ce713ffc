// A folder of our own that disappears with its owner.
#pragma once

#include <string>

#include "base/result.h"

namespace ripen::engine {

// Movable; the default one owns nothing. Folders that a killed process left behind are removed by
// the next one that makes a folder: a lock on a file inside says whether the owner still lives.
class TemporaryFolder {
 public:
  // Errors: kUnavailable when the system's folder for temporary files cannot be written.
  [[nodiscard]] static Result<TemporaryFolder> Make();
  TemporaryFolder() = default;
  TemporaryFolder(TemporaryFolder&& other) noexcept;
  TemporaryFolder& operator=(TemporaryFolder&& other) noexcept;
  ~TemporaryFolder();

  const std::string& path() const { return path_; }  // empty = none

 private:
  std::string path_;
  int lock_ = -1;  // the open file whose lock says that we live
};

}  // namespace ripen::engine
