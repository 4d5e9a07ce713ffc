// Fills the placeholders of a catalogue text.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace ripen::wording {

// One named value: ready text, or a count that also picks a plural form.
struct Arg {
  Arg(std::string_view arg_name, std::string arg_text)
      : name(arg_name), text(std::move(arg_text)) {}
  Arg(std::string_view arg_name, std::string arg_text, std::int64_t arg_count)
      : name(arg_name), text(std::move(arg_text)), count(arg_count) {}

  std::string name;
  std::string text;
  std::optional<std::int64_t> count;
};
using Args = std::vector<Arg>;

// Knows of ICU's message syntax what the catalogue needs:
//   {name}                                        the text of the value
//   {name, plural, =0 {none} one {# row} other {# rows}}   # is the value's text
//   {,}   closes a subordinate clause: a comma if the sentence goes on, else nothing
// Texts are part of the program: a placeholder without a value or a broken form ends it.
std::string FormatMessage(std::string_view text, const Args& args);
// Turns every remaining {,} into a comma or nothing. FormatMessage leaves them in place, because
// only the finished sentence knows what follows.
std::string CloseClauses(std::string text);
// The names of the placeholders in a text, sorted, each once.
std::vector<std::string> PlaceholdersOf(std::string_view text);

}  // namespace ripen::wording
