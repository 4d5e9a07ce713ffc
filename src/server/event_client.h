// Talks to a running server, as `ripen ingest` and `ripen drill` do where a server holds the store.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"

namespace ripen::server {

struct Reply {
  int status = 0;
  std::string body;  // JSON: the answer or a problem document
};

// POST /api/v1/events at `address` ("http://127.0.0.1:8484/"). Blocks until answered. Errors:
// kUnavailable where nobody answers there, kInvalidArgument for another kind of address.
[[nodiscard]] Result<Reply> SendEvents(const std::string& address, std::string_view body,
                                       bool history);

// The same for any request whose body, if it has one, is JSON.
[[nodiscard]] Result<Reply> SendJson(const std::string& address, std::string_view method,
                                     std::string_view target, std::string_view body);

}  // namespace ripen::server
