#include "wording/phrasebook.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <cmath>
#include <sstream>

#include "base/check.h"

namespace ripen::wording {
namespace {

// Decimals of a number "in 100" read on its own. The bounds are where rounding carries over: 9.96
// reads "10", not "10.0".
int DecimalsFor(double in_hundred) {
  if (in_hundred >= 9.95) return 0;
  if (in_hundred >= 0.995) return 1;
  if (in_hundred <= 0) return 0;
  // Two significant digits: 0.62, 0.062; at most six decimals.
  return std::clamp(static_cast<int>(std::ceil(-std::log10(in_hundred))) + 1, 2, 6);
}

}  // namespace

const Phrasebook& Phrasebook::For(std::string_view language) {
  static const Phrasebook english("en", kEnCatalogueJson);
  static const Phrasebook german("de", kDeCatalogueJson);
  return language.substr(0, 2) == "de" ? german : english;
}

Phrasebook::Phrasebook(std::string language, const char* json)
    : language_(std::move(language)), catalogue_(json) {
  std::istringstream table(catalogue_.Text("ratio.bands"));
  Band band;
  char bar = '|';
  while (bar == '|' && table >> band.name >> band.from >> band.to) {
    bands_.push_back(band);
    if (!(table >> bar)) break;
  }
  RIPEN_CHECK(!bands_.empty(), "the table of ratio words is empty");
}

std::string Phrasebook::Say(std::string_view key, const Args& args) const {
  return FormatMessage(catalogue_.Text(key), args);
}

std::string Phrasebook::KnownOrOther(std::string_view prefix, std::string_view name) const {
  const std::string known = fmt::format("{}.{}", prefix, name);
  const std::string below = known + ".";
  const auto& texts = catalogue_.texts();
  const auto found = texts.lower_bound(below);
  const bool has_below = found != texts.end() && found->first.compare(0, below.size(), below) == 0;
  return Has(known) || has_below ? known : fmt::format("{}.other", prefix);
}

std::string Phrasebook::Count(std::int64_t count) const {
  const std::string digits = fmt::format("{}", count < 0 ? -count : count);
  std::string out = count < 0 ? "-" : "";
  for (std::size_t i = 0; i < digits.size(); ++i) {
    if (i > 0 && (digits.size() - i) % 3 == 0) out += catalogue_.Text("format.thousands");
    out += digits[i];
  }
  return out;
}

std::string Phrasebook::Decimals(double value, int decimals) const {
  std::string text = fmt::format("{:.{}f}", value, decimals);
  if (text.find_first_not_of("-0.") == std::string::npos && text.front() == '-') text.erase(0, 1);
  const std::size_t point = text.find('.');
  if (point == std::string::npos) return text;
  return text.substr(0, point) + catalogue_.Text("format.decimal") + text.substr(point + 1);
}

std::string Phrasebook::InHundred(double fraction) const {
  return Decimals(fraction * 100, DecimalsFor(std::abs(fraction * 100)));
}

std::string Phrasebook::AboutInHundred(double fraction) const {
  return fraction < 0.01 ? InHundred(fraction) : Decimals(fraction * 100, 0);
}

Phrasebook::Pair Phrasebook::InHundredPair(double now, double was) const {
  const double a = now * 100;
  const double b = was * 100;
  int for_now = DecimalsFor(std::abs(a));
  int for_was = DecimalsFor(std::abs(b));
  const double larger = std::max(std::abs(a), std::abs(b));
  const double smaller = std::min(std::abs(a), std::abs(b));
  // Far apart each keeps its own digits (15 instead of 28); close by they share them, and get more
  // until they differ (23.1 instead of 23.4).
  if (larger <= 0 || smaller / larger > 0.8) for_now = for_was = std::max(for_now, for_was);
  Pair pair{Decimals(a, for_now), Decimals(b, for_was)};
  for (int more = 1; more <= 2 && pair.now == pair.was && a != b; ++more) {
    pair = {Decimals(a, for_now + more), Decimals(b, for_was + more)};
  }
  return pair;
}

std::string Phrasebook::InHundredRange(double low, double high) const {
  const Pair pair = InHundredPair(low, high);
  return Say("format.range", {{"low", pair.now}, {"high", pair.was}});
}

std::string Phrasebook::Number(double value, int decimals) const {
  std::string text = fmt::format("{:.{}f}", value, decimals);
  if (text.find('.') != std::string::npos) {
    text.erase(text.find_last_not_of('0') + 1);
    if (text.back() == '.') text.pop_back();
  }
  if (text == "-0") text = "0";
  const std::size_t point = text.find('.');
  const std::string whole = Count(std::strtoll(text.substr(0, point).c_str(), nullptr, 10));
  const std::string sign = text.front() == '-' && whole.front() != '-' ? "-" : "";
  if (point == std::string::npos) return sign + whole;
  return sign + whole + catalogue_.Text("format.decimal") + text.substr(point + 1);
}

std::string Phrasebook::Date(Day day, Day as_of) const {
  if (day.year() != as_of.year()) return DateWithYear(day);
  return Say("date.day", {{"day", fmt::format("{}", day.day_of_month())},
                          {"month", Say(fmt::format("month.{}", day.month()))}});
}

std::string Phrasebook::DateWithYear(Day day) const {
  return Say("date.day.year", {{"day", fmt::format("{}", day.day_of_month())},
                               {"month", Say(fmt::format("month.{}", day.month()))},
                               {"year", fmt::format("{}", day.year())}});
}

std::string Phrasebook::WeekdayDate(Day day, Day as_of) const {
  return Say("date.weekday", {{"weekday", Say(fmt::format("weekday.{}", day.iso_weekday()))},
                              {"date", Date(day, as_of)}});
}

std::string Phrasebook::TwoDays(const std::string& key, Day from, Day to, Day as_of) const {
  const bool one_month = from.year() == to.year() && from.month() == to.month();
  if (one_month && from.year() == as_of.year()) {
    return Say(key + ".month", {{"first", fmt::format("{}", from.day_of_month())},
                                {"last", fmt::format("{}", to.day_of_month())},
                                {"month", Say(fmt::format("month.{}", from.month()))}});
  }
  return Say(key, {{"from", Date(from, as_of)}, {"to", Date(to, as_of)}});
}

std::string Phrasebook::Span(Day from, Day to, Day as_of) const {
  return from == to ? Date(from, as_of) : TwoDays("date.span", from, to, as_of);
}

std::string Phrasebook::FromTo(Day from, Day to, Day as_of) const {
  if (from == to) return Say("date.on_one", {{"from", Date(from, as_of)}});
  return TwoDays("date.from_to", from, to, as_of);
}

std::string Phrasebook::Between(Day from, Day to, Day as_of) const {
  return TwoDays("date.between", from, to, as_of);
}

std::optional<std::string> Phrasebook::RatioBand(double ratio) const {
  for (const Band& band : bands_) {
    if (ratio >= band.from && ratio < band.to) return band.name;
  }
  return std::nullopt;
}

std::string Phrasebook::Quote(std::string_view text) const {
  return Say("format.quote", {{"text", std::string(text)}});
}

std::string Phrasebook::List(const std::vector<std::string>& items) const {
  if (items.empty()) return {};
  std::string text = items.front();
  for (std::size_t i = 1; i < items.size(); ++i) {
    const bool last = i + 1 == items.size();
    text =
        Say(last ? "format.list.and" : "format.list.comma", {{"first", text}, {"last", items[i]}});
  }
  return text;
}

std::string Capitalised(std::string text) {
  if (text.empty()) return text;
  const auto first = static_cast<unsigned char>(text[0]);
  if (first < 0x80) {
    text[0] = static_cast<char>(std::toupper(first));
  } else if (first == 0xC3 && text.size() > 1) {
    // ä ö ü and the other small letters of Latin-1 have their capitals 0x20 below; ß has none.
    const auto second = static_cast<unsigned char>(text[1]);
    if (second >= 0xA0 && second != 0xB7 && second != 0xBF)
      text[1] = static_cast<char>(second - 0x20);
  }
  return text;
}

std::string JoinWords(const std::string& first, const std::string& last) {
  if (first.empty()) return last;
  if (last.empty()) return first;
  return last.front() == ',' ? first + last : first + " " + last;
}

}  // namespace ripen::wording
