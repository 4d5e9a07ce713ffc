#include "store/duckdb/parse_value.h"

#include <array>
#include <charconv>
#include <cstring>
#include <string>

namespace ripen::store {
namespace {

std::string_view Trim(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t' || text.back() == '\r')) {
    text.remove_suffix(1);
  }
  return text;
}

char Lower(char letter) {
  return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter;
}

bool EqualsIgnoringCase(std::string_view text, std::string_view lower) {
  if (text.size() != lower.size()) return false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (Lower(text[i]) != lower[i]) return false;
  }
  return true;
}

bool IsDigit(char letter) { return letter >= '0' && letter <= '9'; }

// A number in parts: -12,5e3 is minus, "12", "5", "e3".
struct NumberParts {
  bool minus = false;
  std::string_view whole;
  std::string_view fraction;
  std::string_view exponent;  // with its e; empty if none
};

NumberTrouble Split(std::string_view text, NumberParts& parts) {
  text = Trim(text);
  if (!text.empty() && (text.front() == '-' || text.front() == '+')) {
    parts.minus = text.front() == '-';
    text.remove_prefix(1);
  }
  std::size_t end = 0;
  int separators = 0;
  std::size_t separator_at = 0;
  bool digits = false;
  for (; end < text.size(); ++end) {
    const char letter = text[end];
    if (IsDigit(letter)) {
      digits = true;
    } else if (letter == '.' || letter == ',' || letter == '\'') {
      ++separators;
      separator_at = end;
      if (letter == '\'') separators = 2;
    } else {
      break;
    }
  }
  if (!digits) return NumberTrouble::kNotANumber;
  parts.exponent = text.substr(end);
  if (!parts.exponent.empty()) {
    std::string_view exponent = parts.exponent;
    if (Lower(exponent.front()) != 'e' || exponent.size() < 2) return NumberTrouble::kNotANumber;
    exponent.remove_prefix(1);
    if (exponent.front() == '-' || exponent.front() == '+') exponent.remove_prefix(1);
    if (exponent.empty() || exponent.size() > 3) return NumberTrouble::kNotANumber;
    for (const char letter : exponent) {
      if (!IsDigit(letter)) return NumberTrouble::kNotANumber;
    }
  }
  if (separators > 1) return NumberTrouble::kThousands;
  parts.whole = text.substr(0, separators == 1 ? separator_at : end);
  if (separators == 1) parts.fraction = text.substr(separator_at + 1, end - separator_at - 1);
  return NumberTrouble::kNone;
}

}  // namespace

bool IsNotKnownWhenTrimmed(std::string_view text) {
  if (text.size() > 4) return Trim(text).empty();
  if (text.size() == 2) return text == "\\N" || Trim(text).empty();
  return EqualsIgnoringCase(text, "null") || Trim(text).empty();
}

std::optional<Flag> ReadFlag(std::string_view text) {
  if (text.size() == 1) {
    switch (text.front()) {
      case '1':
      case 'y':
      case 'Y':
      case 'j':
      case 'J':
      case 'x':
      case 'X': return Flag::kTrue;
      case '0':
      case 'n':
      case 'N': return Flag::kFalse;
      default: break;
    }
  }
  if (IsNotKnown(text)) return Flag::kNotKnown;
  text = Trim(text);
  static constexpr std::array<std::string_view, 10> kTrueWords = {"1", "true", "yes", "y",   "ja",
                                                                  "j", "wahr", "x",   "1.0", "t"};
  static constexpr std::array<std::string_view, 8> kFalseWords = {"0",    "false",  "no",  "n",
                                                                  "nein", "falsch", "0.0", "f"};
  for (const std::string_view word : kTrueWords) {
    if (EqualsIgnoringCase(text, word)) return Flag::kTrue;
  }
  for (const std::string_view word : kFalseWords) {
    if (EqualsIgnoringCase(text, word)) return Flag::kFalse;
  }
  return std::nullopt;
}

std::string_view NumberTroubleSentence(NumberTrouble trouble) {
  switch (trouble) {
    case NumberTrouble::kNone: return "";
    case NumberTrouble::kNotANumber: return "this is no number";
    case NumberTrouble::kThousands:
      return "the number has thousands separators; write it without them";
    case NumberTrouble::kTooLarge: return "the number is too large";
  }
  return "";
}

NumberTrouble ReadNumber(std::string_view text, double& number) {
  NumberParts parts;
  const NumberTrouble trouble = Split(text, parts);
  if (trouble != NumberTrouble::kNone) return trouble;
  std::string plain;
  plain.reserve(text.size() + 2);
  if (parts.minus) plain += '-';
  plain += parts.whole.empty() ? "0" : parts.whole;
  plain += '.';
  plain += parts.fraction.empty() ? "0" : parts.fraction;
  plain += parts.exponent;
  const auto [end, error] = std::from_chars(plain.data(), plain.data() + plain.size(), number);
  if (error == std::errc::result_out_of_range) return NumberTrouble::kTooLarge;
  return error == std::errc{} && end == plain.data() + plain.size() ? NumberTrouble::kNone
                                                                    : NumberTrouble::kNotANumber;
}

NumberTrouble ReadMinorUnits(std::string_view text, std::int64_t& minor) {
  NumberParts parts;
  const NumberTrouble trouble = Split(text, parts);
  if (trouble != NumberTrouble::kNone) return trouble;
  if (!parts.exponent.empty()) return NumberTrouble::kNotANumber;
  if (parts.whole.size() > 15) return NumberTrouble::kTooLarge;
  std::int64_t total = 0;
  for (const char letter : parts.whole) total = total * 10 + (letter - '0');
  const auto digit = [&](std::size_t index) {
    return index < parts.fraction.size() ? parts.fraction[index] - '0' : 0;
  };
  total = total * 100 + digit(0) * 10 + digit(1);
  if (digit(2) >= 5) ++total;
  minor = parts.minus ? -total : total;
  return NumberTrouble::kNone;
}

}  // namespace ripen::store
