#include "server/event_client.h"

#include <fmt/format.h>

#include <asio.hpp>
#include <charconv>

#include "server/events.h"

namespace ripen::server {
namespace {

// "http://127.0.0.1:8484/" -> "127.0.0.1", "8484"; brackets of an IPv6 address go.
struct HostPort {
  std::string host;
  std::string port;
};
Result<HostPort> ParseAddress(const std::string& address) {
  constexpr std::string_view kScheme = "http://";
  const std::size_t end = address.find('/', kScheme.size());
  const std::size_t colon = address.rfind(':');
  if (address.rfind(kScheme, 0) != 0 || colon == std::string::npos || colon < kScheme.size()) {
    return Fail(ErrorCode::kInvalidArgument,
                fmt::format("'{}' is no address of a server.", address));
  }
  HostPort parsed{address.substr(kScheme.size(), colon - kScheme.size()),
                  address.substr(colon + 1, end - colon - 1)};
  if (parsed.host.size() > 2 && parsed.host.front() == '[') {
    parsed.host = parsed.host.substr(1, parsed.host.size() - 2);
  }
  return parsed;
}

}  // namespace

Result<EventsReply> SendEvents(const std::string& address, std::string_view body, bool history) {
  RIPEN_ASSIGN_OR_RETURN(const HostPort target, ParseAddress(address));
  asio::io_context context;
  asio::ip::tcp::socket socket(context);
  std::error_code error;
  const auto endpoints = asio::ip::tcp::resolver(context).resolve(target.host, target.port, error);
  if (!error) asio::connect(socket, endpoints, error);
  const std::string head = fmt::format(
      "POST {}{} HTTP/1.1\r\nHost: {}:{}\r\nX-Ripen: 1\r\nContent-Type: "
      "application/x-ndjson\r\nContent-Length: {}\r\nConnection: close\r\n\r\n",
      kEventsPath, history ? "?history=true" : "",
      target.host.find(':') == std::string::npos ? target.host : "[" + target.host + "]",
      target.port, body.size());
  if (!error) {
    asio::write(socket, std::array{asio::buffer(head), asio::buffer(body.data(), body.size())},
                error);
  }
  std::string answer;
  if (!error) asio::read(socket, asio::dynamic_buffer(answer), error);
  const std::size_t blank = answer.find("\r\n\r\n");
  EventsReply reply;
  if (answer.size() > 12 && blank != std::string::npos) {
    std::from_chars(answer.data() + 9, answer.data() + 12, reply.status);
  }
  if (reply.status == 0) {
    return Fail(ErrorCode::kUnavailable,
                fmt::format("The server at {} does not answer: {}.", address, error.message()));
  }
  reply.body = answer.substr(blank + 4);
  return reply;
}

}  // namespace ripen::server
