// Reads booleans and numbers as people write them.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace ripen::store {

enum class Flag { kNotKnown, kFalse, kTrue };

// IsNotKnown for cells that are short or begin or end with white space.
bool IsNotKnownWhenTrimmed(std::string_view text);
// Whether a cell says nothing: empty, NULL or \N.
inline bool IsNotKnown(std::string_view text) {
  if (text.empty()) return true;
  const bool is_plain = text.size() > 4 && text.front() > ' ' && text.back() > ' ';
  return !is_plain && IsNotKnownWhenTrimmed(text);
}

// 1/0, true/false, yes/no, y/n, ja/nein, j/n, wahr/falsch, x; in any case. Nothing for other words.
std::optional<Flag> ReadFlag(std::string_view text);

enum class NumberTrouble { kNone, kNotANumber, kThousands, kTooLarge };
std::string_view NumberTroubleSentence(NumberTrouble trouble);

// A number with a decimal point or comma. More than one separator is a thousands separator, which
// is refused rather than guessed.
NumberTrouble ReadNumber(std::string_view text, double& number);
// The same in hundredths, exactly; further digits are rounded half away from zero.
NumberTrouble ReadMinorUnits(std::string_view text, std::int64_t& minor);

}  // namespace ripen::store
