#include "wording/input_text.h"

#include <fmt/format.h>

#include "wording/group_name.h"
#include "wording/wrap.h"

namespace ripen::wording {
namespace {

// A role as people call it; an attribute by the name that findings use.
std::string RoleName(const std::string& role, const Phrasebook& phrasebook) {
  const std::string key = "input.role." + role;
  return phrasebook.Has(key) ? phrasebook.Say(key) : PrintableValue(role);
}

std::string Columns(const InputSummary& input, const Phrasebook& phrasebook) {
  if (input.mapping.empty()) return {};
  std::string text = phrasebook.Say("input.mapping") + " ";
  bool first = true;
  for (const auto& [role, column] : input.mapping) {
    if (!first) text += ", ";
    first = false;
    text += phrasebook.Say("input.mapping.line", {{"role", RoleName(role, phrasebook)},
                                                  {"column", PrintableValue(column)}});
  }
  return Wrap(text + ".", "", "  ");
}

std::string Notes(const InputSummary& input, const Phrasebook& phrasebook) {
  if (input.notes.empty()) return {};
  std::string out = Wrap(phrasebook.Say("input.notes"), "", "");
  for (const std::string& note : input.notes) out += Wrap(note, "  - ", "    ");
  return out;
}

std::string SetAside(const InputSummary& input, const Phrasebook& phrasebook) {
  if (input.rejected.empty()) return {};
  std::string out = Wrap(phrasebook.Say("input.rejected"), "", "");
  for (const RejectedRows& rows : input.rejected) {
    const std::string key =
        fmt::format("input.rejected.line{}{}", rows.column.empty() ? ".row" : "",
                    rows.first_value.empty() ? ".no_value" : "");
    out += Wrap(phrasebook.Say(key, {phrasebook.CountArg("count", rows.count),
                                     {"column", PrintableValue(rows.column)},
                                     {"reason", rows.reason},
                                     {"first", PrintableValue(rows.first)},
                                     {"value", phrasebook.Quote(PrintableValue(rows.first_value))}}),
                "  - ", "    ");
  }
  return out;
}

}  // namespace

std::string InputText(const InputSummary& input, const Phrasebook& phrasebook) {
  return Wrap(phrasebook.Say("input.read", {phrasebook.CountArg("count", input.rows)}), "", "") +
         Columns(input, phrasebook) + SetAside(input, phrasebook) + Notes(input, phrasebook);
}

std::string MappingText(const InputSummary& input, const Phrasebook& phrasebook) {
  return Columns(input, phrasebook) + Notes(input, phrasebook);
}

}  // namespace ripen::wording
