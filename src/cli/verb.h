// The verbs of the command line, one file each.
#pragma once

#include <CLI/CLI.hpp>
#include <functional>
#include <string>
#include <vector>

namespace ripen::cli {

// A verb as CLI11 knows it, and what to do when it was typed; returns the exit code.
struct Verb {
  CLI::App* app = nullptr;
  std::function<int()> run;
};

// Each adds its verb, with an example in its --help, to the program.
Verb AddCheck(CLI::App& program);
Verb AddInit(CLI::App& program);
Verb AddIngest(CLI::App& program);
Verb AddServe(CLI::App& program);
Verb AddSimulate(CLI::App& program);
Verb AddDemo(CLI::App& program);
Verb AddStatus(CLI::App& program);
Verb AddDrill(CLI::App& program);
Verb AddExport(CLI::App& program);
Verb AddRestore(CLI::App& program);
Verb AddReport(CLI::App& program);

// All of them, in the order of --help.
std::vector<Verb> AddVerbs(CLI::App& program);

}  // namespace ripen::cli
