// ripen serve: the dashboard of a store.
#include <fmt/format.h>

#include <memory>
#include <string>

#include "cli/serving.h"
#include "cli/settings.h"
#include "cli/terminal.h"
#include "cli/verb.h"

namespace ripen::cli {
namespace {

struct ServeFlags {
  std::string store = std::string(kDefaultStore);
  bool create = false;
  ServingOptions serving;
  ConfigFlag config;
};

Status Serve(const ServeFlags& flags) {
  RIPEN_ASSIGN_OR_RETURN(const Config config, flags.config.Read());
  RIPEN_ASSIGN_OR_RETURN(const auto engine, OpenStore(flags.store, config, !flags.create));
  ServingOptions serving = flags.serving;
  serving.store = flags.store;
  return ServeUntilStopped(*engine, serving);
}

}  // namespace

Verb AddServe(CLI::App& program) {
  auto flags = std::make_shared<ServeFlags>();
  CLI::App* verb = program.add_subcommand("serve", "Show a store's dashboard in the browser");
  verb->add_option("--store", flags->store, "The store; default ripen.duckdb");
  verb->add_flag("--create", flags->create,
                 "Make the store where there is none, to fill it over POST /api/v1/events");
  verb->add_option("--listen", flags->serving.listen,
                   "HOST:PORT on this machine; default 127.0.0.1:8484, port 0 = any free one");
  verb->add_option("--ui-dir", flags->serving.ui_dir,
                   "A built dashboard to serve instead of the one in the program");
  verb->add_option("--watch", flags->serving.watch,
                   "A folder whose new files are read as they appear; they move to done or refused")
      ->type_name("FOLDER");
  verb->add_flag("--history", flags->serving.watch_history,
                 "With --watch: files became known when they say, not when they appear");
  verb->add_flag("--log", flags->serving.log, "Say each answer on stderr");
  flags->config.AddTo(*verb);
  verb->footer("Example: ripen serve --store shop.duckdb --listen 127.0.0.1:9000");
  return {verb, [flags] {
            const Status done = Serve(*flags);
            return done ? 0 : Refuse(done.error());
          }};
}

}  // namespace ripen::cli
