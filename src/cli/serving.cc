#include "cli/serving.h"

#include <fmt/format.h>

#include <charconv>
#include <memory>
#include <optional>

#include "cli/server_file.h"
#include "cli/terminal.h"
#include "cli/watched_folder.h"
#include "server/server.h"

namespace ripen::cli {
namespace {

Status ReadListen(const std::string& listen, server::ServerOptions& options) {
  const std::size_t colon = listen.rfind(':');
  std::string host = listen.substr(0, colon);
  const std::string port = colon == std::string::npos ? "" : listen.substr(colon + 1);
  const auto [end, error] = std::from_chars(port.data(), port.data() + port.size(), options.port);
  if (host.empty() || port.empty() || error != std::errc{} || end != port.data() + port.size()) {
    return Fail(ErrorCode::kInvalidArgument,
                fmt::format("--listen must look like 127.0.0.1:8484, got '{}'.", listen));
  }
  if (host.front() == '[' && host.back() == ']') host = host.substr(1, host.size() - 2);
  options.host = host;
  return {};
}

}  // namespace

Status ServeUntilStopped(engine::Engine& engine, const ServingOptions& options) {
  if (!options.watch.empty()) RIPEN_RETURN_IF_ERROR(WatchedFolder::Check(options.watch));
  server::ServerOptions settings;
  RIPEN_RETURN_IF_ERROR(ReadListen(options.listen, settings));
  settings.ui_dir = options.ui_dir;
  settings.stop_on_signals = true;
  if (options.log) settings.log = [](std::string_view line) { Say(line); };
  auto server = server::Server::Start(engine, settings);
  if (!server && options.any_port && server.error().code == ErrorCode::kFailedPrecondition) {
    settings.port = 0;
    server = server::Server::Start(engine, settings);
  }
  if (!server) return tl::unexpected<Error>(server.error());
  std::optional<ServerFileGuard> held;
  if (!options.store.empty()) {
    RIPEN_ASSIGN_OR_RETURN(ServerFileGuard guard,
                           ServerFileGuard::Write(options.store, (*server)->address()));
    held.emplace(std::move(guard));
  }
  const std::string sentence =
      fmt::format("The dashboard is at {} - Ctrl-C ends it.", (*server)->address());
  std::optional<WatchedFolder> watched;
  if (!options.watch.empty()) watched.emplace(engine, options.watch, options.watch_history);
  if (Print(sentence) != 0) {
    return Fail(ErrorCode::kUnavailable, "The server was stopped again.");
  }
  (*server)->Wait();
  return {};
}

}  // namespace ripen::cli
