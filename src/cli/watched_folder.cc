#include "cli/watched_folder.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <system_error>
#include <vector>

#include "cli/terminal.h"
#include "engine/clock.h"

namespace ripen::cli {
namespace {

namespace fs = std::filesystem;

constexpr std::chrono::seconds kBetweenLooks{1};

bool IsLeftAlone(const std::string& name) {
  const auto ends_in = [&](std::string_view end) {
    return name.size() >= end.size() &&
           name.compare(name.size() - end.size(), end.size(), end) == 0;
  };
  return name.front() == '.' || ends_in(".tmp") || ends_in(".part");
}

// A name that is not taken in the folder: "a.csv", "a.csv.2", ...
fs::path FreePath(const fs::path& folder, const std::string& name) {
  fs::path path = folder / name;
  for (int number = 2; fs::exists(path); ++number) {
    path = folder / fmt::format("{}.{}", name, number);
  }
  return path;
}

}  // namespace

Status WatchedFolder::Check(const std::string& folder) {
  std::error_code error;
  if (!fs::is_directory(folder, error)) {
    return Fail(ErrorCode::kNotFound, fmt::format("There is no folder {} to watch.", folder));
  }
  for (const char* name : {"done", "refused"}) {
    fs::create_directories(fs::path(folder) / name, error);
    if (error) {
      return Fail(ErrorCode::kUnavailable,
                  fmt::format("{}/{} cannot be made: {}.", folder, name, error.message()));
    }
  }
  return {};
}

WatchedFolder::WatchedFolder(engine::Engine& engine, std::string folder, bool history)
    : engine_(engine), folder_(std::move(folder)), history_(history) {
  thread_ = std::thread([this] { Run(); });
}

WatchedFolder::~WatchedFolder() {
  {
    const std::lock_guard lock(mutex_);
    over_ = true;
  }
  ended_.notify_all();
  thread_.join();
}

bool WatchedFolder::IsOver() {
  const std::lock_guard lock(mutex_);
  return over_;
}

void WatchedFolder::Run() {
  while (!IsOver()) {
    Look();
    std::unique_lock lock(mutex_);
    ended_.wait_for(lock, kBetweenLooks, [this] { return over_; });
  }
}

void WatchedFolder::Look() {
  std::error_code error;
  std::map<std::string, std::pair<std::uintmax_t, std::int64_t>> now;
  std::vector<std::string> complete;
  for (const fs::directory_entry& entry : fs::directory_iterator(folder_, error)) {
    const std::string name = entry.path().filename().string();
    std::error_code gone;
    if (!entry.is_regular_file(gone) || IsLeftAlone(name)) continue;
    const std::pair state{
        entry.file_size(gone),
        static_cast<std::int64_t>(entry.last_write_time(gone).time_since_epoch().count())};
    if (gone) continue;
    const auto stuck = stuck_.find(name);
    if (stuck != stuck_.end() && stuck->second == state) continue;
    now[name] = state;
    const auto before = seen_.find(name);
    if (before != seen_.end() && before->second == state) complete.push_back(name);
  }
  seen_ = std::move(now);
  std::sort(complete.begin(), complete.end());
  for (const std::string& name : complete) {
    if (IsOver()) return;
    Read(name);
  }
}

void WatchedFolder::Read(const std::string& name) {
  const fs::path path = fs::path(folder_) / name;
  engine::ImportRequest request;
  request.files = {path.string()};
  if (!history_) request.received_at = engine::Now();
  request.live = true;
  const auto read = engine_.ImportFiles(request);
  std::error_code error;
  if (read) {
    fs::rename(path, FreePath(fs::path(folder_) / "done", name), error);
    Say(fmt::format("{}: {} rows read, {} of them known already.", name, read->input.rows,
                    read->input.duplicates));
  } else {
    const fs::path refused = FreePath(fs::path(folder_) / "refused", name);
    std::ofstream(refused.string() + ".reason.txt") << read.error().message << "\n";
    fs::rename(path, refused, error);
    Say(fmt::format("{} was refused: {}", name, read.error().message));
  }
  if (error) {
    stuck_[name] = seen_[name];
    Say(fmt::format("{} cannot be moved: {}; it is left alone until it changes.", path.string(),
                    error.message()));
  }
  seen_.erase(name);
}

}  // namespace ripen::cli
