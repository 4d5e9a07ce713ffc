#include "server/dashboard_files.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <optional>
#include <system_error>

#include "base/sha256.h"
#include "server/problem.h"
#include "server/query.h"

namespace ripen::server {
namespace {

namespace fs = std::filesystem;

constexpr std::uintmax_t kMostFileBytes = 32u << 20;
constexpr std::string_view kNoDashboardPage =
    "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>Ripen</title></head>"
    "<body><p>This program was built without the dashboard. The figures are at "
    "<a href=\"/api/v1/check\">/api/v1/check</a>.</p></body></html>\n";

std::string_view ContentTypeOf(std::string_view path) {
  struct Row {
    std::string_view extension;
    std::string_view type;
  };
  static constexpr std::array<Row, 13> kRows{{{".html", "text/html; charset=utf-8"},
                                              {".js", "text/javascript; charset=utf-8"},
                                              {".css", "text/css; charset=utf-8"},
                                              {".svg", "image/svg+xml"},
                                              {".png", "image/png"},
                                              {".ico", "image/x-icon"},
                                              {".webp", "image/webp"},
                                              {".woff2", "font/woff2"},
                                              {".json", "application/json"},
                                              {".webmanifest", "application/manifest+json"},
                                              {".map", "application/json"},
                                              {".ics", "text/calendar; charset=utf-8"},
                                              {".txt", "text/plain; charset=utf-8"}}};
  for (const Row& row : kRows) {
    if (path.size() > row.extension.size() &&
        path.substr(path.size() - row.extension.size()) == row.extension) {
      return row.type;
    }
  }
  return "application/octet-stream";
}

// Whether a page of the dashboard could have this address: no file extension in its last part.
bool IsPage(std::string_view path) {
  return path.substr(path.rfind('/') + 1).find('.') == std::string_view::npos;
}

// Vite puts a hash of the content into the names under /assets/, so they never change.
bool NeverChanges(std::string_view path) { return path.rfind("/assets/", 0) == 0; }

std::string_view Trimmed(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
  return text;
}

// Calls `see` with each comma-separated part until it returns true.
template <typename See>
bool AnyPart(std::string_view list, See see) {
  while (!list.empty()) {
    const std::size_t end = std::min(list.find(','), list.size());
    if (see(Trimmed(list.substr(0, end)))) return true;
    list.remove_prefix(std::min(end + 1, list.size()));
  }
  return false;
}

bool TakesGzip(const Request& request) {
  if (!request.accept_encoding) return false;
  return AnyPart(*request.accept_encoding, [](std::string_view part) {
    const std::size_t semicolon = std::min(part.find(';'), part.size());
    if (Trimmed(part.substr(0, semicolon)) != "gzip") return false;
    const std::string_view weight = Trimmed(part.substr(std::min(semicolon + 1, part.size())));
    return weight.rfind("q=0", 0) != 0 || weight.find_first_of("123456789") != weight.npos;
  });
}

bool HasTag(const Request& request, std::string_view tag) {
  if (!request.if_none_match) return false;
  return AnyPart(*request.if_none_match, [&](std::string_view part) {
    if (part == "*") return true;
    if (part.rfind("W/", 0) == 0) part.remove_prefix(2);
    return part == tag;
  });
}

// The answer for one file, whatever it came from.
Answer FileAnswer(std::string_view path, std::string_view sha256, bool gzipped, bool embedded,
                  const Request& request, std::variant<std::string, std::string_view> content) {
  Answer answer;
  const std::string tag = fmt::format("\"{}{}\"", sha256.substr(0, 32), gzipped ? "-gzip" : "");
  const bool immutable = embedded && NeverChanges(path);
  answer.headers = {
      {"Cache-Control", immutable ? "public, max-age=31536000, immutable" : "no-cache"},
      {"ETag", tag},
      {"Vary", "Accept-Encoding"},
  };
  if (HasTag(request, tag)) {
    answer.status = 304;
    return answer;
  }
  answer.content_type = ContentTypeOf(path);
  if (gzipped) answer.headers.emplace_back("Content-Encoding", "gzip");
  answer.body = std::move(content);
  return answer;
}

Answer NoSuchPage(const std::string& path) {
  return AnswerOf(Problem{404, ErrorCode::kNotFound,
                          fmt::format("There is nothing at '{}'.", Printable(path)), ""});
}

const EmbeddedFile* Find(const EmbeddedFiles& files, std::string_view path) {
  const EmbeddedFile* const end = files.first + files.count;
  const EmbeddedFile* const found =
      std::find_if(files.first, end, [&](const EmbeddedFile& file) { return file.path == path; });
  return found == end ? nullptr : found;
}

}  // namespace

DashboardFiles DashboardFiles::Of(EmbeddedFiles embedded) {
  DashboardFiles files;
  files.embedded_ = embedded;
  return files;
}

Result<DashboardFiles> DashboardFiles::Open(const std::string& ui_dir) {
  DashboardFiles files = Of(EmbeddedDashboard());
  if (ui_dir.empty()) return files;
  std::error_code error;
  const fs::path folder = fs::canonical(ui_dir, error);
  if (error || !fs::is_regular_file(folder / "index.html", error)) {
    return Fail(
        ErrorCode::kInvalidArgument,
        fmt::format("The folder '{}' has no index.html; a built dashboard has one.", ui_dir));
  }
  files.folder_ = folder.string();
  return files;
}

Answer DashboardFiles::Get(const std::string& path, const Request& request) const {
  if (!folder_.empty()) return FromFolder(path, request);
  if (embedded_.count == 0) {
    if (!IsPage(path)) return NoSuchPage(path);
    Answer answer;
    answer.content_type = "text/html; charset=utf-8";
    answer.headers = {{"Cache-Control", "no-cache"}};
    answer.body = kNoDashboardPage;
    return answer;
  }
  const EmbeddedFile* file = Find(embedded_, path);
  if (file == nullptr && IsPage(path)) file = Find(embedded_, "/index.html");
  if (file == nullptr) return NoSuchPage(path);
  const bool gzipped = !file->gzip.empty() && TakesGzip(request);
  return FileAnswer(file->path, file->sha256, gzipped, true, request,
                    gzipped ? file->gzip : file->content);
}

Answer DashboardFiles::FromFolder(const std::string& path, const Request& request) const {
  const std::string name = IsPage(path) ? "/index.html" : path;
  std::error_code error;
  const fs::path file = fs::canonical(folder_ + name, error);
  // A link may point out of the folder; only what really lies in it is served.
  const bool inside = !error && file.string().rfind(folder_ + "/", 0) == 0;
  if (!inside || name.find("/.") != std::string::npos || !fs::is_regular_file(file, error) ||
      fs::file_size(file, error) > kMostFileBytes) {
    return NoSuchPage(path);
  }
  std::ifstream stream(file, std::ios::binary);
  std::string content{std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
  if (stream.bad()) return NoSuchPage(path);
  const std::string sha256 = Sha256Hex(content);
  return FileAnswer(name, sha256, false, false, request, std::move(content));
}

}  // namespace ripen::server
