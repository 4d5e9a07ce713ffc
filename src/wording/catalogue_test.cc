#include "wording/catalogue.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <set>
#include <string>

#include "wording/message_format.h"
#include "wording/wrap.h"

namespace ripen::wording {
namespace {

const Catalogue& English() {
  static const Catalogue catalogue(kEnCatalogueJson);
  return catalogue;
}
const Catalogue& German() {
  static const Catalogue catalogue(kDeCatalogueJson);
  return catalogue;
}

// {quoted} is {value} in quotation marks; a language may choose either.
std::set<std::string> Placeholders(const std::string& text) {
  std::set<std::string> names;
  for (const std::string& name : PlaceholdersOf(text))
    names.insert(name == "quoted" ? "value" : name);
  return names;
}

TEST(Catalogue, HasTheSameKeysInBothLanguages) {
  for (const auto& [key, text] : English().texts()) EXPECT_TRUE(German().Has(key)) << key;
  for (const auto& [key, text] : German().texts()) EXPECT_TRUE(English().Has(key)) << key;
}

TEST(Catalogue, HasTheSamePlaceholdersInBothLanguages) {
  for (const auto& [key, text] : English().texts()) {
    if (!German().Has(key)) continue;
    EXPECT_EQ(Placeholders(text), Placeholders(German().Text(key))) << key;
  }
}

TEST(Catalogue, NamesNoKeyTwice) {
  for (const char* json : {kEnCatalogueJson, kDeCatalogueJson}) {
    std::set<std::string> seen;
    const auto callback = [&](int, nlohmann::json::parse_event_t event, nlohmann::json& parsed) {
      if (event == nlohmann::json::parse_event_t::key) {
        EXPECT_TRUE(seen.insert(parsed.get<std::string>()).second) << parsed;
      }
      return true;
    };
    EXPECT_TRUE(nlohmann::json::parse(json, callback).is_object());
  }
}

TEST(Catalogue, HasNoEmptyTextAndNoDoubleSpace) {
  for (const Catalogue* catalogue : {&English(), &German()}) {
    for (const auto& [key, text] : catalogue->texts()) {
      EXPECT_FALSE(text.empty()) << key;
      EXPECT_EQ(text.find("  "), std::string::npos) << key;
    }
  }
}

TEST(Catalogue, HasNoBannedWord) {
  for (const auto& [language, catalogue] :
       {std::pair{"en", &English()}, std::pair{"de", &German()}}) {
    const auto banned = BannedWords(language);
    ASSERT_GT(banned.size(), 40U);
    for (const auto& [key, text] : catalogue->texts()) {
      EXPECT_EQ(FindBannedWord(text, banned), "") << language << " " << key << ": " << text;
    }
  }
}

TEST(Catalogue, SpellsGermanWithUmlautsAndSpeaksFormally) {
  for (const auto& [key, text] : German().texts()) {
    for (const char* wrong :
         {"fuer",  "Fuer",    "ueber",   "Ueber",   "zurueck",  "Zurueck", "estaetig", "aeufe",
          "aeuf",  "koenn",   "Koenn",   "ueblich", "schoen",   "waer",    "moeg",     "gehoer",
          "hoech", "naechst", "Naechst", "laess",   "verlaess", "groess"}) {
      EXPECT_EQ(text.find(wrong), std::string::npos) << key << ": " << text;
    }
  }
}

// Chart labels and navigation keep 35 % more width for German, and a few words have no short form.
TEST(Catalogue, KeepsGermanWithinItsLengthBudget) {
  int english = 0;
  int german = 0;
  for (const auto& [key, text] : English().texts()) {
    if (!German().Has(key)) continue;
    const int en = ColumnsOf(text);
    const int de = ColumnsOf(German().Text(key));
    english += en;
    german += de;
    EXPECT_LE(de, en * 1.35 + 30) << key << ": " << German().Text(key);
  }
  EXPECT_LE(german, english * 1.35);
}

TEST(Catalogue, HasTheSameRatioBandsInBothLanguages) {
  EXPECT_EQ(English().Text("ratio.bands"), German().Text("ratio.bands"));
}

TEST(FindBannedWord, FindsWholeWordsOnly) {
  const auto banned = BannedWords("en");
  EXPECT_EQ(FindBannedWord("The drift is significant.", banned), "significant");
  EXPECT_EQ(FindBannedWord("Age drift", banned), "drift");
  EXPECT_EQ(FindBannedWord("a p-value of 3", banned), "p-value");
  EXPECT_EQ(FindBannedWord("customers in Klagenfurt", banned), "");
  EXPECT_EQ(FindBannedWord("operates, separately", banned), "");
  EXPECT_EQ(FindBannedWord("3 ± 1", banned), "±");
  // Capitals are the abbreviation, small letters may be part of a name.
  EXPECT_EQ(FindBannedWord("KL divergence", banned), "KL");
  EXPECT_EQ(FindBannedWord("kl", banned), "");
}

}  // namespace
}  // namespace ripen::wording
