#include <cctype>
#include <nlohmann/json.hpp>

#include "base/check.h"
#include "wording/catalogue.h"

namespace ripen::wording {
namespace {

// ASCII only: umlauts keep their case, which is enough for the words of the list.
char Lower(char c) { return static_cast<char>(std::tolower(static_cast<unsigned char>(c))); }

bool IsWordByte(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) != 0 || (static_cast<unsigned char>(c) & 128U);
}

bool IsShout(std::string_view word) {
  for (const char c : word) {
    if (c >= 'a' && c <= 'z') return false;
  }
  return true;
}

bool SameAt(std::string_view text, std::size_t at, std::string_view word, bool exact) {
  for (std::size_t i = 0; i < word.size(); ++i) {
    if (exact ? text[at + i] != word[i] : Lower(text[at + i]) != Lower(word[i])) return false;
  }
  return true;
}

}  // namespace

Catalogue::Catalogue(const char* json) {
  const auto parsed = nlohmann::json::parse(json, nullptr, false);
  RIPEN_CHECK(parsed.is_object(), "the message catalogue is no JSON object");
  for (const auto& [key, value] : parsed.items()) {
    RIPEN_CHECK(value.is_string(), "the message '{}' is no text", key);
    texts_.emplace(key, value.get<std::string>());
  }
}

const std::string& Catalogue::Text(std::string_view key) const {
  const auto found = texts_.find(key);
  RIPEN_CHECK(found != texts_.end(), "no message '{}' in the catalogue", key);
  return found->second;
}

std::vector<std::string> BannedWords(std::string_view language) {
  const auto parsed = nlohmann::json::parse(kBannedCatalogueJson);
  return parsed.at(std::string(language)).get<std::vector<std::string>>();
}

std::string FindBannedWord(std::string_view text, const std::vector<std::string>& banned) {
  for (const std::string& word : banned) {
    const bool exact = IsShout(word);
    for (std::size_t at = 0; at + word.size() <= text.size(); ++at) {
      if (!SameAt(text, at, word, exact)) continue;
      const std::size_t end = at + word.size();
      const bool starts = at == 0 || !IsWordByte(text[at - 1]) || !IsWordByte(word.front());
      const bool ends = end == text.size() || !IsWordByte(text[end]) || !IsWordByte(word.back());
      if (starts && ends) return word;
    }
  }
  return {};
}

}  // namespace ripen::wording
