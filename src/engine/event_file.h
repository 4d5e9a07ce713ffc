// Events of one request as a file of our own: stores read files.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "engine/temporary_folder.h"

namespace ripen::engine {

// Movable; the file goes with its owner.
class EventFile {
 public:
  // Errors: kUnavailable where the disk is full; kInvalidArgument for an empty or damaged body;
  // kOutOfRange for one of over 512 MB when unpacked.
  [[nodiscard]] static Result<EventFile> Write(std::string_view body, bool gzip);
  const std::string& path() const { return path_; }

 private:
  EventFile(TemporaryFolder folder, std::string path)
      : folder_(std::move(folder)), path_(std::move(path)) {}
  TemporaryFolder folder_;
  std::string path_;
};

}  // namespace ripen::engine
