// Events from standard input, kept in a file while they are read.
#pragma once

#include <string>
#include <utility>

#include "base/result.h"
#include "engine/temporary_folder.h"

namespace ripen::cli {

// A file of our own with everything that came over stdin; it goes with this object.
class StandardInput {
 public:
  // Reads to the end. Errors: kUnavailable when the disk is full; kInvalidArgument without a byte.
  [[nodiscard]] static Result<StandardInput> Read();

  const std::string& path() const { return path_; }

 private:
  explicit StandardInput(engine::TemporaryFolder folder)
      : folder_(std::move(folder)), path_(folder_.path() + "/standard-input.ndjson") {}

  engine::TemporaryFolder folder_;
  std::string path_;
};

}  // namespace ripen::cli
