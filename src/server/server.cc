#include "server/server.h"

#include <fmt/format.h>

#include <asio.hpp>
#include <chrono>
#include <condition_variable>
#include <csignal>
#include <list>
#include <mutex>
#include <restinio/all.hpp>
#include <system_error>
#include <thread>
#include <utility>

#include "json/events_json.h"
#include "server/events.h"
#include "server/query.h"
#include "server/router.h"
#include "server/worker_pool.h"

namespace ripen::server {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;
using std::chrono::steady_clock;

// Bounds under which the library reads a request at all; it cuts off what is beyond. The router
// answers the finer ones with a sentence.
constexpr std::size_t kMostTargetBytes = 4 * kMaxTargetBytes;
constexpr std::size_t kMostFieldNameBytes = 256;
constexpr std::size_t kMostFieldValueBytes = 8192;
constexpr std::size_t kMostFields = 64;
constexpr std::uint64_t kMostBodyBytes = kMostEventBytes;
// Dashboards that listen at once, and how often they are told that the server is still there.
constexpr std::size_t kMostStreams = 64;
constexpr seconds kKeepAlive{15};
// The engine's longest answer: the first check of a large store.
constexpr seconds kAnswerTimeout{600};
constexpr seconds kStopTimeout{10};

struct Traits : restinio::default_single_thread_traits_t {
  // NOLINTNEXTLINE(readability-identifier-naming): the library's own name.
  static constexpr bool use_connection_count_limiter = true;
};
using HttpServer = restinio::http_server_t<Traits>;

// Connections count themselves in the HttpServer when they go, and they go with the handlers that
// wait in the context. DropHandlers lets them go while the HttpServer is still there.
class Context : public asio::io_context {
 public:
  Context() : asio::io_context(1) {}
  void DropHandlers() { shutdown(); }
};

std::optional<std::string> FieldOf(const restinio::http_request_header_t& header,
                                   std::string_view name) {
  const auto value = header.try_get_field(restinio::string_view_t(name.data(), name.size()));
  if (!value) return std::nullopt;
  return std::string(value->data(), value->size());
}

std::vector<std::string> FieldsOf(const restinio::http_request_header_t& header,
                                  restinio::http_field_t field) {
  std::vector<std::string> values;
  header.for_each_value_of(field, [&](restinio::string_view_t value) {
    values.emplace_back(value.data(), value.size());
    return restinio::http_header_fields_t::continue_enumeration();
  });
  return values;
}

Request RequestOf(const restinio::request_handle_t& handle) {
  const restinio::http_request_header_t& header = handle->header();
  Request request;
  request.method = header.method().c_str();
  request.target = header.request_target();
  request.hosts = FieldsOf(header, restinio::http_field_t::host);
  request.origins = FieldsOf(header, restinio::http_field_t::origin);
  request.fetch_site = FieldOf(header, "Sec-Fetch-Site");
  request.content_type = FieldOf(header, "Content-Type");
  request.ripen = FieldOf(header, "X-Ripen");
  request.accept_encoding = FieldOf(header, "Accept-Encoding");
  request.if_none_match = FieldOf(header, "If-None-Match");
  request.content_encoding = FieldOf(header, "Content-Encoding");
  if (request.method == "POST") request.body = handle->body();
  return request;
}

std::string ListenError(const std::string& host, std::uint16_t port, const std::error_code& error) {
  if (error == asio::error::address_in_use) {
    return fmt::format("Port {} of {} is taken by another program; name a free one.", port, host);
  }
  if (error == asio::error::access_denied) {
    return fmt::format("Port {} of {} may not be used without more rights; name one above 1023.",
                       port, host);
  }
  return fmt::format("Listening on port {} of {} failed: {}.", port, host, error.message());
}

}  // namespace

// What belongs to the network thread is marked so; nothing else touches it after Start.
struct Server::Impl {
  Impl(const std::shared_ptr<EngineView>& engine_view, DashboardFiles files,
       const ServerOptions& server_options)
      : options(server_options),
        engine(engine_view),
        router(engine_view, std::move(files)),
        signals(context),
        last_answers_timer(context),
        keep_alive_timer(context),
        pool(std::make_unique<WorkerPool>(server_options.workers,
                                          server_options.waiting_questions)) {}
  ~Impl() {
    if (subscription != 0) engine->Unsubscribe(subscription);
    pool.reset();  // joins the workers, which post to the context
    context.DropHandlers();
    http.reset();
  }

  Status Listen();
  restinio::request_handling_status_t Handle(const restinio::request_handle_t& request);
  void Send(const restinio::request_handle_t& request, const std::string& method, Answer answer,
            steady_clock::time_point began);
  void OpenStream(const restinio::request_handle_t& request, steady_clock::time_point began);
  void Tell(const std::string& text);
  void KeepAlive();
  void Run();
  void BeginStop();
  void EndIfAllIsSent();
  Answer Unavailable(const std::string& why, const std::string& route) const;

  // One dashboard that listens.
  struct Stream {
    restinio::response_builder_t<restinio::chunked_output_t> response;
    bool gone = false;
  };

  const ServerOptions options;
  const std::shared_ptr<EngineView> engine;
  int subscription = 0;
  Router router;
  std::string host;
  std::uint16_t port = 0;

  Context context;
  asio::signal_set signals;
  asio::steady_timer last_answers_timer;       // network thread
  asio::steady_timer keep_alive_timer;         // network thread
  std::list<std::shared_ptr<Stream>> streams;  // network thread
  std::unique_ptr<HttpServer> http;            // network thread
  std::size_t unsent = 0;  // network thread: requests whose answer is not out yet
  bool stopping = false;   // network thread
  std::unique_ptr<WorkerPool> pool;
  std::thread network;

  std::mutex mutex;
  std::condition_variable ended;
  bool has_ended = false;
};

Status Server::Impl::Listen() {
  host = options.host == "localhost" ? "127.0.0.1" : options.host;
  std::error_code error;
  const asio::ip::address address = asio::ip::make_address(host, error);
  if (error || !address.is_loopback()) {
    return Fail(
        ErrorCode::kInvalidArgument,
        fmt::format("Ripen listens on this machine only (127.0.0.1, ::1 or localhost) until "
                    "it has access tokens, not on '{}'.",
                    options.host));
  }
  restinio::server_settings_t<Traits> settings;
  settings.address(address)
      .protocol(address.is_v6() ? asio::ip::tcp::v6() : asio::ip::tcp::v4())
      .port(options.port)
      .acceptor_post_bind_hook(
          [this](asio::ip::tcp::acceptor& acceptor) { port = acceptor.local_endpoint().port(); })
      .max_parallel_connections(options.connections)
      .max_pipelined_requests(1)
      .read_next_http_message_timelimit(seconds(options.read_timeout_seconds))
      .write_http_response_timelimit(seconds(options.write_timeout_seconds))
      .handle_request_timeout(kAnswerTimeout)
      .incoming_http_msg_limits(restinio::incoming_http_msg_limits_t{}
                                    .max_url_size(kMostTargetBytes)
                                    .max_field_name_size(kMostFieldNameBytes)
                                    .max_field_value_size(kMostFieldValueBytes)
                                    .max_field_count(kMostFields)
                                    .max_body_size(kMostBodyBytes))
      .request_handler(
          [this](const restinio::request_handle_t& request) { return Handle(request); });
  try {
    http =
        std::make_unique<HttpServer>(restinio::external_io_context(context), std::move(settings));
    http->open_sync();
  } catch (const std::system_error& failure) {
    return Fail(ErrorCode::kFailedPrecondition, ListenError(host, options.port, failure.code()));
  } catch (const std::exception& failure) {
    return Fail(ErrorCode::kInternal, fmt::format("The server did not start: {}.", failure.what()));
  }
  router.set_port(port);
  return {};
}

restinio::request_handling_status_t Server::Impl::Handle(
    const restinio::request_handle_t& request) {
  const auto began = steady_clock::now();
  const Request asked = RequestOf(request);
  auto routed = router.Route(asked);
  if (std::holds_alternative<Subscription>(routed) && !stopping && streams.size() < kMostStreams) {
    OpenStream(request, began);
    return restinio::request_accepted();
  }
  ++unsent;
  if (auto* refused = std::get_if<Subscription>(&routed)) {
    Send(request, asked.method,
         Unavailable(fmt::format("{} dashboards listen already; ask again later.", kMostStreams),
                     refused->route),
         began);
    return restinio::request_accepted();
  }
  if (auto* answer = std::get_if<Answer>(&routed)) {
    Send(request, asked.method, std::move(*answer), began);
    return restinio::request_accepted();
  }
  auto& question = std::get<Question>(routed);
  const std::string route = question.route;
  // The worker holds the request only to hand it back: whatever belongs to the connection is
  // touched and released on the network thread.
  WorkerPool::Job job = [this, held = request, method = asked.method, began,
                         question = std::move(question)](Fate fate) mutable {
    Answer answer = fate == Fate::kRun ? question.ask()
                                       : Unavailable("The server is stopping.", question.route);
    answer.route = question.route;
    asio::post(context, [this, held = std::move(held), method = std::move(method), began,
                         answer = std::move(answer)]() mutable {
      Send(held, method, std::move(answer), began);
    });
  };
  if (!pool->TryAdd(std::move(job))) {
    const std::string why =
        stopping ? "The server is stopping."
                 : fmt::format(
                       "Too many questions wait for an answer already ({}); ask again in "
                       "a moment.",
                       options.waiting_questions);
    Send(request, asked.method, Unavailable(why, route), began);
  }
  return restinio::request_accepted();
}

Answer Server::Impl::Unavailable(const std::string& why, const std::string& route) const {
  Answer answer = AnswerOf(Problem{503, ErrorCode::kUnavailable, why, ""});
  answer.headers.emplace_back("Retry-After", "1");
  answer.route = route;
  return answer;
}

void Server::Impl::Send(const restinio::request_handle_t& request, const std::string& method,
                        Answer answer, steady_clock::time_point began) {
  auto response =
      request->create_response<restinio::user_controlled_output_t>(restinio::http_status_line_t{
          restinio::http_status_code_t{static_cast<std::uint16_t>(answer.status)},
          std::string(ReasonPhrase(answer.status))});
  response.append_header_date_field();
  for (const auto& [name, value] : StandardHeaders()) response.append_header(name, value);
  for (const auto& [name, value] : answer.headers) response.append_header(name, value);
  if (!answer.content_type.empty()) response.append_header("Content-Type", answer.content_type);
  if (stopping) response.connection_close();
  const std::size_t bytes = answer.body_text().size();
  response.set_content_length(bytes);
  if (method != "HEAD" && bytes > 0) {
    if (auto* text = std::get_if<std::string>(&answer.body)) {
      response.append_body(std::move(*text));
    } else {
      const auto view = std::get<std::string_view>(answer.body);
      response.append_body(restinio::const_buffer(view.data(), view.size()));
    }
  }
  response.done([this](const auto&) {
    --unsent;
    if (stopping) EndIfAllIsSent();
  });
  if (options.log) {
    const auto took = std::chrono::duration_cast<milliseconds>(steady_clock::now() - began).count();
    options.log(fmt::format("{} {} {} {} ms", method, answer.route, answer.status, took));
  }
}

void Server::Impl::OpenStream(const restinio::request_handle_t& request,
                              steady_clock::time_point /*began*/) {
  auto response = request->create_response<restinio::chunked_output_t>();
  response.append_header_date_field();
  for (const auto& [name, value] : StandardHeaders()) response.append_header(name, value);
  response.append_header("Content-Type", "text/event-stream");
  response.append_header("Cache-Control", "no-store");
  // The browser comes back by itself after so many milliseconds.
  response.append_chunk(std::string("retry: 2000\n\n"));
  response.flush();
  streams.push_back(std::make_shared<Stream>(Stream{std::move(response)}));
  if (options.log) options.log(fmt::format("GET {} opened", kStreamPath));
}

// Writes to all who listen; those whose connection is gone are let go the next time.
void Server::Impl::Tell(const std::string& text) {
  streams.remove_if([](const std::shared_ptr<Stream>& stream) { return stream->gone; });
  for (const std::shared_ptr<Stream>& stream : streams) {
    stream->response.append_chunk(std::string(text));
    stream->response.flush([weak = std::weak_ptr<Stream>(stream)](const auto& error) {
      const auto held = weak.lock();
      if (held && error) held->gone = true;
    });
  }
}

void Server::Impl::KeepAlive() {
  keep_alive_timer.expires_after(kKeepAlive);
  keep_alive_timer.async_wait([this](const std::error_code& error) {
    if (error || stopping) return;
    Tell(": still there\n\n");
    KeepAlive();
  });
}

void Server::Impl::Run() {
  // Keeps run() busy while every connection is taken and none is accepted.
  const auto work = asio::make_work_guard(context);
  for (bool over = false; !over;) {
    try {
      context.run();
      over = true;
    } catch (const std::exception& failure) {
      // Out of memory while an answer was sent: that connection is lost, the others are not.
      if (options.log) options.log(fmt::format("an answer was lost: {}", failure.what()));
    }
  }
  const std::lock_guard lock(mutex);
  has_ended = true;
  ended.notify_all();
}

void Server::Impl::BeginStop() {
  if (stopping) return;
  stopping = true;
  signals.cancel();
  keep_alive_timer.cancel();
  for (const std::shared_ptr<Stream>& stream : streams) stream->response.done();
  streams.clear();
  http->close_sync();
  pool->Close();
  last_answers_timer.expires_after(kStopTimeout);
  last_answers_timer.async_wait([this](const std::error_code& error) {
    if (!error) context.stop();
  });
  EndIfAllIsSent();
}

void Server::Impl::EndIfAllIsSent() {
  if (unsent == 0 && !context.stopped()) context.stop();
}

Server::Server(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}

Result<std::unique_ptr<Server>> Server::Start(const std::shared_ptr<EngineView>& engine,
                                              const ServerOptions& options) {
  RIPEN_ASSIGN_OR_RETURN(auto files, DashboardFiles::Open(options.ui_dir));
  auto impl = std::make_unique<Impl>(engine, std::move(files), options);
  RIPEN_RETURN_IF_ERROR(impl->Listen());
  if (options.stop_on_signals) {
    std::error_code error;
    impl->signals.add(SIGINT, error);
    if (!error) impl->signals.add(SIGTERM, error);
    if (error) {
      return Fail(ErrorCode::kInternal,
                  fmt::format("Signals cannot be waited for: {}.", error.message()));
    }
    impl->signals.async_wait([state = impl.get()](const std::error_code& failure, int) {
      if (!failure) state->BeginStop();
    });
  }
  Impl* const state = impl.get();
  impl->subscription = impl->engine->Subscribe([state](const engine::Fresh& fresh) {
    asio::post(state->context,
               [state, text = fmt::format("id: {}\nevent: changed\ndata: {}\n\n", fresh.version,
                                          json::ChangedJson(fresh.as_of, fresh.version))] {
                 if (!state->stopping) state->Tell(text);
               });
  });
  impl->KeepAlive();
  impl->network = std::thread([state] { state->Run(); });
  return std::unique_ptr<Server>(new Server(std::move(impl)));
}

Server::~Server() {
  Stop();
  impl_->network.join();
}

std::string Server::address() const {
  const bool is_v6 = impl_->host.find(':') != std::string::npos;
  return is_v6 ? fmt::format("http://[{}]:{}/", impl_->host, impl_->port)
               : fmt::format("http://{}:{}/", impl_->host, impl_->port);
}

std::uint16_t Server::port() const { return impl_->port; }

void Server::Wait() {
  std::unique_lock lock(impl_->mutex);
  impl_->ended.wait(lock, [this] { return impl_->has_ended; });
}

void Server::Stop() {
  asio::post(impl_->context, [state = impl_.get()] { state->BeginStop(); });
  Wait();
}

}  // namespace ripen::server
