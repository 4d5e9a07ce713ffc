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

struct Sent {
  std::string_view method;
  std::string_view target;
  std::string_view content_type;
  std::string_view body;
};

Result<Reply> Send(const std::string& address, const Sent& sent) {
  RIPEN_ASSIGN_OR_RETURN(const HostPort target, ParseAddress(address));
  asio::io_context context;
  asio::ip::tcp::socket socket(context);
  std::error_code error;
  const auto endpoints = asio::ip::tcp::resolver(context).resolve(target.host, target.port, error);
  if (!error) asio::connect(socket, endpoints, error);
  const std::string head = fmt::format(
      "{} {} HTTP/1.1\r\nHost: {}:{}\r\nX-Ripen: 1\r\nContent-Type: {}\r\n"
      "Content-Length: {}\r\nConnection: close\r\n\r\n",
      sent.method, sent.target,
      target.host.find(':') == std::string::npos ? target.host : "[" + target.host + "]",
      target.port, sent.content_type, sent.body.size());
  if (!error) {
    asio::write(socket,
                std::array{asio::buffer(head), asio::buffer(sent.body.data(), sent.body.size())},
                error);
  }
  std::string answer;
  if (!error) asio::read(socket, asio::dynamic_buffer(answer), error);
  const std::size_t blank = answer.find("\r\n\r\n");
  Reply reply;
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

}  // namespace

Result<Reply> SendEvents(const std::string& address, std::string_view body, bool history) {
  const std::string target = fmt::format("{}{}", kEventsPath, history ? "?history=true" : "");
  return Send(address, {"POST", target, "application/x-ndjson", body});
}

Result<Reply> SendJson(const std::string& address, std::string_view method, std::string_view target,
                       std::string_view body) {
  return Send(address, {method, target, "application/json", body});
}

}  // namespace ripen::server
