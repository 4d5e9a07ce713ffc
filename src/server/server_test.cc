// The real server on a free port, asked over real sockets.
#include "server/server.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <csignal>
#include <mutex>
#include <thread>
#include <vector>

#include "server/fake_engine_for_test.h"
#include "server/raw_client_for_test.h"

namespace ripen::server {
namespace {

using ::testing::HasSubstr;

std::unique_ptr<Server> Started(
    const std::shared_ptr<EngineView>& engine = std::make_shared<FakeEngine>(),
    ServerOptions options = {}) {
  options.port = 0;
  auto server = Server::Start(engine, options);
  EXPECT_TRUE(server.has_value()) << (server ? "" : server.error().message);
  return server ? std::move(*server) : nullptr;
}

// Holds the engine's answers back until it is opened.
class Valve {
 public:
  void Pass() {
    std::unique_lock lock(mutex_);
    ++waiting_;
    changed_.notify_all();
    changed_.wait(lock, [this] { return open_; });
  }
  void AwaitWaiting(int count) {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return waiting_ >= count; });
  }
  void Open() {
    const std::lock_guard lock(mutex_);
    open_ = true;
    changed_.notify_all();
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  int waiting_ = 0;
  bool open_ = false;
};

TEST(Server, TellsThatItIsThere) {
  const auto server = Started();
  const RawAnswer answer = Get(server->port(), "/healthz");
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(answer.headers.at("content-type"), "application/json");
  EXPECT_THAT(answer.body, HasSubstr("\"status\":\"ok\""));
}

TEST(Server, IsReadyWhenTheStoreCanBeRead) {
  auto engine = std::make_shared<FakeEngine>();
  const auto server = Started(engine);
  EXPECT_EQ(Get(server->port(), "/readyz").body, "{\"status\":\"ready\"}\n");
}

TEST(Server, IsNotReadyWhenTheStoreCannotBeRead) {
  auto engine = std::make_shared<FakeEngine>();
  engine->status = [] {
    return Result<ledger::StoreStatus>(Fail(ErrorCode::kDataLoss, "The store is broken."));
  };
  const auto server = Started(engine);
  const RawAnswer answer = Get(server->port(), "/readyz");
  EXPECT_EQ(answer.status, 503);
  EXPECT_EQ(answer.body,
            "{\"code\":\"unavailable\",\"detail\":\"The store is broken.\",\"status\":503,"
            "\"title\":\"Service Unavailable\",\"type\":\"about:blank\"}\n");
}

TEST(Server, NamesTheAddressItListensOn) {
  const auto server = Started();
  EXPECT_EQ(server->address(), "http://127.0.0.1:" + std::to_string(server->port()) + "/");
}

TEST(Server, RefusesToListenAnywhereElse) {
  for (const char* host : {"0.0.0.0", "192.168.1.4", "::", "example.org", ""}) {
    ServerOptions options;
    options.host = host;
    const auto server = Server::Start(std::make_shared<FakeEngine>(), options);
    ASSERT_FALSE(server.has_value()) << host;
    EXPECT_EQ(server.error().code, ErrorCode::kInvalidArgument);
    EXPECT_EQ(
        server.error().message,
        std::string("Ripen listens on this machine only (127.0.0.1, ::1 or localhost) until it "
                    "has access tokens, not on '") +
            host + "'.");
  }
}

TEST(Server, SaysThatThePortIsTaken) {
  const auto first = Started();
  ServerOptions options;
  options.port = first->port();
  const auto second = Server::Start(std::make_shared<FakeEngine>(), options);
  ASSERT_FALSE(second.has_value());
  EXPECT_EQ(second.error().code, ErrorCode::kFailedPrecondition);
  EXPECT_EQ(second.error().message, "Port " + std::to_string(first->port()) +
                                        " of 127.0.0.1 is taken by another program; name a free "
                                        "one.");
}

TEST(Server, EveryAnswerCarriesTheSecurityHeaders) {
  const auto server = Started();
  for (const char* target : {"/", "/healthz", "/api/v1/nothing", "/no-file.js", "/healthz?x=1"}) {
    const RawAnswer answer = Get(server->port(), target);
    const std::string policy = answer.headers.at("content-security-policy");
    EXPECT_THAT(policy, HasSubstr("default-src 'none'; script-src 'self'; style-src 'self';"));
    EXPECT_THAT(policy, HasSubstr("frame-ancestors 'none'"));
    EXPECT_THAT(policy, ::testing::Not(HasSubstr("unsafe")));
    EXPECT_EQ(answer.headers.at("x-content-type-options"), "nosniff");
    EXPECT_EQ(answer.headers.at("referrer-policy"), "no-referrer");
    EXPECT_EQ(answer.headers.at("cross-origin-resource-policy"), "same-origin");
    EXPECT_EQ(answer.headers.count("access-control-allow-origin"), 0u);
  }
}

TEST(Server, HeadHasTheHeadersOfGetAndNoBody) {
  const auto server = Started();
  const RawAnswer get = Get(server->port(), "/healthz");
  RawConnection connection(server->port());
  connection.Send("HEAD /healthz HTTP/1.1\r\nHost: localhost:" + std::to_string(server->port()) +
                  "\r\nConnection: close\r\n\r\n");
  const RawAnswer head = connection.Read(true);
  EXPECT_EQ(head.status, 200);
  EXPECT_EQ(head.headers.at("content-length"), std::to_string(get.body.size()));
  EXPECT_TRUE(connection.IsClosedByServer());
}

TEST(Server, OtherMethodsAreRefusedWithThoseThatAreNot) {
  const auto server = Started();
  const std::string write_headers =
      "X-Ripen: 1\r\nContent-Type: application/json\r\nContent-Length: 0\r\n";
  for (const char* method : {"POST", "PUT", "PATCH", "DELETE"}) {
    const RawAnswer answer = Ask(server->port(), method, "/healthz", write_headers);
    EXPECT_EQ(answer.status, 405) << method;
    EXPECT_EQ(answer.headers.at("allow"), "GET, HEAD, OPTIONS");
    EXPECT_THAT(answer.body, HasSubstr(std::string(method) +
                                       " is not answered at '/healthz'; GET, HEAD, OPTIONS are."));
  }
}

TEST(Server, OptionsAnswersAllowAndGrantsNothing) {
  const auto server = Started();
  for (const char* target : {"/healthz", "*", "/"}) {
    const RawAnswer answer = Ask(server->port(), "OPTIONS", target);
    EXPECT_EQ(answer.status, 200);
    EXPECT_EQ(answer.headers.at("allow"), "GET, HEAD, OPTIONS");
    EXPECT_EQ(answer.headers.count("access-control-allow-methods"), 0u);
  }
}

constexpr const char* kPostHeaders = "X-Ripen: 1\r\nContent-Type: application/x-ndjson\r\n";

std::string WithBody(const std::string& headers, const std::string& body) {
  return headers + "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
}

TEST(Server, EventsAreHandedToTheEngineAndCounted) {
  auto engine = std::make_shared<FakeEngine>();
  engine::EventBatch seen;
  engine->events = [&](const engine::EventBatch& batch) {
    seen = batch;
    InputSummary input;
    input.rows = 5;
    input.duplicates = 2;
    input.rejected = {{"this is no time or date", "shown_at", 1, "events.ndjson:3", "rubbish"}};
    input.first_rejected = {{3, "shown_at", "rubbish", "this is no time or date"}};
    return Result<InputSummary>(input);
  };
  const auto server = Started(engine);
  RawConnection connection(server->port());
  const std::string host = "Host: 127.0.0.1:" + std::to_string(server->port()) + "\r\n";
  connection.Send("POST /api/v1/events?history=true HTTP/1.1\r\n" + host +
                  WithBody(kPostHeaders, "{\"a\":1}\n"));
  const RawAnswer answer = connection.Read();
  EXPECT_EQ(answer.status, 200) << answer.body;
  EXPECT_EQ(seen.body, "{\"a\":1}\n");
  EXPECT_TRUE(seen.history);
  EXPECT_FALSE(seen.gzip);
  EXPECT_THAT(answer.body, HasSubstr("\"accepted\":2"));
  EXPECT_THAT(answer.body, HasSubstr("\"line\":3"));
}

TEST(Server, EventsNeedAPostAKnownEncodingAndAKnownParameter) {
  const auto server = Started();
  const std::uint16_t port = server->port();
  const std::string headers = std::string(kPostHeaders) + "Content-Length: 0\r\n";
  EXPECT_EQ(Ask(port, "GET", "/api/v1/events", "").status, 405);
  EXPECT_EQ(Ask(port, "POST", "/api/v1/events", "Content-Encoding: br\r\n" + headers).status, 415);
  EXPECT_EQ(Ask(port, "POST", "/api/v1/events?history=maybe", headers).status, 400);
  EXPECT_EQ(Ask(port, "POST", "/api/v1/events?as_of=2026-11-01", headers).status, 400);
  EXPECT_EQ(Ask(port, "POST", "/api/v1/stream", headers).status, 405);
}

TEST(Server, TheStreamTellsOfEveryNewState) {
  auto engine = std::make_shared<FakeEngine>();
  const auto server = Started(engine);
  RawConnection connection(server->port());
  connection.Send("GET /api/v1/stream HTTP/1.1\r\nHost: 127.0.0.1:" +
                  std::to_string(server->port()) + "\r\n\r\n");
  std::string heard;
  while (heard.find("retry: 2000") == std::string::npos) {
    const std::string more = connection.ReadSome();
    ASSERT_FALSE(more.empty()) << heard;
    heard += more;
  }
  EXPECT_THAT(heard, HasSubstr("text/event-stream"));
  engine->heard({Day::FromYmd(2026, 11, 20), 7});
  while (heard.find("\"version\":7") == std::string::npos) {
    const std::string more = connection.ReadSome();
    ASSERT_FALSE(more.empty()) << heard;
    heard += more;
  }
  EXPECT_THAT(heard, HasSubstr("id: 7\nevent: changed\ndata: {\"as_of\":\"2026-11-20\""));
  server->Stop();  // ends the stream
  while (!connection.ReadSome().empty()) {
  }
}

TEST(Server, GatesStandBeforeTheRoutes) {
  const auto server = Started();
  const std::uint16_t port = server->port();
  EXPECT_EQ(Get(port, "/healthz", "Origin: http://evil.example\r\n").status, 403);
  EXPECT_EQ(Ask(port, "POST", "/healthz", "Content-Length: 0\r\n").status, 403);
  EXPECT_EQ(Ask(port, "POST", "/healthz", "X-Ripen: 1\r\nContent-Length: 0\r\n").status, 415);
  RawConnection rebound(port);
  rebound.Send("GET /healthz HTTP/1.1\r\nHost: evil.example:" + std::to_string(port) + "\r\n\r\n");
  EXPECT_EQ(rebound.Read().status, 421);
  RawConnection hostless(port);
  hostless.Send("GET /healthz HTTP/1.0\r\n\r\n");
  EXPECT_EQ(hostless.Read().status, 400);
}

TEST(Server, LongAddressesAreRefusedWithASentence) {
  const auto server = Started();
  const RawAnswer answer = Get(server->port(), "/" + std::string(9000, 'a'));
  EXPECT_EQ(answer.status, 414);
  EXPECT_THAT(answer.body, HasSubstr("The address has 9001 bytes; at most 8192 are read."));
}

TEST(Server, CutsOffWhatIsNoHttpOrTooMuch) {
  const auto server = Started();
  const std::string host = "Host: localhost:" + std::to_string(server->port()) + "\r\n";
  const std::vector<std::string> requests = {
      "\x16\x03\x01\x02garbage\r\n\r\n",
      "GET / HTTP/9.9 nonsense\r\n\r\n",
      "BREW / HTTP/1.1\r\n" + host + "\r\n",
      "GET /" + std::string(40000, 'a') + " HTTP/1.1\r\n" + host + "\r\n",
      "GET / HTTP/1.1\r\n" + host + "X-Long: " + std::string(9000, 'a') + "\r\n\r\n",
      "GET / HTTP/1.1\r\n" + host + std::string(300, 'n') + ": 1\r\n\r\n",
      [&] {
        std::string many = "GET / HTTP/1.1\r\n" + host;
        for (int i = 0; i < 80; ++i) many += "X-" + std::to_string(i) + ": 1\r\n";
        return many + "\r\n";
      }(),
      "POST / HTTP/1.1\r\n" + host + "Content-Length: 99999999999\r\n\r\n",
      "POST / HTTP/1.1\r\n" + host + "Content-Length: 5\r\nContent-Length: 6\r\n\r\nhello",
  };
  for (const std::string& request : requests) {
    RawConnection connection(server->port());
    connection.Send(request);
    EXPECT_EQ(connection.Read().status, 0) << request.substr(0, 60);
  }
  EXPECT_EQ(Get(server->port(), "/healthz").status, 200);
}

TEST(Server, AnswersPipelinedRequestsInTheirOrder) {
  const auto server = Started();
  RawConnection connection(server->port());
  const std::string host =
      " HTTP/1.1\r\nHost: localhost:" + std::to_string(server->port()) + "\r\n\r\n";
  connection.Send("GET /readyz" + host + "GET /nothing.js" + host + "GET /healthz" + host);
  EXPECT_THAT(connection.Read().body, HasSubstr("ready"));
  EXPECT_EQ(connection.Read().status, 404);
  EXPECT_THAT(connection.Read().body, HasSubstr("\"ok\""));
}

TEST(Server, AnUpgradeIsAnsweredAsAPlainRequest) {
  const auto server = Started();
  const RawAnswer answer =
      Get(server->port(), "/healthz", "Connection: Upgrade\r\nUpgrade: websocket\r\n");
  EXPECT_EQ(answer.status, 200);
}

TEST(Server, IdleConnectionsDoNotStarveTheNext) {
  const auto server = Started();
  std::vector<RawConnection> idle;
  const std::string request =
      "GET /healthz HTTP/1.1\r\nHost: localhost:" + std::to_string(server->port()) + "\r\n\r\n";
  for (int i = 0; i < 65; ++i) {
    idle.emplace_back(server->port());
    idle.back().Send(request);
    ASSERT_EQ(idle.back().Read().status, 200) << i;
  }
  const auto began = std::chrono::steady_clock::now();
  EXPECT_EQ(Get(server->port(), "/healthz").status, 200);
  // An unstarved answer takes about a millisecond; a starved one 5 s and more.
  EXPECT_LT(std::chrono::steady_clock::now() - began, std::chrono::seconds(2));
  for (RawConnection& connection : idle) {
    connection.Send(request);
    EXPECT_EQ(connection.Read().status, 200);
  }
}

TEST(Server, ConnectionsBeyondTheBoundWaitForAFreeOne) {
  ServerOptions options;
  options.connections = 2;
  const auto server = Started(std::make_shared<FakeEngine>(), options);
  const std::string request =
      "GET /healthz HTTP/1.1\r\nHost: localhost:" + std::to_string(server->port()) + "\r\n\r\n";
  auto first = std::make_unique<RawConnection>(server->port());
  RawConnection second(server->port());
  first->Send(request);
  second.Send(request);
  ASSERT_EQ(first->Read().status, 200);
  ASSERT_EQ(second.Read().status, 200);
  RawConnection third(server->port(), 1);
  third.Send(request);
  EXPECT_EQ(third.Read().status, 0);  // nothing within a second
  first.reset();
  EXPECT_EQ(third.Read().status, 200);
  RawConnection fourth(server->port());  // still waits when the server stops
  fourth.Send(request);
}

TEST(Server, ClosesAClientThatNeverFinishesItsRequest) {
  ServerOptions options;
  options.read_timeout_seconds = 1;
  const auto server = Started(std::make_shared<FakeEngine>(), options);
  RawConnection slow(server->port());
  slow.Send("GET /healthz HTTP/1.1\r\nHost: loc");
  EXPECT_TRUE(slow.IsClosedByServer());
}

TEST(Server, RefusesQuestionsBeyondTheQueue) {
  auto engine = std::make_shared<FakeEngine>();
  Valve valve;
  engine->status = [&] {
    valve.Pass();
    return Result<ledger::StoreStatus>(ledger::StoreStatus{});
  };
  ServerOptions options;
  options.workers = 1;
  options.waiting_questions = 1;
  const auto server = Started(engine, options);
  const std::string request =
      "GET /readyz HTTP/1.1\r\nHost: localhost:" + std::to_string(server->port()) + "\r\n\r\n";
  RawConnection working(server->port());
  working.Send(request);
  valve.AwaitWaiting(1);  // one is being answered, so the queue is empty
  // Of two more, one waits and one is refused, in whichever order they come in.
  RawConnection first(server->port());
  RawConnection second(server->port());
  first.Send(request);
  second.Send(request);
  std::atomic<int> refused{0};
  std::atomic<int> answered{0};
  const auto read = [&](RawConnection& connection) {
    const RawAnswer answer = connection.Read();
    if (answer.status == 200) ++answered;
    if (answer.status == 503) {
      ++refused;
      EXPECT_EQ(answer.headers.at("retry-after"), "1");
      EXPECT_THAT(
          answer.body,
          HasSubstr("Too many questions wait for an answer already (1); ask again in a moment."));
      valve.Open();
    }
  };
  std::thread first_reader([&] { read(first); });
  std::thread second_reader([&] { read(second); });
  first_reader.join();
  second_reader.join();
  EXPECT_EQ(refused, 1);
  EXPECT_EQ(answered, 1);
  EXPECT_EQ(working.Read().status, 200);
}

TEST(Server, AnswersWhileTheEngineIsBusy) {
  auto engine = std::make_shared<FakeEngine>();
  Valve valve;
  engine->status = [&] {
    valve.Pass();
    return Result<ledger::StoreStatus>(ledger::StoreStatus{});
  };
  ServerOptions options;
  options.workers = 1;
  const auto server = Started(engine, options);
  RawConnection busy(server->port());
  busy.Send("GET /readyz HTTP/1.1\r\nHost: localhost:" + std::to_string(server->port()) +
            "\r\n\r\n");
  valve.AwaitWaiting(1);
  EXPECT_EQ(Get(server->port(), "/healthz").status, 200);
  valve.Open();
  EXPECT_EQ(busy.Read().status, 200);
}

TEST(Server, StopAnswersWhatTheEngineIsWorkingOnAndRefusesWhatWaits) {
  auto engine = std::make_shared<FakeEngine>();
  Valve valve;
  engine->status = [&] {
    valve.Pass();
    return Result<ledger::StoreStatus>(ledger::StoreStatus{});
  };
  ServerOptions options;
  options.workers = 1;
  const auto server = Started(engine, options);
  const std::string request =
      "GET /readyz HTTP/1.1\r\nHost: localhost:" + std::to_string(server->port()) + "\r\n\r\n";
  RawConnection working(server->port());
  working.Send(request);
  valve.AwaitWaiting(1);
  RawConnection waiting(server->port());
  waiting.Send(request);
  std::thread stopper([&] { server->Stop(); });
  const RawAnswer refused = waiting.Read();
  valve.Open();
  const RawAnswer answered = working.Read();
  stopper.join();
  EXPECT_EQ(answered.status, 200);
  EXPECT_EQ(answered.headers.at("connection"), "close");
  // Stop may come before the second question was read; then its connection is just closed.
  EXPECT_THAT(refused.status, ::testing::AnyOf(503, 0));
  EXPECT_FALSE(RawConnection(server->port()).connected());
}

TEST(Server, StopReturnsAtOnceWithIdleConnections) {
  const auto server = Started();
  RawConnection idle(server->port());
  idle.Send("GET /healthz HTTP/1.1\r\nHost: localhost:" + std::to_string(server->port()) +
            "\r\n\r\n");
  ASSERT_EQ(idle.Read().status, 200);
  const auto began = std::chrono::steady_clock::now();
  server->Stop();
  server->Stop();
  EXPECT_LT(std::chrono::steady_clock::now() - began, std::chrono::seconds(5));
}

TEST(Server, ASignalEndsTheWait) {
  ServerOptions options;
  options.stop_on_signals = true;
  const auto server = Started(std::make_shared<FakeEngine>(), options);
  std::raise(SIGTERM);
  server->Wait();
  EXPECT_FALSE(RawConnection(server->port()).connected());
}

TEST(Server, ManyClientsAtOnceGetTheirOwnAnswers) {
  const auto server = Started();
  std::atomic<int> right{0};
  std::vector<std::thread> clients;
  for (int client = 0; client < 8; ++client) {
    clients.emplace_back([&, client] {
      for (int i = 0; i < 25; ++i) {
        const std::string name = "p" + std::to_string(client) + "x" + std::to_string(i);
        const RawAnswer answer = Get(server->port(), "/readyz?" + name + "=1");
        if (answer.body.find("There is no parameter '" + name + "' here") != std::string::npos) {
          ++right;
        }
      }
    });
  }
  for (std::thread& client : clients) client.join();
  EXPECT_EQ(right, 200);
}

TEST(Server, TheLogNamesRoutesAndNothingPersonal) {
  std::mutex mutex;
  std::vector<std::string> lines;
  ServerOptions options;
  options.log = [&](std::string_view line) {
    const std::lock_guard lock(mutex);
    lines.emplace_back(line);
  };
  const auto server = Started(std::make_shared<FakeEngine>(), options);
  Get(server->port(), "/healthz?customer=c-9", "Cookie: secret\r\n");
  Get(server->port(), "/groups/c-9");
  Get(server->port(), "/api/v1/c-9");
  server->Stop();
  ASSERT_EQ(lines.size(), 3u);
  EXPECT_THAT(lines[0], ::testing::MatchesRegex("GET /healthz 400 [0-9]+ ms"));
  EXPECT_THAT(lines[1], ::testing::MatchesRegex("GET \\(page\\) 200 [0-9]+ ms"));
  EXPECT_THAT(lines[2], ::testing::MatchesRegex("GET \\(unknown\\) 404 [0-9]+ ms"));
}

}  // namespace
}  // namespace ripen::server
