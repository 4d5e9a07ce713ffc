#include "server/gate.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "server/query.h"

namespace ripen::server {
namespace {

std::string Lower(std::string_view text) {
  std::string lower(text);
  std::transform(lower.begin(), lower.end(), lower.begin(), [](unsigned char character) {
    return character >= 'A' && character <= 'Z' ? static_cast<char>(character + 32)
                                                : static_cast<char>(character);
  });
  return lower;
}

bool IsLoopbackAddress(std::string_view host) {
  int numbers = 0;
  std::size_t position = 0;
  while (position <= host.size()) {
    const std::size_t dot = std::min(host.find('.', position), host.size());
    const std::string_view part = host.substr(position, dot - position);
    unsigned value = 0;
    const auto [end, error] = std::from_chars(part.data(), part.data() + part.size(), value);
    if (error != std::errc() || end != part.data() + part.size() || value > 255 ||
        part.size() > 3) {
      return false;
    }
    if (numbers == 0 && value != 127) return false;
    ++numbers;
    position = dot + 1;
  }
  return numbers == 4;
}

// Splits "localhost:8484" or "[::1]:8484"; a port that is none gives an empty name.
struct Authority {
  std::string name;
  std::optional<unsigned> port;
};
Authority SplitAuthority(std::string_view text) {
  Authority authority;
  std::size_t name_end = text.find(':');
  if (!text.empty() && text.front() == '[') {
    const std::size_t bracket = text.find(']');
    if (bracket == std::string_view::npos) return authority;
    authority.name = Lower(text.substr(1, bracket - 1));
    if (authority.name != "::1") return {};
    name_end = bracket + 1;
    if (name_end == text.size()) return authority;
    if (text[name_end] != ':') return {};
  } else {
    authority.name = Lower(text.substr(0, name_end));
    if (authority.name.find(':') != std::string::npos) return {};
    if (name_end == std::string_view::npos) return authority;
  }
  const std::string_view digits = text.substr(name_end + 1);
  unsigned port = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), port);
  if (error != std::errc() || end != digits.data() + digits.size() || port > 65535) return {};
  authority.port = port;
  return authority;
}

bool IsOwnAuthority(std::string_view text, std::uint16_t port) {
  const Authority authority = SplitAuthority(text);
  return IsLoopbackName(authority.name) && authority.port.value_or(80) == port;
}

Problem Refuse(int status, std::string detail) {
  return {status, ErrorCode::kInvalidArgument, std::move(detail), ""};
}

std::optional<Problem> RefusedHost(const Request& request, std::uint16_t port) {
  if (request.hosts.size() != 1) {
    return Refuse(
        400, fmt::format("A request has exactly one Host, this one has {}.", request.hosts.size()));
  }
  if (!IsOwnAuthority(request.hosts.front(), port)) {
    return Refuse(421, fmt::format("This server answers as localhost:{} or 127.0.0.1:{} only, not "
                                   "as '{}'.",
                                   port, port, Printable(request.hosts.front())));
  }
  return std::nullopt;
}

std::optional<Problem> RefusedOrigin(const Request& request) {
  for (const std::string& origin : request.origins) {
    if (request.origins.size() > 1 || Lower(origin) != "http://" + Lower(request.hosts.front())) {
      return Refuse(403, fmt::format("Pages of '{}' may not ask this server; only its own may.",
                                     Printable(origin)));
    }
  }
  // Other sites may link to a page, but not load data.
  const bool is_page = request.target.rfind("/api/", 0) != 0;
  if (request.fetch_site && *request.fetch_site != "same-origin" && *request.fetch_site != "none" &&
      !is_page) {
    return Refuse(403, fmt::format("A {} request may not read figures; only this server's own "
                                   "pages may.",
                                   Printable(*request.fetch_site)));
  }
  return std::nullopt;
}

std::optional<Problem> RefusedWrite(const Request& request) {
  if (!Writes(request.method)) return std::nullopt;
  if (!request.ripen) {
    return Refuse(403, fmt::format("A {} request needs an X-Ripen header, which no other site's "
                                   "page can send.",
                                   request.method));
  }
  const std::string given = request.content_type.value_or("");
  std::string type = Lower(given.substr(0, given.find(';')));
  while (!type.empty() && type.back() == ' ') type.pop_back();
  if (type != "application/json" && type != "application/x-ndjson") {
    return Refuse(415, fmt::format("A {} request has the content type application/json or "
                                   "application/x-ndjson, not '{}'.",
                                   request.method, Printable(given)));
  }
  return std::nullopt;
}

}  // namespace

bool IsLoopbackName(std::string_view host) {
  const std::string name = Lower(host);
  return name == "localhost" || name == "::1" || IsLoopbackAddress(name);
}

bool Writes(std::string_view method) {
  return method != "GET" && method != "HEAD" && method != "OPTIONS";
}

std::optional<Problem> Refusal(const Request& request, std::uint16_t port) {
  if (auto problem = RefusedHost(request, port)) return problem;
  if (auto problem = RefusedOrigin(request)) return problem;
  return RefusedWrite(request);
}

}  // namespace ripen::server
