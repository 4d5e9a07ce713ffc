// The HTTP server: the dashboard's pages, the reads and the writes of api/openapi.yaml and the
// stream of changes, on loopback.
//
//   RIPEN_ASSIGN_OR_RETURN(auto server, server::Server::Start(engine, options));
//   fmt::print("{}\n", server->address());
//   server->Wait();
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "base/result.h"
#include "server/engine_view.h"

namespace ripen::engine {
class Engine;
}

namespace ripen::server {

struct ServerOptions {
  // "127.0.0.1", "::1" or "localhost". Everything else is refused: there are no tokens yet.
  std::string host = "127.0.0.1";
  std::uint16_t port = 8484;  // 0 = any free one, see Server::port()
  // A folder with a built dashboard, served instead of the embedded one.
  std::string ui_dir;
  // Questions that the engine answers at once, and those that wait; more get 503.
  int workers = 2;
  std::size_t waiting_questions = 64;
  // Connections at once; more wait in the backlog of the system.
  std::size_t connections = 512;
  // A connection that has not sent a whole request by then is closed, idle ones included.
  int read_timeout_seconds = 30;
  // A client that has not taken its answer by then is cut off.
  int write_timeout_seconds = 30;
  // Stop on SIGINT and SIGTERM, so that Wait() returns.
  bool stop_on_signals = false;
  // One line for each answer: method, route, status, milliseconds. Never a query, a header or an
  // address, so no personal data. Called on the network thread. Empty = no log.
  std::function<void(std::string_view line)> log;
};

// One network thread and a bounded pool of workers for the engine's answers.
// Thread safety: all functions may be called from any thread.
class Server {
 public:
  // Listens and answers from the moment it returns. `engine` must outlive the Server.
  // Errors: kInvalidArgument for a host that is not loopback or a ui_dir without index.html;
  // kFailedPrecondition when the port is taken or may not be used.
  [[nodiscard]] static Result<std::unique_ptr<Server>> Start(engine::Engine& engine,
                                                             const ServerOptions& options);
  [[nodiscard]] static Result<std::unique_ptr<Server>> Start(
      const std::shared_ptr<EngineView>& engine, const ServerOptions& options);
  ~Server();  // as Stop()
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  std::string address() const;  // "http://127.0.0.1:8484/"
  std::uint16_t port() const;

  // Blocks until the server has stopped: by Stop() in another thread, or by a signal.
  void Wait();
  // Takes no new connection, refuses the questions that wait with 503, gives those that the engine
  // is working on 10 s to be answered, and returns when the engine is done. May be called again,
  // but not from `log`.
  void Stop();

 private:
  struct Impl;
  explicit Server(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace ripen::server
