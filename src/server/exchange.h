// A request and its answer as plain values; only server.cc knows the HTTP library.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace ripen::server {

// The parts of a request that the server looks at. Field values are as sent.
struct Request {
  std::string method;                     // "GET"
  std::string target;                     // "/api/v1/check?as_of=2026-11-20"
  std::vector<std::string> hosts;         // a valid request has exactly one
  std::vector<std::string> origins;       // at most one
  std::optional<std::string> fetch_site;  // Sec-Fetch-Site
  std::optional<std::string> content_type;
  std::optional<std::string> ripen;  // X-Ripen
  std::optional<std::string> accept;
  std::optional<std::string> accept_encoding;
  std::optional<std::string> if_none_match;
  std::optional<std::string> content_encoding;
  std::string body;  // of POST alone
};

struct Answer {
  int status = 200;
  std::string content_type;  // empty: no body
  // Besides those that every answer carries (see StandardHeaders).
  std::vector<std::pair<std::string, std::string>> headers;
  std::variant<std::string, std::string_view> body;  // a view must live as long as the program
  std::string route;                                 // for the log: a pattern, never a query

  std::string_view body_text() const {
    return std::visit([](const auto& text) { return std::string_view(text); }, body);
  }
};

// What keeps a browser from doing anything with an answer that the dashboard does not need.
const std::vector<std::pair<std::string, std::string>>& StandardHeaders();

// The reason phrase of a status, "Not Found".
std::string_view ReasonPhrase(int status);

}  // namespace ripen::server
