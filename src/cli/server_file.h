// S.server: says which running server holds the store S, and how to reach it.
#pragma once

#include <optional>
#include <string>

#include "base/result.h"

namespace ripen::cli {

struct ServerFile {
  std::string address;  // "http://127.0.0.1:8484/"
  std::string token;    // proves to the server that the caller may read this file
  int process = 0;
};

// The server that holds `store`; nothing when there is no file or its process has ended.
std::optional<ServerFile> ReadServerFile(const std::string& store);

// Writes S.server, readable by its owner alone (mode 0600), and removes it at the end of its life.
class ServerFileGuard {
 public:
  // Errors: kUnavailable with the path when it cannot be written.
  [[nodiscard]] static Result<ServerFileGuard> Write(const std::string& store,
                                                     const std::string& address);
  ServerFileGuard(ServerFileGuard&& other) noexcept;
  ServerFileGuard& operator=(ServerFileGuard&&) = delete;
  ~ServerFileGuard();

 private:
  explicit ServerFileGuard(std::string path) : path_(std::move(path)) {}
  std::string path_;
};

}  // namespace ripen::cli
