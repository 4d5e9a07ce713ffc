// ripen status: what a store holds.
#include <fmt/format.h>

#include <memory>
#include <string>

#include "cli/settings.h"
#include "cli/status_json.h"
#include "cli/terminal.h"
#include "cli/verb.h"

namespace ripen::cli {
namespace {

struct StatusFlags {
  std::string store = std::string(kDefaultStore);
  std::string format = "text";
  ConfigFlag config;
};

std::string StatusText(const ledger::StoreStatus& status) {
  const InputSummary& input = status.input;
  std::string text =
      fmt::format("store            {}\nsize             {:.1f} MB, format {}\n", status.location,
                  static_cast<double>(status.bytes) / 1e6, status.format_version);
  text += fmt::format("rows read        {}\nrecommendations  {}\noutcomes         {}\n", input.rows,
                      input.recommendations, input.outcomes);
  text += fmt::format("repeated         {}\nin conflict      {}\nwaiting          {}\n",
                      input.duplicates, input.conflicts, input.orphan_outcomes);
  std::int64_t set_aside = 0;
  for (const RejectedRows& rejected : input.rejected) set_aside += rejected.count;
  text += fmt::format("set aside        {}\n", set_aside);
  if (input.first_day && input.last_day) {
    text +=
        fmt::format("days shown       {} to {}\n", input.first_day->Iso(), input.last_day->Iso());
  }
  if (status.newest_day) text += fmt::format("newest day       {}\n", status.newest_day->Iso());
  if (status.as_of && status.as_of != status.newest_day) {
    text += fmt::format("figures as of    {}, the last day that is over\n", status.as_of->Iso());
  }
  return text;
}

Result<ledger::StoreStatus> Read(const StatusFlags& flags) {
  RIPEN_ASSIGN_OR_RETURN(const Config config, flags.config.Read());
  RIPEN_ASSIGN_OR_RETURN(const auto engine, OpenStore(flags.store, config, true));
  return engine->Status();
}

}  // namespace

Verb AddStatus(CLI::App& program) {
  auto flags = std::make_shared<StatusFlags>();
  CLI::App* verb = program.add_subcommand("status", "Say what a store holds");
  verb->add_option("--store", flags->store, "The store; default ripen.duckdb");
  verb->add_option("--format", flags->format, "text (default) or json")
      ->check(CLI::IsMember({"text", "json"}));
  flags->config.AddTo(*verb);
  verb->footer("Example: ripen status --store shop.duckdb");
  return {verb, [flags] {
            const Result<ledger::StoreStatus> status = Read(*flags);
            if (!status) return Refuse(status.error());
            return Print(flags->format == "json" ? StatusJson(*status) : StatusText(*status));
          }};
}

}  // namespace ripen::cli
