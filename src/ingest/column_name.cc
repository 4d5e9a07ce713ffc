#include "ingest/column_name.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <utility>

namespace ripen::ingest {
namespace {

constexpr std::array<std::pair<std::string_view, std::string_view>, 7> kUmlauts{{
    {"ä", "ae"},
    {"ö", "oe"},
    {"ü", "ue"},
    {"Ä", "ae"},
    {"Ö", "oe"},
    {"Ü", "ue"},
    {"ß", "ss"},
}};

bool IsSeparator(char letter) {
  return letter == ' ' || letter == '-' || letter == '_' || letter == '\t';
}

// 1794478440, also in milliseconds and microseconds, or with a fraction.
bool IsEpochLike(std::string_view value) {
  const bool digits_only = std::all_of(value.begin(), value.end(), [](unsigned char letter) {
    return std::isdigit(letter) || letter == '.';
  });
  return digits_only && std::count(value.begin(), value.end(), '.') <= 1 && value.size() >= 10 &&
         value.front() != '0' && value.size() <= 18;
}

// 2026-11-12, 12.11.2026, 11/12/2026 09:14 and the like.
bool IsCalendarLike(std::string_view value) {
  std::size_t separators = 0;
  std::size_t digits = 0;
  for (const char letter : value) {
    if (std::isdigit(static_cast<unsigned char>(letter))) ++digits;
    if (letter == '-' || letter == '/' || letter == '.') ++separators;
  }
  if (value.size() < 6 || !std::isdigit(static_cast<unsigned char>(value.front()))) return false;
  // A range such as 25-34-44 has too few digits; an id has letters before its second separator.
  const std::size_t head = value.find_first_not_of("0123456789-/.");
  return separators >= 2 && digits >= 6 && (head == std::string_view::npos || head >= 8);
}

template <typename Rule>
bool HoldsMostly(const ledger::ColumnProbe& column, Rule rule) {
  if (column.engine_type.starts_with("TIMESTAMP") || column.engine_type == "DATE") return true;
  std::size_t filled = 0;
  std::size_t matching = 0;
  for (const auto& value : column.sample) {
    if (!value || value->empty()) continue;
    ++filled;
    matching += rule(*value) ? 1 : 0;
  }
  return filled > 0 && matching * 2 > filled;
}

}  // namespace

std::string NormaliseName(std::string_view name) {
  std::string normal;
  for (std::size_t at = 0; at < name.size();) {
    const auto umlaut = std::find_if(kUmlauts.begin(), kUmlauts.end(), [&](const auto& pair) {
      return name.substr(at, pair.first.size()) == pair.first;
    });
    if (umlaut != kUmlauts.end()) {
      normal += umlaut->second;
      at += umlaut->first.size();
      continue;
    }
    const char letter = name[at++];
    if (!IsSeparator(letter)) {
      normal += static_cast<char>(std::tolower(static_cast<unsigned char>(letter)));
    }
  }
  return normal;
}

std::vector<std::string> WordsOf(std::string_view name) {
  std::vector<std::string> words;
  std::string word;
  const auto close = [&] {
    if (!word.empty()) words.push_back(NormaliseName(word));
    word.clear();
  };
  for (std::size_t at = 0; at < name.size(); ++at) {
    const char letter = name[at];
    if (IsSeparator(letter) || letter == '.') {
      close();
      continue;
    }
    const bool capital_inside = at > 0 && std::isupper(static_cast<unsigned char>(letter)) &&
                                std::islower(static_cast<unsigned char>(name[at - 1]));
    if (capital_inside) close();
    word += letter;
  }
  close();
  return words;
}

bool HoldsTimes(const ledger::ColumnProbe& column) {
  return HoldsMostly(
      column, [](std::string_view value) { return IsCalendarLike(value) || IsEpochLike(value); });
}

bool LooksLikeTime(const ledger::ColumnProbe& column) {
  static constexpr std::array<std::string_view, 10> kTimeWords{
      "at", "date", "time", "timestamp", "ts", "datum", "zeit", "zeitpunkt", "uhrzeit", "am"};
  const std::vector<std::string> words = WordsOf(column.name);
  if (!words.empty() &&
      std::find(kTimeWords.begin(), kTimeWords.end(), words.back()) != kTimeWords.end()) {
    return true;
  }
  // Long numbers are no times here: an article number looks like an epoch.
  return HoldsMostly(column, IsCalendarLike);
}

}  // namespace ripen::ingest
