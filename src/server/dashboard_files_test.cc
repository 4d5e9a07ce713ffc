#include "server/dashboard_files.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <zlib.h>

#include <filesystem>
#include <fstream>
#include <iterator>

#include "base/sha256.h"

namespace ripen::server {

// The files of testdata/dashboard, embedded by the same script as the real ones.
EmbeddedFiles TinyDashboard();

namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;

const std::string kSource = std::string(RIPEN_SOURCE_DIR) + "/src/server/testdata/dashboard";
constexpr const char* kScript = "/assets/index-D3f9a1c0.js";

std::string Contents(const std::string& file) {
  std::ifstream stream(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
}

std::string HeaderOf(const Answer& answer, const std::string& name) {
  for (const auto& [key, value] : answer.headers) {
    if (key == name) return value;
  }
  return "";
}

std::string Unpacked(std::string_view packed) {
  z_stream stream{};
  EXPECT_EQ(inflateInit2(&stream, 16 + MAX_WBITS), Z_OK);
  std::string text(1 << 16, '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(packed.data()));
  stream.avail_in = static_cast<uInt>(packed.size());
  stream.next_out = reinterpret_cast<Bytef*>(text.data());
  stream.avail_out = static_cast<uInt>(text.size());
  EXPECT_EQ(inflate(&stream, Z_FINISH), Z_STREAM_END);
  text.resize(stream.total_out);
  inflateEnd(&stream);
  return text;
}

Request Gzip(const std::string& accept_encoding) {
  Request request;
  request.accept_encoding = accept_encoding;
  return request;
}

TEST(DashboardFiles, EmbedsEveryFileByteForByte) {
  const auto files = DashboardFiles::Of(TinyDashboard());
  EXPECT_EQ(TinyDashboard().count, 4u);
  for (const char* path : {"/index.html", kScript, "/robots.txt", "/icon.png"}) {
    const Answer answer = files.Get(path, Request{});
    EXPECT_EQ(answer.status, 200);
    const std::string content = Contents(kSource + path);
    EXPECT_FALSE(content.empty());
    EXPECT_EQ(answer.body_text(), content) << path;
    EXPECT_EQ(HeaderOf(answer, "ETag"), "\"" + Sha256Hex(content).substr(0, 32) + "\"");
  }
}

TEST(DashboardFiles, SendsGzipToThoseThatTakeIt) {
  const auto files = DashboardFiles::Of(TinyDashboard());
  for (const char* accepted : {"gzip", "gzip, deflate, br", "br, gzip;q=0.5", "identity , gzip"}) {
    const Answer answer = files.Get(kScript, Gzip(accepted));
    EXPECT_EQ(HeaderOf(answer, "Content-Encoding"), "gzip") << accepted;
    EXPECT_EQ(HeaderOf(answer, "Vary"), "Accept-Encoding");
    EXPECT_EQ(answer.content_type, "text/javascript; charset=utf-8");
    EXPECT_THAT(HeaderOf(answer, "ETag"), HasSubstr("-gzip\""));
    EXPECT_EQ(Unpacked(answer.body_text()), Contents(kSource + kScript));
  }
  for (const char* refused : {"", "br", "gzip;q=0", "gzip; q=0.0", "notgzip"}) {
    EXPECT_EQ(HeaderOf(files.Get(kScript, Gzip(refused)), "Content-Encoding"), "") << refused;
  }
}

TEST(DashboardFiles, SendsPlainWhatGzipWouldNotShrink) {
  const auto files = DashboardFiles::Of(TinyDashboard());
  for (const char* path : {"/robots.txt", "/icon.png"}) {
    EXPECT_EQ(HeaderOf(files.Get(path, Gzip("gzip")), "Content-Encoding"), "") << path;
  }
}

TEST(DashboardFiles, AnswersNotModifiedToTheSameTag) {
  const auto files = DashboardFiles::Of(TinyDashboard());
  const std::string tag = HeaderOf(files.Get("/", Request{}), "ETag");
  for (const std::string& given : {tag, "W/" + tag, "\"other\", " + tag, std::string("*")}) {
    Request request;
    request.if_none_match = given;
    const Answer answer = files.Get("/", request);
    EXPECT_EQ(answer.status, 304) << given;
    EXPECT_TRUE(answer.body_text().empty());
    EXPECT_EQ(HeaderOf(answer, "ETag"), tag);
  }
  Request other;
  other.if_none_match = "\"other\"";
  EXPECT_EQ(files.Get("/", other).status, 200);
  // The tag of the packed bytes is not that of the plain ones.
  Request packed = Gzip("gzip");
  packed.if_none_match = tag;
  EXPECT_EQ(files.Get(kScript, packed).status, 200);
}

TEST(DashboardFiles, OnlyHashedNamesAreKeptForEver) {
  const auto files = DashboardFiles::Of(TinyDashboard());
  EXPECT_EQ(HeaderOf(files.Get(kScript, Request{}), "Cache-Control"),
            "public, max-age=31536000, immutable");
  for (const char* path : {"/", "/index.html", "/groups/25-34", "/robots.txt"}) {
    EXPECT_EQ(HeaderOf(files.Get(path, Request{}), "Cache-Control"), "no-cache") << path;
  }
}

TEST(DashboardFiles, PagesAreTheIndexAndMissingFilesAreMissing) {
  const auto files = DashboardFiles::Of(TinyDashboard());
  for (const char* path : {"/", "/groups", "/groups/25-34", "/a/b/c"}) {
    const Answer answer = files.Get(path, Request{});
    EXPECT_EQ(answer.status, 200) << path;
    EXPECT_EQ(answer.content_type, "text/html; charset=utf-8");
    EXPECT_THAT(std::string(answer.body_text()), HasSubstr("Tiny dashboard"));
  }
  for (const char* path : {"/assets/gone-12345678.js", "/favicon.ico", "/groups/x.html"}) {
    const Answer answer = files.Get(path, Request{});
    EXPECT_EQ(answer.status, 404) << path;
    EXPECT_EQ(answer.content_type, "application/problem+json");
    EXPECT_THAT(std::string(answer.body_text()),
                HasSubstr("There is nothing at '" + std::string(path) + "'."));
  }
}

TEST(DashboardFiles, AProgramWithoutTheDashboardSaysSo) {
  const auto files = DashboardFiles::Of({});
  const Answer answer = files.Get("/groups", Request{});
  EXPECT_EQ(answer.status, 200);
  EXPECT_THAT(std::string(answer.body_text()),
              HasSubstr("This program was built without the dashboard."));
  EXPECT_EQ(files.Get("/a.js", Request{}).status, 404);
}

class FolderTest : public ::testing::Test {
 protected:
  void SetUp() override {
    const std::string name = ::testing::UnitTest::GetInstance()->current_test_info()->name();
    root_ = fs::path(::testing::TempDir()) / ("dashboard_files_test_" + name);
    fs::remove_all(root_);
    fs::create_directories(root_ / "ui/assets");
    Write("ui/index.html", "<p>first</p>");
    Write("ui/assets/a.js", "1");
    Write("ui/.secret.txt", "secret");
    Write("outside.txt", "outside");
    fs::create_symlink(root_ / "outside.txt", root_ / "ui/link.txt");
  }
  void TearDown() override { fs::remove_all(root_); }
  void Write(const std::string& name, const std::string& text) {
    std::ofstream(root_ / name, std::ios::binary) << text;
  }
  fs::path root_;
};

TEST_F(FolderTest, ServesWhatIsThereNow) {
  const auto files = DashboardFiles::Open((root_ / "ui").string());
  ASSERT_TRUE(files.has_value());
  EXPECT_EQ(files->Get("/groups", Request{}).body_text(), "<p>first</p>");
  Write("ui/index.html", "<p>second</p>");
  const Answer answer = files->Get("/", Request{});
  EXPECT_EQ(answer.body_text(), "<p>second</p>");
  Request again;
  again.if_none_match = HeaderOf(answer, "ETag");
  EXPECT_EQ(files->Get("/", again).status, 304);
  // A folder is for development, where a name may come back with other content.
  EXPECT_EQ(HeaderOf(files->Get("/assets/a.js", Request{}), "Cache-Control"), "no-cache");
}

TEST_F(FolderTest, ServesNothingFromOutside) {
  const auto files = DashboardFiles::Open((root_ / "ui").string());
  ASSERT_TRUE(files.has_value());
  for (const char* path : {"/link.txt", "/.secret.txt", "/../outside.txt",
                           "/assets/../../outside.txt", "/assets/b.js", "/assets/a.js/x.js"}) {
    EXPECT_EQ(files->Get(path, Request{}).status, 404) << path;
  }
}

TEST_F(FolderTest, RefusesAFolderWithoutADashboard) {
  for (const std::string& folder : {(root_ / "ui/assets").string(), (root_ / "none").string()}) {
    const auto files = DashboardFiles::Open(folder);
    ASSERT_FALSE(files.has_value());
    EXPECT_EQ(files.error().code, ErrorCode::kInvalidArgument);
    EXPECT_EQ(files.error().message,
              "The folder '" + folder + "' has no index.html; a built dashboard has one.");
  }
}

}  // namespace
}  // namespace ripen::server
