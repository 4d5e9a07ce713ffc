#include "wording/input_text.h"

#include <fmt/format.h>

#include <optional>

#include "wording/group_name.h"
#include "wording/wrap.h"

namespace ripen::wording {
namespace {

constexpr std::string_view kReasons = "input.reason.";

// The value that `text` has where `pattern` has its one placeholder; empty arguments where the
// pattern has none and is the text; nothing where they do not fit.
std::optional<Args> Match(std::string_view pattern, std::string_view text) {
  const std::size_t open = pattern.find('{');
  if (open == std::string_view::npos)
    return pattern == text ? std::optional<Args>(Args{}) : std::nullopt;
  const std::size_t close = pattern.find('}', open);
  const std::string_view before = pattern.substr(0, open);
  const std::string_view after = pattern.substr(close + 1);
  if (text.size() < before.size() + after.size()) return std::nullopt;
  if (text.substr(0, before.size()) != before) return std::nullopt;
  if (text.substr(text.size() - after.size()) != after) return std::nullopt;
  const std::string_view value =
      text.substr(before.size(), text.size() - before.size() - after.size());
  return Args{{pattern.substr(open + 1, close - open - 1), std::string(value)}};
}

}  // namespace

std::string TranslatedReason(std::string_view english, const Phrasebook& phrasebook) {
  const auto& texts = Phrasebook::For("en").catalogue().texts();
  for (auto each = texts.lower_bound(kReasons);
       each != texts.end() && each->first.compare(0, kReasons.size(), kReasons) == 0; ++each) {
    if (const auto args = Match(each->second, english)) return phrasebook.Say(each->first, *args);
  }
  return std::string(english);
}

std::string AccountSentence(const InputSummary& input, const Phrasebook& phrasebook) {
  std::string text = phrasebook.Say(
      "check.input.rows", {phrasebook.CountArg("rows", input.rows),
                           phrasebook.CountArg("recommendations", input.recommendations)});
  const auto add = [&](std::string_view key, std::int64_t count) {
    if (count > 0) text += ", " + phrasebook.Say(key, {phrasebook.CountArg("count", count)});
  };
  std::int64_t rejected = 0;
  for (const RejectedRows& rows : input.rejected) rejected += rows.count;
  add("check.input.outcomes", input.outcomes);
  add("check.input.rejected", rejected);
  add("check.input.duplicates", input.duplicates);
  add("check.input.conflicts", input.conflicts);
  add("check.input.orphans", input.orphan_outcomes);
  return text + ".";
}

std::string InputText(const InputSummary& input, const Phrasebook& phrasebook) {
  std::string out = Wrap(AccountSentence(input, phrasebook), "", "  ");
  for (const RejectedRows& rows : input.rejected) {
    const std::string where =
        rows.column.empty()
            ? ""
            : phrasebook.Say("input.where", {{"column", PrintableValue(rows.column)}});
    const std::string value =
        rows.first_value.empty()
            ? ""
            : phrasebook.Say("input.first_value",
                             {{"value", phrasebook.Quote(PrintableValue(rows.first_value))}});
    out += Wrap(
        phrasebook.Say("input.rejected", {phrasebook.CountArg("count", rows.count),
                                          {"where", where},
                                          {"reason", TranslatedReason(rows.reason, phrasebook)},
                                          {"first", PrintableValue(rows.first)},
                                          {"value", value}}),
        "- ", "  ");
  }
  for (const std::string& note : input.notes) {
    out += Wrap(phrasebook.Say("input.note", {{"note", note}}), "", "  ");
  }
  return out;
}

}  // namespace ripen::wording
