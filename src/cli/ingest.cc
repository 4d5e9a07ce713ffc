// ripen ingest: files, or events from standard input, into a store.
#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <memory>
#include <sstream>
#include <string>
#include <vector>

#include "cli/server_file.h"
#include "cli/settings.h"
#include "cli/standard_input.h"
#include "cli/terminal.h"
#include "cli/verb.h"
#include "engine/clock.h"
#include "server/event_client.h"

namespace ripen::cli {
namespace {

struct IngestFlags {
  std::vector<std::string> files;
  std::string store = std::string(kDefaultStore);
  std::string snapshot_at;
  bool history = false;
  ConfigFlag config;
};

// A file's bytes; events are sent whole.
Result<std::string> ReadWhole(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream bytes;
  if (!file || !(bytes << file.rdbuf())) {
    return Fail(ErrorCode::kNotFound, fmt::format("{} cannot be read.", path));
  }
  return std::move(bytes).str();
}

// Where a server holds the store, it takes events over HTTP. Tables can be read by the server's own
// process alone: they are put into a folder that it watches, or the server is stopped.
Status Send(const ServerFile& server, const IngestFlags& flags) {
  for (const std::string& name : flags.files) {
    std::optional<StandardInput> input;
    std::string path = name;
    if (name == "-") {
      RIPEN_ASSIGN_OR_RETURN(input, StandardInput::Read());
      path = input->path();
    }
    RIPEN_ASSIGN_OR_RETURN(const std::string body, ReadWhole(path));
    const std::size_t first = body.find_first_not_of(" \t\r\n\xEF\xBB\xBF");
    if (first == std::string::npos || body[first] != '{') {
      return Fail(ErrorCode::kInvalidArgument,
                  fmt::format("The server at {} holds {} and takes NDJSON events only, which {} is "
                              "not. Stop the server, or put the file into the folder of its "
                              "--watch.",
                              server.address, flags.store, name));
    }
    // Files say themselves when they became known; what comes over standard input is live.
    const bool history = name != "-" || flags.history;
    RIPEN_ASSIGN_OR_RETURN(const server::Reply reply,
                           server::SendEvents(server.address, body, history));
    if (reply.status != 200) {
      return Fail(ErrorCode::kInvalidArgument,
                  fmt::format("The server at {} refused {}: {}", server.address, name, reply.body));
    }
    Say(fmt::format("{}: sent to the server at {}. {}", name, server.address, reply.body));
  }
  return {};
}

Status Ingest(const IngestFlags& flags) {
  RIPEN_ASSIGN_OR_RETURN(const Config config, flags.config.Read());
  RIPEN_RETURN_IF_ERROR(CheckSnapshotFlag(flags.snapshot_at));
  if (const auto server = ReadServerFile(flags.store)) return Send(*server, flags);
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
    if (!flags.history) request.received_at = engine::Now();
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
