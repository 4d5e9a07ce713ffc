// A folder whose new files are read as they appear.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <map>
#include <mutex>
#include <string>
#include <thread>
#include <utility>

#include "base/result.h"
#include "engine/engine.h"

namespace ripen::cli {

// Looks once a second. A file is complete when its size and time have not changed for two looks;
// names that begin with a dot or end in .tmp or .part are left alone. What is read moves to done/,
// what is refused to refused/ with the reason in NAME.reason.txt beside it. A crash between the
// commit and the move reads the file again, which changes nothing. With `history` the files' own
// times count, else all is known from the moment of receipt.
class WatchedFolder {
 public:
  // Errors: kNotFound where there is no such folder; kUnavailable where it cannot be written.
  [[nodiscard]] static Status Check(const std::string& folder);
  // `engine` must outlive it. Reads on a thread of its own.
  WatchedFolder(engine::Engine& engine, std::string folder, bool history);
  ~WatchedFolder();
  WatchedFolder(const WatchedFolder&) = delete;
  WatchedFolder& operator=(const WatchedFolder&) = delete;

 private:
  void Run();
  bool IsOver();
  void Look();
  void Read(const std::string& name);

  engine::Engine& engine_;
  const std::string folder_;
  const bool history_;
  // Size and time at the last look, by name.
  std::map<std::string, std::pair<std::uintmax_t, std::int64_t>> seen_;
  // Files that could not be moved, as they were: read once, not for ever.
  std::map<std::string, std::pair<std::uintmax_t, std::int64_t>> stuck_;
  std::mutex mutex_;
  std::condition_variable ended_;
  bool over_ = false;  // under mutex_
  std::thread thread_;
};

}  // namespace ripen::cli
