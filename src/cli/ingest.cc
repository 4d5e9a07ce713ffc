// ripen ingest: files, or events from standard input, into a store.
#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <memory>
#include <string>
#include <vector>

#include "cli/settings.h"
#include "cli/standard_input.h"
#include "cli/terminal.h"
#include "cli/verb.h"

namespace ripen::cli {
namespace {

struct IngestFlags {
  std::vector<std::string> files;
  std::string store = std::string(kDefaultStore);
  std::string snapshot_at;
  bool history = false;
  ConfigFlag config;
};

// What comes over standard input is live: it is known from the moment of receipt.
Moment Now() {
  const auto since_epoch = std::chrono::system_clock::now().time_since_epoch();
  return Moment(std::chrono::duration_cast<std::chrono::microseconds>(since_epoch).count());
}

Status Ingest(const IngestFlags& flags) {
  RIPEN_ASSIGN_OR_RETURN(const Config config, flags.config.Read());
  RIPEN_RETURN_IF_ERROR(CheckSnapshotFlag(flags.snapshot_at));
  RIPEN_ASSIGN_OR_RETURN(const auto engine, OpenStore(flags.store, config, false));
  engine::ImportRequest request;
  request.files = flags.files;
  std::optional<StandardInput> events;
  const auto dash = std::find(request.files.begin(), request.files.end(), "-");
  if (dash != request.files.end()) {
    if (request.files.size() > 1) {
      return Fail(ErrorCode::kInvalidArgument,
                  "ingest reads either files or standard input (-), not both at once.");
    }
    RIPEN_ASSIGN_OR_RETURN(events, StandardInput::Read());
    *dash = events->path();
    if (!flags.history) request.received_at = Now();
  }
  if (!flags.snapshot_at.empty()) request.snapshot_at = flags.snapshot_at;
  request.progress = TerminalProgress();
  RIPEN_ASSIGN_OR_RETURN(const engine::ImportAnswer read, engine->ImportFiles(request));
  SayMapping(read.plans);
  SayAccount(read.input, config.report.language);
  return {};
}

}  // namespace

Verb AddIngest(CLI::App& program) {
  auto flags = std::make_shared<IngestFlags>();
  CLI::App* verb = program.add_subcommand("ingest", "Add files to a store, all of it or nothing");
  verb->add_option("files", flags->files, "CSV, Parquet or NDJSON files; - reads NDJSON from stdin")
      ->type_name("FILE")
      ->required();
  verb->add_option("--store", flags->store, "The store; default ripen.duckdb");
  verb->add_option("--snapshot-at", flags->snapshot_at,
                   "When the files were written: the day or moment from which outcomes without a "
                   "time are known");
  verb->add_flag("--history", flags->history,
                 "With -: the events are old and became known when they say, not now");
  flags->config.AddTo(*verb);
  verb->footer("Example: ripen ingest november.csv december.csv --store shop.duckdb");
  return {verb, [flags] {
            const Status done = Ingest(*flags);
            return done ? 0 : Refuse(done.error());
          }};
}

}  // namespace ripen::cli
