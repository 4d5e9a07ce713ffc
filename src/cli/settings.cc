#include "cli/settings.h"

#include <fmt/format.h>

#include <filesystem>
#include <system_error>

#include "base/as_of.h"
#include "base/time_zone.h"
#include "cli/config_file.h"
#include "cli/server_file.h"

namespace ripen::cli {

void ConfigFlag::AddTo(CLI::App& verb) {
  verb.add_option("--config", path, "Configuration to use, as `ripen init` writes it")
      ->type_name("ripen.toml");
}

Result<Config> ConfigFlag::Read() const {
  if (path.empty()) return Config{};
  return ReadConfig(path);
}

namespace {

Status CheckFree(const std::string& path, bool must_exist) {
  if (const std::optional<ServerFile> server = ReadServerFile(path)) {
    return Fail(ErrorCode::kInvalidArgument,
                fmt::format("The server at {} (process {}) holds {}; stop it first, or look at it "
                            "in the browser.",
                            server->address, server->process, path));
  }
  std::error_code ignored;
  if (must_exist && !std::filesystem::exists(path, ignored)) {
    return Fail(ErrorCode::kNotFound,
                fmt::format("There is no store at {}; `ripen ingest FILE --store {}` makes one.",
                            path, path));
  }
  return {};
}

}  // namespace

Result<std::unique_ptr<engine::Engine>> OpenStore(const std::string& path, const Config& config,
                                                  bool must_exist) {
  RIPEN_RETURN_IF_ERROR(CheckFree(path, must_exist));
  return engine::Engine::Open({path, config});
}

Result<std::unique_ptr<engine::Engine>> OpenCopy(const std::string& path, const Config& config) {
  RIPEN_RETURN_IF_ERROR(CheckFree(path, true));
  engine::OpenOptions options;
  options.store_path = path;
  options.config = config;
  options.copy = true;
  return engine::Engine::Open(options);
}

std::string LanguageOf(const std::string& flag, const Config& config) {
  return flag.empty() ? config.report.language : flag;
}

Result<std::optional<Day>> AsOfFlag(const std::string& text, const Config& config) {
  if (text.empty()) return std::optional<Day>{};
  RIPEN_ASSIGN_OR_RETURN(const TimeZone zone, TimeZone::Find(config.report.time_zone));
  const auto day = ParseAsOf(text, zone);
  if (!day) return Fail(day.error().code, "--as-of: " + day.error().message);
  return std::optional<Day>(*day);
}

Status CheckSnapshotFlag(const std::string& text) {
  if (text.empty()) return {};
  const auto day = ParseAsOf(text, TimeZone::Utc());
  if (!day) return Fail(day.error().code, "--snapshot-at: " + day.error().message);
  return {};
}

}  // namespace ripen::cli
