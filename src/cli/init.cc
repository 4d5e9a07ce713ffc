// ripen init: the guess of how files are read, as a commented ripen.toml.
#include <fmt/format.h>

#include <filesystem>
#include <fstream>
#include <memory>
#include <string>
#include <system_error>
#include <vector>

#include "cli/config_file.h"
#include "cli/settings.h"
#include "cli/terminal.h"
#include "cli/verb.h"

namespace ripen::cli {
namespace {

struct InitFlags {
  std::vector<std::string> files;
  std::string out = "ripen.toml";
  ConfigFlag config;
};

Status Write(const std::string& path, const std::string& text) {
  std::error_code ignored;
  if (std::filesystem::exists(path, ignored)) {
    return Fail(ErrorCode::kAlreadyExists,
                fmt::format("{} is there already and was left as it is; name another with --out, "
                            "or --out - to print it.",
                            path));
  }
  std::ofstream file(path, std::ios::binary);
  file << text;
  file.close();
  if (!file) return Fail(ErrorCode::kUnavailable, fmt::format("{} cannot be written.", path));
  return {};
}

Status Init(const InitFlags& flags) {
  RIPEN_ASSIGN_OR_RETURN(const Config config, flags.config.Read());
  RIPEN_ASSIGN_OR_RETURN(const auto engine, engine::Engine::Open({"", config}));
  std::vector<ledger::ImportPlan> plans;
  for (const std::string& file : flags.files) {
    RIPEN_ASSIGN_OR_RETURN(auto of_file, engine->Plan(file));
    for (auto& plan : of_file) plans.push_back(std::move(plan));
  }
  SayMapping(plans);
  for (const ledger::ImportPlan& plan : plans) {
    for (const std::string& note : plan.notes) Say(note);
  }
  const std::string text = StarterConfig(plans, config);
  if (flags.out == "-") {
    if (Print(text) != 0) return Fail(ErrorCode::kUnavailable, "Nothing was written.");
    return {};
  }
  RIPEN_RETURN_IF_ERROR(Write(flags.out, text));
  Say(fmt::format("Wrote {}; use it with: ripen check {} --config {}", flags.out,
                  flags.files.front(), flags.out));
  return {};
}

}  // namespace

Verb AddInit(CLI::App& program) {
  auto flags = std::make_shared<InitFlags>();
  CLI::App* verb = program.add_subcommand(
      "init", "Write a commented ripen.toml that says how a file would be read");
  verb->add_option("files", flags->files, "CSV, Parquet or NDJSON files, also .gz")
      ->type_name("FILE")
      ->required();
  verb->add_option("--out", flags->out, "Where to write it; - prints it; default ripen.toml");
  flags->config.AddTo(*verb);
  verb->footer("Example: ripen init recommendations.csv");
  return {verb, [flags] {
            const Status done = Init(*flags);
            return done ? 0 : Refuse(done.error());
          }};
}

}  // namespace ripen::cli
