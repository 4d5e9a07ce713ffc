// A blocking client on plain sockets, for tests: it sends what no HTTP library would.
#pragma once

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include <algorithm>
#include <cctype>
#include <cstdint>
#include <cstdlib>
#include <map>
#include <string>
#include <string_view>
#include <utility>

namespace ripen::server {

struct RawAnswer {
  int status = 0;                              // 0: the connection was closed without an answer
  std::map<std::string, std::string> headers;  // names in lower case; repeated ones joined by ", "
  std::string body;
};

class RawConnection {
 public:
  explicit RawConnection(std::uint16_t port, int receive_timeout_seconds = 20)
      : socket_(::socket(AF_INET, SOCK_STREAM, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    connected_ =
        ::connect(socket_, reinterpret_cast<const sockaddr*>(&address), sizeof(address)) == 0;
    const timeval timeout{receive_timeout_seconds, 0};
    ::setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &timeout, sizeof(timeout));
  }
  ~RawConnection() {
    if (socket_ >= 0) ::close(socket_);
  }
  RawConnection(RawConnection&& other) noexcept
      : socket_(std::exchange(other.socket_, -1)),
        connected_(other.connected_),
        buffer_(std::move(other.buffer_)) {}
  RawConnection(const RawConnection&) = delete;
  RawConnection& operator=(const RawConnection&) = delete;
  RawConnection& operator=(RawConnection&&) = delete;

  bool connected() const { return connected_; }

  bool Send(std::string_view bytes) {
    while (!bytes.empty()) {
      const ssize_t sent = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
      if (sent <= 0) return false;
      bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
    return true;
  }

  // Reads one answer. `without_body`: to HEAD.
  // The next bytes as they come; empty at the end or after the timeout.
  std::string ReadSome() {
    buffer_.clear();
    if (!Fill()) return {};
    return std::exchange(buffer_, {});
  }

  RawAnswer Read(bool without_body = false) {
    RawAnswer answer;
    std::size_t head_end = std::string::npos;
    while ((head_end = buffer_.find("\r\n\r\n")) == std::string::npos) {
      if (!Fill()) return answer;
    }
    const std::string head = buffer_.substr(0, head_end + 2);
    buffer_.erase(0, head_end + 4);
    answer.status = std::atoi(head.substr(head.find(' ') + 1, 3).c_str());
    std::size_t line = head.find("\r\n") + 2;
    while (line < head.size()) {
      const std::size_t end = head.find("\r\n", line);
      const std::size_t colon = head.find(':', line);
      std::string name = head.substr(line, colon - line);
      std::transform(name.begin(), name.end(), name.begin(),
                     [](unsigned char letter) { return static_cast<char>(std::tolower(letter)); });
      std::string& value = answer.headers[name];
      if (!value.empty()) value += ", ";
      value += head.substr(colon + 2, end - colon - 2);
      line = end + 2;
    }
    std::size_t length = 0;
    if (!without_body && answer.status != 304 && answer.headers.count("content-length") != 0) {
      length = static_cast<std::size_t>(std::atoll(answer.headers["content-length"].c_str()));
    }
    while (buffer_.size() < length) {
      if (!Fill()) return {};
    }
    answer.body = buffer_.substr(0, length);
    buffer_.erase(0, length);
    return answer;
  }

  // Whether the server closes the connection (before the receive timeout) with nothing more to say.
  bool IsClosedByServer() {
    char byte = 0;
    return buffer_.empty() && ::recv(socket_, &byte, 1, 0) == 0;
  }

 private:
  bool Fill() {
    char chunk[65536];
    const ssize_t received = ::recv(socket_, chunk, sizeof(chunk), 0);
    if (received <= 0) return false;
    buffer_.append(chunk, static_cast<std::size_t>(received));
    return true;
  }

  int socket_;
  bool connected_ = false;
  std::string buffer_;
};

// One request on a connection of its own. `headers` are whole lines, each with "\r\n".
inline RawAnswer Ask(std::uint16_t port, const std::string& method, const std::string& target,
                     const std::string& headers = "") {
  RawConnection connection(port);
  connection.Send(method + " " + target + " HTTP/1.1\r\nHost: 127.0.0.1:" + std::to_string(port) +
                  "\r\n" + headers + "\r\n");
  return connection.Read(method == "HEAD");
}
inline RawAnswer Get(std::uint16_t port, const std::string& target,
                     const std::string& headers = "") {
  return Ask(port, "GET", target, headers);
}

}  // namespace ripen::server
