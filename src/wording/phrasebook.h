// Numbers, dates and phrases of one language. Everything a person reads goes through here.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/day.h"
#include "wording/catalogue.h"
#include "wording/message_format.h"

namespace ripen::wording {

// Immutable; safe to share between threads.
class Phrasebook {
 public:
  // "de" (also "de-AT", ...) is German, everything else English.
  static const Phrasebook& For(std::string_view language);

  const std::string& language() const { return language_; }  // "en" or "de"
  const Catalogue& catalogue() const { return catalogue_; }
  bool Has(std::string_view key) const { return catalogue_.Has(key); }
  // The message of a key, filled.
  std::string Say(std::string_view key, const Args& args = {}) const;
  // `prefix.name` if the catalogue has it (or any key below it), else `prefix.other`.
  std::string KnownOrOther(std::string_view prefix, std::string_view name) const;

  // 12000 -> "12,000" / "12.000".
  std::string Count(std::int64_t count) const;
  Arg CountArg(std::string_view name, std::int64_t count) const {
    return {name, Count(count), count};
  }
  // A fraction as a number "in 100": whole from 10, one decimal from 1, two significant digits
  // below; 0.149 -> "15", 0.0341 -> "3.4", 0.0062 -> "0.62".
  std::string InHundred(double fraction) const;
  // The same after "about": whole from 1.
  std::string AboutInHundred(double fraction) const;
  // Two fractions that are read against each other: with as many digits as it takes to differ.
  struct Pair {
    std::string now;
    std::string was;
  };
  Pair InHundredPair(double now, double was) const;
  // A low and a high fraction: "3.0–3.4".
  std::string InHundredRange(double low, double high) const;
  // A number with at most `decimals` decimals, without trailing zeros: "2.5".
  std::string Number(double value, int decimals) const;

  // The same with exactly so many: "22.0", for numbers that are read as a column or a sum.
  std::string Decimals(double value, int decimals) const;

  // "11 Nov" / "11. November"; with its year when that is not the year of `as_of`.
  std::string Date(Day day, Day as_of) const;
  std::string DateWithYear(Day day) const;
  // "Tue 24 Nov" / "Di., 24. November".
  std::string WeekdayDate(Day day, Day as_of) const;
  // "14–20 Nov" / "14.–20. November"; one day is a date.
  std::string Span(Day from, Day to, Day as_of) const;
  // "from 22 Oct to 19 Nov" / "vom 22. Oktober bis 19. November", "from 14 to 20 Nov"; "on 19 Nov".
  std::string FromTo(Day from, Day to, Day as_of) const;
  // "between 10 and 12 Nov" / "zwischen dem 10. und dem 12. November".
  std::string Between(Day from, Day to, Day as_of) const;

  // Words for after / before from the catalogue's table ("ratio.bands"): "half", "hardly", ... or
  // nothing where the table has a gap. A band holds its lower end, not its upper.
  std::optional<std::string> RatioBand(double ratio) const;

  std::string Quote(std::string_view text) const;
  // "a, b and c".
  std::string List(const std::vector<std::string>& items) const;

 private:
  Phrasebook(std::string language, const char* json);

  struct Band {
    std::string name;
    double from = 0;
    double to = 0;
  };

  // `key.month` with {first}, {last}, {month} where both days are in one month, else `key` with
  // {from} and {to}.
  std::string TwoDays(const std::string& key, Day from, Day to, Day as_of) const;
  std::string language_;
  Catalogue catalogue_;
  std::vector<Band> bands_;
};

// The first letter as a capital: "recommendations" -> "Recommendations", "über" -> "Über".
std::string Capitalised(std::string text);
// Joins with a space, or without one before a comma: "Kunden" + ", denen" -> "Kunden, denen".
std::string JoinWords(const std::string& first, const std::string& last);

}  // namespace ripen::wording
