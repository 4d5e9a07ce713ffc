#include "server/gate.h"

#include <gtest/gtest.h>

namespace ripen::server {
namespace {

constexpr std::uint16_t kPort = 8484;

Request From(const std::string& host) {
  Request request;
  request.method = "GET";
  request.target = "/api/v1/check";
  request.hosts = {host};
  return request;
}

int StatusOf(const Request& request) {
  const auto problem = Refusal(request, kPort);
  return problem ? problem->status : 200;
}

TEST(Gate, LetsLoopbackNamesIn) {
  for (const char* host :
       {"localhost:8484", "LocalHost:8484", "127.0.0.1:8484", "127.9.0.255:8484", "[::1]:8484"}) {
    EXPECT_EQ(StatusOf(From(host)), 200) << host;
  }
}

TEST(Gate, KeepsEveryOtherNameOut) {
  for (const char* host : {"",
                           "localhost",
                           "localhost:8485",
                           "localhost:84840",
                           "localhost:",
                           "localhost:8484x",
                           "localhost.evil.example:8484",
                           "evil.example:8484",
                           "evil.example",
                           "127.0.0.1.evil:8484",
                           "127.0.0:8484",
                           "127.0.0.1.1:8484",
                           "127.0.0.256:8484",
                           "127.0.0.0001:8484",
                           "128.0.0.1:8484",
                           "0.0.0.0:8484",
                           "2130706433:8484",
                           "[::2]:8484",
                           "[::1:8484",
                           "[::1]x:8484",
                           "::1:8484",
                           "user@localhost:8484",
                           "localhost:8484, localhost:8484",
                           "localhost:-8484",
                           " localhost:8484"}) {
    EXPECT_EQ(StatusOf(From(host)), 421) << host;
  }
}

TEST(Gate, APortMayBeLeftOutOnlyIfItIs80) {
  EXPECT_FALSE(Refusal(From("localhost"), 80).has_value());
  EXPECT_FALSE(Refusal(From("[::1]"), 80).has_value());
  EXPECT_TRUE(Refusal(From("localhost"), 8080).has_value());
}

TEST(Gate, SaysUnderWhichNameItAnswers) {
  EXPECT_EQ(Refusal(From("evil.example"), kPort)->detail,
            "This server answers as localhost:8484 or 127.0.0.1:8484 only, not as 'evil.example'.");
}

TEST(Gate, WantsExactlyOneHost) {
  Request none = From("x");
  none.hosts.clear();
  EXPECT_EQ(StatusOf(none), 400);
  EXPECT_EQ(Refusal(none, kPort)->detail, "A request has exactly one Host, this one has 0.");
  Request two = From("localhost:8484");
  two.hosts.push_back("localhost:8484");
  EXPECT_EQ(StatusOf(two), 400);
}

TEST(Gate, OriginIsAbsentOrTheServersOwn) {
  Request request = From("localhost:8484");
  request.origins = {"http://localhost:8484"};
  EXPECT_EQ(StatusOf(request), 200);
  for (const char* origin : {"null", "http://evil.example", "https://localhost:8484",
                             "http://localhost:8485", "http://127.0.0.1:8484", ""}) {
    request.origins = {origin};
    EXPECT_EQ(StatusOf(request), 403) << origin;
  }
  EXPECT_EQ(Refusal(request, kPort)->detail,
            "Pages of '' may not ask this server; only its own may.");
  request.origins = {"http://localhost:8484", "http://localhost:8484"};
  EXPECT_EQ(StatusOf(request), 403);
}

TEST(Gate, OtherSitesMayLinkToPagesButNotLoadFigures) {
  Request request = From("localhost:8484");
  for (const char* site : {"cross-site", "same-site"}) {
    request.fetch_site = site;
    request.target = "/groups";
    EXPECT_EQ(StatusOf(request), 200) << site;
    request.target = "/api/v1/check";
    EXPECT_EQ(StatusOf(request), 403) << site;
  }
  EXPECT_EQ(Refusal(request, kPort)->detail,
            "A same-site request may not read figures; only this server's own pages may.");
  for (const char* site : {"same-origin", "none"}) {
    request.fetch_site = site;
    EXPECT_EQ(StatusOf(request), 200) << site;
  }
}

TEST(Gate, WritesNeedAHeaderThatNoFormSends) {
  Request request = From("localhost:8484");
  for (const char* method : {"POST", "PUT", "PATCH", "DELETE", "PROPFIND"}) {
    request.method = method;
    request.ripen = std::nullopt;
    request.content_type = "application/json";
    EXPECT_EQ(StatusOf(request), 403) << method;
    request.ripen = "1";
    EXPECT_EQ(StatusOf(request), 200) << method;
  }
  request.method = "POST";
  request.ripen = std::nullopt;
  EXPECT_EQ(Refusal(request, kPort)->detail,
            "A POST request needs an X-Ripen header, which no other site's page can send.");
}

TEST(Gate, WritesNeedAContentTypeThatNoFormSends) {
  Request request = From("localhost:8484");
  request.method = "POST";
  request.ripen = "1";
  for (const char* type : {"application/json", "application/x-ndjson", "Application/JSON",
                           "application/json; charset=utf-8", "application/json ;charset=utf-8"}) {
    request.content_type = type;
    EXPECT_EQ(StatusOf(request), 200) << type;
  }
  for (const char* type : {"text/plain", "application/x-www-form-urlencoded", "multipart/form-data",
                           "text/plain; application/json", "application/jsonx", ""}) {
    request.content_type = type;
    EXPECT_EQ(StatusOf(request), 415) << type;
  }
  request.content_type = std::nullopt;
  EXPECT_EQ(Refusal(request, kPort)->detail,
            "A POST request has the content type application/json or application/x-ndjson, not "
            "''.");
}

}  // namespace
}  // namespace ripen::server
