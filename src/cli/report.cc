// ripen report: all pages of the dashboard as one file, for a mail or for the Monday meeting.
#include <fmt/format.h>

#include <chrono>
#include <condition_variable>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <mutex>
#include <string>
#include <system_error>
#include <vector>

#include "cli/chromium.h"
#include "cli/report_file.h"
#include "cli/server_file.h"
#include "cli/settings.h"
#include "cli/terminal.h"
#include "cli/verb.h"
#include "engine/temporary_folder.h"
#include "json/drill_json.h"
#include "server/dashboard_files.h"
#include "server/event_client.h"
#include "server/server.h"

namespace ripen::cli {
namespace {

constexpr std::chrono::seconds kPatience{120};
constexpr std::chrono::milliseconds kAskAgain{300};
// The program waits for answers as long as they take; of time without a question it waits so long.
constexpr std::string_view kVirtualTime = "--virtual-time-budget=20000";
// A4 between its margins; a desktop for a file.
constexpr std::string_view kPaper = "--window-size=724,1000";
constexpr std::string_view kScreen = "--window-size=1300,1600";

struct ReportFlags {
  std::vector<std::string> files;
  std::string store;
  std::string out;
  std::string as_of;
  std::string language;
  ConfigFlag config;
};

// What a report is asked for.
struct Order {
  std::string out;
  std::string language;
  std::optional<Day> as_of;
  bool pdf = false;
};

std::string Address(const std::string& server, std::string_view path, const Order& order) {
  return fmt::format("{}{}?lang={}{}", server, path, order.language,
                     order.as_of ? "&as_of=" + order.as_of->Iso() : "");
}

Result<std::string> ReadFile(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::string bytes((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
  if (!file) return Fail(ErrorCode::kUnavailable, fmt::format("{} cannot be read.", path));
  return bytes;
}

// Beside its place first, so that an old report is never half overwritten.
Status WriteFile(const std::string& path, std::string_view bytes) {
  const std::string part = path + ".part";
  {
    std::ofstream file(part, std::ios::binary | std::ios::trunc);
    file.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    if (!file.flush()) {
      return Fail(ErrorCode::kUnavailable, fmt::format("{} cannot be written.", path));
    }
  }
  std::error_code error;
  std::filesystem::rename(part, path, error);
  if (error) {
    return Fail(ErrorCode::kUnavailable,
                fmt::format("{} cannot be written: {}.", path, error.message()));
  }
  return {};
}

std::optional<std::string> EmbeddedAsset(std::string_view name) {
  const server::EmbeddedFiles files = server::EmbeddedDashboard();
  for (std::size_t at = 0; at < files.count; ++at) {
    const std::string_view path = files.first[at].path;
    if (path.substr(path.rfind('/') + 1) == name) return std::string(files.first[at].content);
  }
  return std::nullopt;
}

// The pages ask for incidents, whose looks a server takes meanwhile where it has not taken them
// yet.
Status WaitForIncidents(const std::string& server, const Order& order) {
  std::mutex mutex;
  std::condition_variable never;
  const std::string target =
      fmt::format("/api/v1/incidents{}", order.as_of ? "?as_of=" + order.as_of->Iso() : "");
  for (const auto start = std::chrono::steady_clock::now();;) {
    RIPEN_ASSIGN_OR_RETURN(const server::Reply reply, server::SendJson(server, "GET", target, ""));
    if (reply.status == 200) return {};
    if (reply.status != 503 || std::chrono::steady_clock::now() - start > kPatience) {
      return Fail(reply.status == 503 ? ErrorCode::kUnavailable : ErrorCode::kInvalidArgument,
                  json::ProblemDetail(reply.body));
    }
    // Nothing here can be told that the other program has got on.
    std::unique_lock lock(mutex);
    never.wait_for(lock, kAskAgain, [] { return false; });
  }
}

Status DrawFrom(const std::string& server, const Order& order) {
  RIPEN_ASSIGN_OR_RETURN(const std::string chromium, FindChromium());
  RIPEN_RETURN_IF_ERROR(WaitForIncidents(server, order));
  RIPEN_ASSIGN_OR_RETURN(const auto folder, engine::TemporaryFolder::Make());
  const std::string drawn = folder.path() + "/drawn";
  const std::string pages = Address(server, "report", order);
  std::vector<std::string> arguments = {std::string(kVirtualTime)};
  if (order.pdf) {
    const std::string pdf = folder.path() + "/report.pdf";
    arguments.insert(arguments.end(), {std::string(kPaper), "--no-pdf-header-footer",
                                       "--print-to-pdf=" + pdf, pages});
    RIPEN_RETURN_IF_ERROR(RunChromium(chromium, arguments, drawn, kPatience));
    RIPEN_ASSIGN_OR_RETURN(const std::string bytes, ReadFile(pdf));
    return WriteFile(order.out, bytes);
  }
  arguments.insert(arguments.end(), {std::string(kScreen), "--dump-dom", pages});
  RIPEN_RETURN_IF_ERROR(RunChromium(chromium, arguments, drawn, kPatience));
  RIPEN_ASSIGN_OR_RETURN(const std::string document, ReadFile(drawn));
  if (document.find("aria-busy=\"true\"") != std::string::npos || document.empty()) {
    return Fail(ErrorCode::kUnavailable, "The pages were not drawn to their end; try again.");
  }
  return WriteFile(order.out, SelfContained(document, EmbeddedAsset));
}

Status DrawHere(engine::Engine& engine, const Order& order) {
  RIPEN_ASSIGN_OR_RETURN(const IncidentReport looked, engine.ReadIncidents(order.as_of));
  (void)looked;
  server::ServerOptions options;
  options.port = 0;
  RIPEN_ASSIGN_OR_RETURN(const auto server, server::Server::Start(engine, options));
  return DrawFrom(server->address(), order);
}

Result<Order> OrderOf(const ReportFlags& flags, const Config& config) {
  Order order;
  order.out = flags.out;
  order.language = LanguageOf(flags.language, config);
  const std::string kind = std::filesystem::path(flags.out).extension().string();
  if (kind != ".html" && kind != ".pdf") {
    return Fail(ErrorCode::kInvalidArgument,
                fmt::format("--out must end in .html or .pdf, got '{}'.", flags.out));
  }
  order.pdf = kind == ".pdf";
  RIPEN_ASSIGN_OR_RETURN(order.as_of, AsOfFlag(flags.as_of, config));
  return order;
}

Status Report(const ReportFlags& flags) {
  RIPEN_ASSIGN_OR_RETURN(const Config config, flags.config.Read());
  RIPEN_ASSIGN_OR_RETURN(const Order order, OrderOf(flags, config));
  if (!flags.files.empty()) {
    if (!flags.store.empty()) {
      return Fail(ErrorCode::kInvalidArgument,
                  "report reads either files or a store; `ripen ingest` adds files to a store.");
    }
    RIPEN_ASSIGN_OR_RETURN(const auto engine, engine::Engine::Open({"", config}));
    engine::ImportRequest files;
    files.files = flags.files;
    files.progress = TerminalProgress();
    RIPEN_ASSIGN_OR_RETURN(const engine::ImportAnswer read, engine->ImportFiles(files));
    SayMapping(read.plans);
    SayAccount(read.input, order.language);
    return DrawHere(*engine, order);
  }
  const std::string store = flags.store.empty() ? std::string(kDefaultStore) : flags.store;
  if (const auto server = ReadServerFile(store)) return DrawFrom(server->address, order);
  RIPEN_ASSIGN_OR_RETURN(const auto engine, OpenCopy(store, config));
  return DrawHere(*engine, order);
}

}  // namespace

Verb AddReport(CLI::App& program) {
  auto flags = std::make_shared<ReportFlags>();
  CLI::App* verb =
      program.add_subcommand("report", "Write all pages of the dashboard as one HTML or PDF file");
  verb->add_option("files", flags->files, "The history as files, instead of a store")
      ->type_name("FILE");
  verb->add_option("--store", flags->store, "The store; default ripen.duckdb");
  verb->add_option("--out", flags->out,
                   "The report: FILE.html, which needs nothing else, or FILE.pdf")
      ->required();
  verb->add_option("--as-of", flags->as_of,
                   "What was known on this day or moment; default: the newest");
  verb->add_option("--lang", flags->language, "Language: en (default) or de")
      ->check(CLI::IsMember({"en", "de"}));
  flags->config.AddTo(*verb);
  verb->footer(
      "Example: ripen report --out monday.pdf --lang de\n"
      "Chromium draws it (Debian: apt install chromium; RIPEN_CHROMIUM names another).");
  return {verb, [flags] {
            const Status done = Report(*flags);
            if (!done) return Refuse(done.error());
            Say(fmt::format("The report is {}.", flags->out));
            return 0;
          }};
}

}  // namespace ripen::cli
