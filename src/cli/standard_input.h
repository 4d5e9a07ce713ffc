// Events from standard input, kept in a file while they are read.
#pragma once

#include <string>

#include "base/result.h"

namespace ripen::cli {

// A file of our own with everything that came over stdin; removed at the end of its life.
class StandardInput {
 public:
  // Reads to the end. Errors: kUnavailable when the disk is full; kInvalidArgument without a byte.
  [[nodiscard]] static Result<StandardInput> Read();
  StandardInput(StandardInput&& other) noexcept;
  StandardInput& operator=(StandardInput&& other) noexcept;
  ~StandardInput();

  const std::string& path() const { return path_; }

 private:
  explicit StandardInput(std::string path) : path_(std::move(path)) {}
  std::string path_;
};

}  // namespace ripen::cli
