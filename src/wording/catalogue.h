// The message catalogue of one language: i18n/LANGUAGE.json, compiled into the program.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace ripen::wording {

// The JSON texts as they stand in i18n/ (see src/wording/CMakeLists.txt).
extern const char* const kEnCatalogueJson;
extern const char* const kDeCatalogueJson;
extern const char* const kBannedCatalogueJson;

// Flat dotted keys and their texts.
class Catalogue {
 public:
  // `json` is one of the texts above; anything but an object of strings ends the program, because
  // it is part of the program.
  explicit Catalogue(const char* json);

  bool Has(std::string_view key) const { return texts_.find(key) != texts_.end(); }
  // The text of a key; a key that the catalogue lacks ends the program (tests name every key).
  const std::string& Text(std::string_view key) const;
  const std::map<std::string, std::string, std::less<>>& texts() const { return texts_; }

 private:
  std::map<std::string, std::string, std::less<>> texts_;
};

// The words that must not appear where a merchandiser reads: "en" or "de".
std::vector<std::string> BannedWords(std::string_view language);
// The first banned word that `text` contains as a whole word (case is ignored but for words written
// in capitals only), or empty.
std::string FindBannedWord(std::string_view text, const std::vector<std::string>& banned);

}  // namespace ripen::wording
