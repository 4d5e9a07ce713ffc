// ripen drill: would a change be noticed, when, and as what?
#include <fmt/format.h>

#include <charconv>
#include <chrono>
#include <cmath>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "cli/server_file.h"
#include "cli/settings.h"
#include "cli/terminal.h"
#include "cli/verb.h"
#include "json/drill_json.h"
#include "server/drills.h"
#include "server/event_client.h"
#include "wording/drill_text.h"
#include "wording/phrasebook.h"

namespace ripen::cli {
namespace {

constexpr std::chrono::milliseconds kAskAgain{300};

struct DrillFlags {
  std::vector<std::string> files;
  std::string store;
  std::vector<std::string> slices;
  std::string stage;
  std::string change;
  int days = 10;
  std::string as_of;
  std::string language;
  std::string format = "text";
  ConfigFlag config;
};

// What is printed, whoever worked it out.
struct Answer {
  std::string json;
  wording::DrillText en;
  wording::DrillText de;
};

// "-45%", "+20 %" or "-0.45".
Result<double> ParseChange(const std::string& text) {
  std::string number = text;
  const bool percent = !number.empty() && number.back() == '%';
  if (percent) number.pop_back();
  while (!number.empty() && number.back() == ' ') number.pop_back();
  if (!number.empty() && number.front() == '+') number.erase(0, 1);
  double value = 0;
  const auto [end, error] = std::from_chars(number.data(), number.data() + number.size(), value);
  if (error != std::errc{} || end != number.data() + number.size() || !std::isfinite(value)) {
    return Fail(ErrorCode::kInvalidArgument,
                fmt::format("--change must look like -45% or +20%, got '{}'.", text));
  }
  if (!percent && std::abs(value) > 1) {
    return Fail(ErrorCode::kInvalidArgument,
                fmt::format("--change '{}' has no unit: did you mean {}%?", text, text));
  }
  return percent ? value / 100 : value;
}

Result<Slice> ParseSlices(const std::vector<std::string>& given) {
  std::vector<Segment> segments;
  for (const std::string& text : given) {
    if (text.empty() || text == "{}") continue;
    auto segment = ParseSegment(text);
    if (!segment) {
      return Fail(ErrorCode::kInvalidArgument,
                  fmt::format("--slice must look like age_group=25-34 or "
                              "age_group=25-34,region=South, got '{}'.",
                              text));
    }
    for (const Segment& other : segments) {
      if (other.attribute == segment->attribute) {
        return Fail(ErrorCode::kInvalidArgument,
                    fmt::format("--slice names '{}' twice.", segment->attribute));
      }
    }
    segments.push_back(*std::move(segment));
  }
  return Slice::Of(std::move(segments));
}

Result<DrillRequest> RequestOf(const DrillFlags& flags, const Config& config) {
  DrillRequest request;
  RIPEN_ASSIGN_OR_RETURN(request.as_of, AsOfFlag(flags.as_of, config));
  RIPEN_ASSIGN_OR_RETURN(request.slice, ParseSlices(flags.slices));
  RIPEN_ASSIGN_OR_RETURN(request.change, ParseChange(flags.change));
  request.stage = flags.stage;
  request.days = flags.days;
  return request;
}

json::DrillWords ForJson(const wording::DrillText& text) {
  return {text.headline, text.details, text.table};
}

wording::DrillText FromJson(json::DrillWords words) {
  return {std::move(words.headline), std::move(words.details), std::move(words.table)};
}

Result<Answer> DrillHere(engine::Engine& engine, const DrillRequest& request) {
  const ledger::Progress progress = TerminalProgress();
  RIPEN_ASSIGN_OR_RETURN(const DrillReport report, engine.Drill(request, [&](double share_done) {
    if (progress) progress("replaying", share_done);
    return true;
  }));
  Answer answer;
  answer.en = wording::RenderDrill(report, wording::Phrasebook::For("en"));
  answer.de = wording::RenderDrill(report, wording::Phrasebook::For("de"));
  answer.json = json::DrillJson(report, ForJson(answer.en), ForJson(answer.de));
  return answer;
}

// Where a server holds the store, it drills.
Result<Answer> DrillThere(const ServerFile& server, const DrillRequest& request) {
  const ledger::Progress progress = TerminalProgress();
  std::mutex mutex;
  std::condition_variable got_on;
  RIPEN_ASSIGN_OR_RETURN(server::Reply reply,
                         server::SendJson(server.address, "POST", server::kDrillsPath,
                                          json::DrillRequestJson(request)));
  for (int expected = 202;; expected = 200) {
    if (reply.status != expected) {
      return Fail(reply.status == 503 ? ErrorCode::kUnavailable : ErrorCode::kInvalidArgument,
                  json::ProblemDetail(reply.body));
    }
    RIPEN_ASSIGN_OR_RETURN(json::DrillReply drill, json::ParseDrillReply(reply.body));
    if (drill.state.state == "failed") {
      return Fail(ErrorCode::kInvalidArgument, drill.state.reason.value_or("The drill failed."));
    }
    if (progress) progress("replaying", drill.state.progress);
    if (drill.state.state == "done") {
      return Answer{std::move(drill.state.result), FromJson(std::move(drill.en)),
                    FromJson(std::move(drill.de))};
    }
    // Nothing here can be told that the other program has got on.
    std::unique_lock lock(mutex);
    got_on.wait_for(lock, kAskAgain, [] { return false; });
    RIPEN_ASSIGN_OR_RETURN(
        reply, server::SendJson(server.address, "GET",
                                fmt::format("{}/{}", server::kDrillsPath, drill.state.id), ""));
  }
}

Result<Answer> Ask(const DrillFlags& flags, const Config& config) {
  RIPEN_ASSIGN_OR_RETURN(const DrillRequest request, RequestOf(flags, config));
  if (!flags.files.empty()) {
    if (!flags.store.empty()) {
      return Fail(ErrorCode::kInvalidArgument,
                  "drill reads either files or a store; `ripen ingest` adds files to a store.");
    }
    RIPEN_ASSIGN_OR_RETURN(const auto engine, engine::Engine::Open({"", config}));
    engine::ImportRequest files;
    files.files = flags.files;
    files.progress = TerminalProgress();
    RIPEN_ASSIGN_OR_RETURN(const engine::ImportAnswer read, engine->ImportFiles(files));
    SayMapping(read.plans);
    SayAccount(read.input, LanguageOf(flags.language, config));
    return DrillHere(*engine, request);
  }
  const std::string store = flags.store.empty() ? std::string(kDefaultStore) : flags.store;
  if (const auto server = ReadServerFile(store)) return DrillThere(*server, request);
  RIPEN_ASSIGN_OR_RETURN(const auto engine, OpenCopy(store, config));
  return DrillHere(*engine, request);
}

int Run(const DrillFlags& flags) {
  const Result<Config> config = flags.config.Read();
  if (!config) return Refuse(config.error());
  const Result<Answer> answer = Ask(flags, *config);
  if (!answer) return Refuse(answer.error());
  if (flags.format == "json") return Print(answer->json);
  const bool german = LanguageOf(flags.language, *config) == "de";
  return Print(wording::DrillPage(german ? answer->de : answer->en));
}

}  // namespace

Verb AddDrill(CLI::App& program) {
  auto flags = std::make_shared<DrillFlags>();
  CLI::App* verb = program.add_subcommand(
      "drill", "Put a change into a copy of the history and say if and when it would be noticed");
  verb->add_option("files", flags->files, "The history as files, instead of a store")
      ->type_name("FILE");
  verb->add_option("--store", flags->store, "The store with the history; default ripen.duckdb");
  verb->add_option("--slice", flags->slices,
                   "The group that changes, as attribute=value; several are those who meet all. "
                   "Without it, everybody")
      ->delimiter(',')
      ->allow_extra_args(false)
      ->type_name("ATTRIBUTE=VALUE");
  verb->add_option("--stage", flags->stage, "What changes: click, purchase, return or your own")
      ->required();
  verb->add_option("--change", flags->change, "By how much: -45% is a fall, +20% a rise")
      ->required();
  verb->add_option("--days", flags->days, "Days in which it should be noticed; default 10");
  verb->add_option("--as-of", flags->as_of,
                   "The history as it was known on this day or moment; default: its last day");
  verb->add_option("--lang", flags->language, "Language of the text: en (default) or de")
      ->check(CLI::IsMember({"en", "de"}));
  verb->add_option("--format", flags->format, "text (default) or json")
      ->check(CLI::IsMember({"text", "json"}));
  flags->config.AddTo(*verb);
  verb->footer(
      "Example: ripen drill --slice age_group=25-34 --stage click --change -45% --days 10\n"
      "A copy of the store is used. Exit codes: 0 done, 2 refused, 3 failed.");
  return {verb, [flags] { return Run(*flags); }};
}

}  // namespace ripen::cli
