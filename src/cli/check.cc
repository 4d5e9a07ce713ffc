// ripen check: files (or a store) to findings.
#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <string>
#include <vector>

#include "cli/answer.h"
#include "cli/settings.h"
#include "cli/terminal.h"
#include "cli/verb.h"

namespace ripen::cli {
namespace {

constexpr int kFound = 1;

struct CheckFlags {
  std::vector<std::string> files;
  std::string store;
  std::string as_of;
  std::string snapshot_at;
  std::string language;
  std::string format = "text";
  std::string fail_on = "alert";
  ConfigFlag config;
};

bool Found(const CheckReport& report, const std::string& fail_on) {
  return std::any_of(report.findings.begin(), report.findings.end(), [&](const Finding& finding) {
    return (finding.level == Level::kAlert && fail_on != "never") ||
           (finding.level == Level::kWatch && fail_on == "watch");
  });
}

Result<CheckReport> Answer(const CheckFlags& flags, const Config& config) {
  RIPEN_ASSIGN_OR_RETURN(const std::optional<Day> as_of, AsOfFlag(flags.as_of, config));
  RIPEN_RETURN_IF_ERROR(CheckSnapshotFlag(flags.snapshot_at));
  if (flags.files.empty()) {
    if (flags.store.empty()) {
      return Fail(ErrorCode::kInvalidArgument,
                  "Nothing to check: name one or more files, or a store with --store.");
    }
    RIPEN_ASSIGN_OR_RETURN(const auto engine, OpenStore(flags.store, config, true));
    RIPEN_RETURN_IF_ERROR(engine->CheckFairnessGroups(as_of));
    return engine->Check(as_of);
  }
  if (!flags.store.empty()) {
    return Fail(ErrorCode::kInvalidArgument,
                "check reads either files or a store; `ripen ingest` adds files to a store.");
  }
  RIPEN_ASSIGN_OR_RETURN(const auto engine, engine::Engine::Open({"", config}));
  engine::ImportRequest request;
  request.files = flags.files;
  if (!flags.snapshot_at.empty()) request.snapshot_at = flags.snapshot_at;
  request.progress = TerminalProgress();
  RIPEN_ASSIGN_OR_RETURN(const engine::ImportAnswer read, engine->ImportFiles(request));
  SayMapping(read.plans);
  SayAccount(read.input, LanguageOf(flags.language, config));
  return engine->Check(as_of);
}

int Run(const CheckFlags& flags) {
  const Result<Config> config = flags.config.Read();
  if (!config) return Refuse(config.error());
  const Result<CheckReport> report = Answer(flags, *config);
  if (!report) return Refuse(report.error());
  const std::string answer = flags.format == "json"
                                 ? AnswerJson(*report)
                                 : AnswerText(*report, LanguageOf(flags.language, *config));
  if (const int failed = Print(answer); failed != 0) return failed;
  return Found(*report, flags.fail_on) ? kFound : 0;
}

}  // namespace

Verb AddCheck(CLI::App& program) {
  auto flags = std::make_shared<CheckFlags>();
  CLI::App* verb = program.add_subcommand(
      "check", "Read files of recommendations and outcomes and say what changed");
  verb->add_option("files", flags->files, "CSV, Parquet or NDJSON files, also .gz")
      ->type_name("FILE");
  verb->add_option("--store", flags->store, "Check what a store holds instead of files");
  verb->add_option("--as-of", flags->as_of,
                   "What was known on this day or moment; default: the last day of the data");
  verb->add_option("--snapshot-at", flags->snapshot_at,
                   "When the files were written: the day or moment from which outcomes without a "
                   "time are known");
  verb->add_option("--lang", flags->language, "Language of the text: en (default) or de")
      ->check(CLI::IsMember({"en", "de"}));
  verb->add_option("--format", flags->format, "text (default) or json")
      ->check(CLI::IsMember({"text", "json"}));
  verb->add_option("--fail-on", flags->fail_on,
                   "Exit with 1 when there is an alert (default), a watch, or never")
      ->check(CLI::IsMember({"alert", "watch", "never"}));
  flags->config.AddTo(*verb);
  verb->footer(
      "Example: ripen check production-recommendations-sample.csv --lang de\n"
      "Exit codes: 0 done, 1 done and an alert was found, 2 refused, 3 failed.");
  return {verb, [flags] { return Run(*flags); }};
}

}  // namespace ripen::cli
