// ripen export and ripen restore: a store's ledger as a folder of files, and back.
#include <fmt/format.h>

#include <memory>
#include <string>

#include "cli/server_file.h"
#include "cli/settings.h"
#include "cli/terminal.h"
#include "cli/verb.h"
#include "engine/store_export.h"

namespace ripen::cli {
namespace {

struct ExportFlags {
  std::string store = std::string(kDefaultStore);
  std::string folder;
};

int Answer(const Status& done, const std::string& sentence) {
  if (!done) return Refuse(done.error());
  Say(sentence);
  return 0;
}

int Export(const ExportFlags& flags) {
  if (const auto server = ReadServerFile(flags.store)) {
    return Refuse(Error{ErrorCode::kFailedPrecondition,
                        fmt::format("A server at {} holds the store {}; stop it, then export.",
                                    server->address, flags.store)});
  }
  return Answer(
      engine::ExportStore(flags.store, flags.folder),
      fmt::format("What {} cannot make again is in {}, one Parquet file a table. It holds "
                  "the secret key of the customers' ids: keep it as you keep the store.",
                  flags.store, flags.folder));
}

int Restore(const ExportFlags& flags) {
  return Answer(engine::RestoreStore(flags.folder, flags.store),
                fmt::format("{} was made from {}; its counts are made with the first question.",
                            flags.store, flags.folder));
}

}  // namespace

Verb AddExport(CLI::App& program) {
  auto flags = std::make_shared<ExportFlags>();
  CLI::App* verb =
      program.add_subcommand("export", "Write a store's ledger and decisions as files");
  verb->add_option("--store", flags->store, "The store; default ripen.duckdb");
  verb->add_option("--out", flags->folder, "A new folder for the files")->required();
  verb->footer("Example: ripen export --store shop.duckdb --out shop-export");
  return {verb, [flags] { return Export(*flags); }};
}

Verb AddRestore(CLI::App& program) {
  auto flags = std::make_shared<ExportFlags>();
  CLI::App* verb = program.add_subcommand("restore", "Make a new store from an export");
  verb->add_option("folder", flags->folder, "What export wrote")->required();
  verb->add_option("--store", flags->store, "The new store; default ripen.duckdb");
  verb->footer("Example: ripen restore shop-export --store shop-again.duckdb");
  return {verb, [flags] { return Restore(*flags); }};
}

}  // namespace ripen::cli
