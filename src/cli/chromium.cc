#include "cli/chromium.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <spawn.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <string_view>
#include <system_error>

#include "engine/temporary_folder.h"

namespace ripen::cli {
namespace {

constexpr std::string_view kNames[] = {"chromium", "chromium-browser", "google-chrome"};

// Where the shell would find it.
std::string InPath(std::string_view name) {
  const char* path = std::getenv("PATH");
  std::string_view left = path == nullptr ? "" : path;
  while (!left.empty()) {
    const std::size_t colon = left.find(':');
    const std::filesystem::path candidate = std::filesystem::path(left.substr(0, colon)) / name;
    if (access(candidate.c_str(), X_OK) == 0) return candidate.string();
    left = colon == std::string_view::npos ? std::string_view() : left.substr(colon + 1);
  }
  return {};
}

// Waits for a process to end; false where that takes too long.
bool EndsWithin(pid_t process, std::chrono::seconds patience) {
  const int watched = static_cast<int>(syscall(SYS_pidfd_open, process, 0));
  if (watched < 0) return true;  // ended already, or an old system: waitpid waits then
  pollfd ended{watched, POLLIN, 0};
  const auto milliseconds = std::chrono::milliseconds(patience).count();
  const int ready = poll(&ended, 1, static_cast<int>(milliseconds));
  close(watched);
  return ready > 0;
}

}  // namespace

Result<std::string> FindChromium() {
  if (const char* named = std::getenv("RIPEN_CHROMIUM"); named != nullptr && *named != '\0') {
    if (access(named, X_OK) == 0) return std::string(named);
    return Fail(ErrorCode::kFailedPrecondition,
                fmt::format("RIPEN_CHROMIUM names '{}', which cannot be run.", named));
  }
  for (const std::string_view name : kNames) {
    std::string found = InPath(name);
    if (!found.empty()) return found;
  }
  return Fail(ErrorCode::kFailedPrecondition,
              "A report is drawn by Chromium, which is not there. Install it (Debian: apt install "
              "chromium), or name its program in RIPEN_CHROMIUM.");
}

Status RunChromium(const std::string& program, const std::vector<std::string>& arguments,
                   const std::string& output, std::chrono::seconds patience) {
  RIPEN_ASSIGN_OR_RETURN(const auto profile, engine::TemporaryFolder::Make());
  std::vector<std::string> words = {program,
                                    "--headless=new",
                                    "--disable-gpu",
                                    "--no-first-run",
                                    "--disable-background-networking",
                                    "--disable-component-update",
                                    "--disable-sync",
                                    "--user-data-dir=" + profile.path()};
  // Chromium refuses its sandbox to root, as in a container.
  if (geteuid() == 0) words.emplace_back("--no-sandbox");
  words.insert(words.end(), arguments.begin(), arguments.end());
  std::vector<char*> pointers;
  for (std::string& word : words) pointers.push_back(word.data());
  pointers.push_back(nullptr);

  posix_spawn_file_actions_t files;
  posix_spawn_file_actions_init(&files);
  posix_spawn_file_actions_addopen(&files, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
  posix_spawn_file_actions_addopen(&files, STDOUT_FILENO, output.c_str(),
                                   O_WRONLY | O_CREAT | O_TRUNC, 0600);
  posix_spawn_file_actions_addopen(&files, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
  pid_t process = 0;
  const int trouble =
      posix_spawn(&process, program.c_str(), &files, nullptr, pointers.data(), environ);
  posix_spawn_file_actions_destroy(&files);
  if (trouble != 0) {
    return Fail(ErrorCode::kUnavailable,
                fmt::format("{} cannot be started: {}.", program,
                            std::error_code(trouble, std::generic_category()).message()));
  }
  const bool ended = EndsWithin(process, patience);
  if (!ended) kill(process, SIGKILL);
  int state = 0;
  while (waitpid(process, &state, 0) < 0 && errno == EINTR) {
  }
  if (!ended) {
    return Fail(ErrorCode::kUnavailable, fmt::format("{} had not drawn the pages after {} seconds.",
                                                     program, patience.count()));
  }
  if (!WIFEXITED(state) || WEXITSTATUS(state) != 0) {
    return Fail(ErrorCode::kUnavailable, fmt::format("{} failed to draw the pages.", program));
  }
  return {};
}

}  // namespace ripen::cli
