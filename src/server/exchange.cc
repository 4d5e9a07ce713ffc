#include "server/exchange.h"

#include <algorithm>
#include <array>

namespace ripen::server {

const std::vector<std::pair<std::string, std::string>>& StandardHeaders() {
  static const std::vector<std::pair<std::string, std::string>> headers = {
      {"Content-Security-Policy",
       "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; "
       "connect-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'none'; "
       "frame-ancestors 'none'"},
      {"Cross-Origin-Opener-Policy", "same-origin"},
      {"Cross-Origin-Resource-Policy", "same-origin"},
      {"Permissions-Policy", "camera=(), geolocation=(), microphone=()"},
      {"Referrer-Policy", "no-referrer"},
      {"X-Content-Type-Options", "nosniff"},
      {"X-Frame-Options", "DENY"},
  };
  return headers;
}

std::string_view ReasonPhrase(int status) {
  struct Row {
    int status;
    std::string_view phrase;
  };
  static constexpr std::array<Row, 17> kRows{{{200, "OK"},
                                              {304, "Not Modified"},
                                              {400, "Bad Request"},
                                              {403, "Forbidden"},
                                              {404, "Not Found"},
                                              {405, "Method Not Allowed"},
                                              {409, "Conflict"},
                                              {413, "Content Too Large"},
                                              {414, "URI Too Long"},
                                              {415, "Unsupported Media Type"},
                                              {421, "Misdirected Request"},
                                              {422, "Unprocessable Content"},
                                              {499, "Client Closed Request"},
                                              {500, "Internal Server Error"},
                                              {501, "Not Implemented"},
                                              {503, "Service Unavailable"},
                                              {504, "Gateway Timeout"}}};
  const auto* const row = std::find_if(kRows.begin(), kRows.end(),
                                       [&](const Row& each) { return each.status == status; });
  return row == kRows.end() ? "Error" : row->phrase;
}

}  // namespace ripen::server
