#include "cli/server_file.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <openssl/rand.h>
#include <signal.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <charconv>
#include <cstring>
#include <fstream>
#include <utility>

namespace ripen::cli {
namespace {

std::string PathOf(const std::string& store) { return store + ".server"; }

bool IsRunning(int process) { return process > 0 && (::kill(process, 0) == 0 || errno == EPERM); }

Result<std::string> NewToken() {
  std::array<unsigned char, 32> bytes{};
  if (RAND_bytes(bytes.data(), static_cast<int>(bytes.size())) != 1) {
    return Fail(ErrorCode::kUnavailable, "The system gave no random bytes for a token.");
  }
  std::string token;
  for (const unsigned char byte : bytes) token += fmt::format("{:02x}", byte);
  return token;
}

}  // namespace

std::optional<ServerFile> ReadServerFile(const std::string& store) {
  std::ifstream file(PathOf(store));
  ServerFile server;
  for (std::string line; std::getline(file, line);) {
    const std::size_t equals = line.find('=');
    if (equals == std::string::npos) continue;
    const std::string value = line.substr(equals + 1);
    const std::string key = line.substr(0, equals);
    if (key == "address") server.address = value;
    if (key == "token") server.token = value;
    if (key == "process") {
      std::from_chars(value.data(), value.data() + value.size(), server.process);
    }
  }
  // A server that was killed leaves its file behind; its store is free.
  if (server.address.empty() || !IsRunning(server.process)) return std::nullopt;
  return server;
}

Result<ServerFileGuard> ServerFileGuard::Write(const std::string& store,
                                               const std::string& address) {
  const std::string path = PathOf(store);
  RIPEN_ASSIGN_OR_RETURN(const std::string token, NewToken());
  const std::string text =
      fmt::format("address={}\ntoken={}\nprocess={}\n", address, token, ::getpid());
  const std::string fresh = fmt::format("{}.{}", path, ::getpid());
  ::unlink(fresh.c_str());
  const int file = ::open(fresh.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  const bool written =
      file >= 0 && ::write(file, text.data(), text.size()) == static_cast<ssize_t>(text.size());
  const int reason = errno;
  if (file >= 0) ::close(file);
  if (!written || ::rename(fresh.c_str(), path.c_str()) != 0) {
    const std::string why = std::strerror(written ? errno : reason);
    ::unlink(fresh.c_str());
    return Fail(ErrorCode::kUnavailable, fmt::format("{} cannot be written: {}.", path, why));
  }
  return ServerFileGuard(path);
}

ServerFileGuard::ServerFileGuard(ServerFileGuard&& other) noexcept
    : path_(std::exchange(other.path_, {})) {}

ServerFileGuard::~ServerFileGuard() {
  if (!path_.empty()) ::unlink(path_.c_str());
}

}  // namespace ripen::cli
