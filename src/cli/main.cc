// ripen: the monitor for recommenders whose truth arrives late.
#include <fmt/core.h>

#include <CLI/CLI.hpp>
#include <clocale>
#include <csignal>
#include <exception>
#include <vector>

#include "cli/terminal.h"
#include "cli/verb.h"

namespace {

constexpr int kWrongUsage = 2;
constexpr int kFailed = 3;

int Run(int argc, char** argv) {
  CLI::App program("Ripen: the monitor for recommenders whose truth arrives late.", "ripen");
  program.set_version_flag("--version", "ripen " RIPEN_VERSION);
  program.require_subcommand(1);
  program.footer("Example: ripen check recommendations.csv\n'ripen VERB --help' shows more.");
  const std::vector<ripen::cli::Verb> verbs = ripen::cli::AddVerbs(program);
  try {
    program.parse(argc, argv);
  } catch (const CLI::Success& asked_for_help) {
    return program.exit(asked_for_help);
  } catch (const CLI::ParseError& wrong) {
    const auto typed = program.get_subcommands();
    const std::string help =
        typed.empty() ? "ripen --help" : fmt::format("ripen {} --help", typed.front()->get_name());
    ripen::cli::Say(fmt::format("{}; {} shows how.", wrong.what(), help));
    return kWrongUsage;
  }
  for (const ripen::cli::Verb& verb : verbs) {
    if (verb.app->parsed()) return verb.run();
  }
  return kWrongUsage;
}

}  // namespace

int main(int argc, char** argv) {
  // The language is a flag, never the locale; numbers and order are the same everywhere.
  std::setlocale(LC_ALL, "C");
  // A file that may not grow any more (ulimit -f) is an error like a full disk, not the end.
  std::signal(SIGXFSZ, SIG_IGN);
  try {
    return Run(argc, argv);
  } catch (const std::exception& error) {
    // Only memory can run out this far up: every library's exception ends in its adapter.
    ripen::cli::Say(fmt::format("Ripen had to stop: {}.", error.what()));
    return kFailed;
  }
}
