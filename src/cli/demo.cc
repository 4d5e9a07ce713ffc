// ripen demo: the 30-day example, read, checked and served.
#include <fmt/format.h>

#include <filesystem>
#include <memory>
#include <string>
#include <system_error>
#include <vector>

#include "cli/answer.h"
#include "cli/day_replay.h"
#include "cli/serving.h"
#include "cli/settings.h"
#include "cli/terminal.h"
#include "cli/verb.h"
#include "engine/temporary_folder.h"
#include "sim/world.h"

namespace ripen::cli {
namespace {

constexpr std::string_view kSample = "production-recommendations-sample.csv";

// Long enough that purchases are confirmed for a fortnight when the replay begins.
constexpr int kReplayDays = 60;
constexpr int kReplayFirstDays = 30;

struct DemoFlags {
  std::string store;
  std::string folder = ".";
  std::string language;
  bool replay = false;
  int day_seconds = 4;
  ServingOptions serving;
};

// Writes the example into `folder` and returns its path. What the world knows about itself stays
// out of the way: the reader is to find it.
Result<std::string> WriteSample(const std::string& folder) {
  RIPEN_ASSIGN_OR_RETURN(const auto workshop, engine::TemporaryFolder::Make());
  sim::WorldOptions world;
  world.seed = sim::kExampleSeed;
  world.folder = workshop.path();
  world.wide_file_name = std::string(kSample);
  RIPEN_ASSIGN_OR_RETURN(const sim::WorldSummary written, sim::WriteWorld(world));
  const std::string path = (std::filesystem::path(folder) / kSample).lexically_normal().string();
  std::error_code error;
  std::filesystem::copy_file(written.files.front(), path,
                             std::filesystem::copy_options::overwrite_existing, error);
  if (error) {
    return Fail(ErrorCode::kUnavailable,
                fmt::format("{} cannot be written: {}.", path, error.message()));
  }
  Say(fmt::format("Wrote {}: {} recommendations from {} to {}, of a shop that does not exist.",
                  path, written.recommendations, written.first_day.Iso(), written.last_day.Iso()));
  return path;
}

// The example as events that come in day by day, while the dashboard is looked at.
Status Replay(const DemoFlags& flags) {
  RIPEN_ASSIGN_OR_RETURN(const auto workshop, engine::TemporaryFolder::Make());
  sim::WorldOptions world;
  world.seed = sim::kExampleSeed;
  world.folder = workshop.path();
  world.days = kReplayDays;
  world.shape = sim::Shape::kLong;
  world.format = sim::Format::kNdjson;
  RIPEN_ASSIGN_OR_RETURN(const sim::WorldSummary written, sim::WriteWorld(world));
  const Config config;
  RIPEN_ASSIGN_OR_RETURN(const auto engine, flags.store.empty()
                                                ? engine::Engine::Open({"", config})
                                                : OpenStore(flags.store, config, false));
  RIPEN_ASSIGN_OR_RETURN(const auto replay, DayReplay::Begin(*engine, written.files.front(),
                                                             kReplayFirstDays, flags.day_seconds));
  Say(
      fmt::format("{} days of a shop that does not exist are known; the other {} come in, one "
                  "every {} seconds. Ages 25-34 begin to click less on {}.",
                  kReplayFirstDays, kReplayDays - kReplayFirstDays, flags.day_seconds,
                  written.change_day->Iso()));
  replay->Start();
  ServingOptions serving = flags.serving;
  serving.store = flags.store;
  serving.any_port = true;
  return ServeUntilStopped(*engine, serving);
}

Status Demo(const DemoFlags& flags) {
  if (flags.replay) return Replay(flags);
  RIPEN_ASSIGN_OR_RETURN(const std::string sample, WriteSample(flags.folder));
  const Config config;
  RIPEN_ASSIGN_OR_RETURN(const auto engine, flags.store.empty()
                                                ? engine::Engine::Open({"", config})
                                                : OpenStore(flags.store, config, false));
  engine::ImportRequest request;
  request.files = {sample};
  request.progress = TerminalProgress();
  RIPEN_ASSIGN_OR_RETURN(const engine::ImportAnswer read, engine->ImportFiles(request));
  SayMapping(read.plans);
  SayAccount(read.input, LanguageOf(flags.language, config));
  RIPEN_ASSIGN_OR_RETURN(const CheckReport report, engine->Check({}));
  if (Print(AnswerText(report, LanguageOf(flags.language, config))) != 0) {
    return Fail(ErrorCode::kUnavailable, "The demo ends here.");
  }
  ServingOptions serving = flags.serving;
  serving.store = flags.store;
  serving.any_port = true;
  return ServeUntilStopped(*engine, serving);
}

}  // namespace

Verb AddDemo(CLI::App& program) {
  auto flags = std::make_shared<DemoFlags>();
  CLI::App* verb = program.add_subcommand(
      "demo", "Write the 30-day example, check it and show it in the browser");
  verb->add_option("--store", flags->store,
                   "Keep the example in this store; default: none is kept");
  verb->add_option("--out", flags->folder, "Folder for the example; default: this one");
  verb->add_option("--listen", flags->serving.listen,
                   "HOST:PORT on this machine; default 127.0.0.1:8484, or any free one");
  verb->add_option("--ui-dir", flags->serving.ui_dir,
                   "A built dashboard to serve instead of the one in the program");
  verb->add_option("--lang", flags->language, "Language of the text: en (default) or de")
      ->check(CLI::IsMember({"en", "de"}));
  verb->add_flag("--replay", flags->replay,
                 "Let two months come in day by day instead, to watch numbers settle");
  verb->add_option("--day-seconds", flags->day_seconds, "Seconds a day with --replay; default 4")
      ->check(CLI::Range(1, 3600));
  verb->footer("Example: ripen demo --replay");
  return {verb, [flags] {
            const Status done = Demo(*flags);
            return done ? 0 : Refuse(done.error());
          }};
}

}  // namespace ripen::cli
