#include "base/as_of.h"

#include <fmt/format.h>

#include <charconv>
#include <optional>

namespace ripen {
namespace {

// Exactly two digits at the front of `text`, which moves on; nothing where there are none.
std::optional<int> TwoDigits(std::string_view& text, int most) {
  int number = 0;
  if (text.size() < 2 || text[0] < '0' || text[0] > '9') return std::nullopt;
  const auto [end, error] = std::from_chars(text.data(), text.data() + 2, number);
  if (error != std::errc{} || end != text.data() + 2 || number > most) return std::nullopt;
  text.remove_prefix(2);
  return number;
}

bool Take(std::string_view& text, char letter) {
  if (text.empty() || text.front() != letter) return false;
  text.remove_prefix(1);
  return true;
}

// ".250" as microseconds; digits beyond the sixth are cut.
std::optional<std::int64_t> Fraction(std::string_view& text) {
  if (!Take(text, '.')) return 0;
  std::int64_t micros = 0;
  std::int64_t unit = 100'000;
  std::size_t digits = 0;
  while (digits < text.size() && text[digits] >= '0' && text[digits] <= '9') {
    micros += (text[digits] - '0') * unit;
    unit /= 10;
    ++digits;
  }
  text.remove_prefix(digits);
  return digits == 0 ? std::nullopt : std::optional(micros);
}

// "Z", "+01:00" or "-05:30" in minutes, and nothing after it.
std::optional<int> OffsetMinutes(std::string_view text) {
  if (text == "Z" || text == "z") return 0;
  const int sign = !text.empty() && text.front() == '-' ? -1 : 1;
  if (!Take(text, '+') && !Take(text, '-')) return std::nullopt;
  const auto hours = TwoDigits(text, 23);
  if (!hours || !Take(text, ':')) return std::nullopt;
  const auto minutes = TwoDigits(text, 59);
  if (!minutes || !text.empty()) return std::nullopt;
  return sign * (*hours * 60 + *minutes);
}

std::optional<Moment> ReadMoment(std::string_view text) {
  if (text.size() < 11 || (text[10] != 'T' && text[10] != 't' && text[10] != ' ')) {
    return std::nullopt;
  }
  const auto day = Day::Parse(text.substr(0, 10));
  text.remove_prefix(11);
  if (!day) return std::nullopt;
  const auto hours = TwoDigits(text, 23);
  if (!hours || !Take(text, ':')) return std::nullopt;
  const auto minutes = TwoDigits(text, 59);
  if (!minutes || !Take(text, ':')) return std::nullopt;
  const auto seconds = TwoDigits(text, 59);
  if (!seconds) return std::nullopt;
  const auto fraction = Fraction(text);
  if (!fraction) return std::nullopt;
  const auto offset = OffsetMinutes(text);
  if (!offset) return std::nullopt;
  const std::int64_t in_day = ((*hours * 60LL + *minutes - *offset) * 60 + *seconds) * 1'000'000;
  return Moment(day->days_since_epoch() * kMicrosPerDay + in_day + *fraction);
}

}  // namespace

Result<Moment> ParseMoment(std::string_view text) {
  if (const auto moment = ReadMoment(text)) return *moment;
  return Fail(ErrorCode::kInvalidArgument,
              fmt::format("'{}' is not a moment; write it like 2026-11-12T09:14:00Z.", text));
}

Result<Day> ParseAsOf(std::string_view text, const TimeZone& zone) {
  if (const auto day = Day::Parse(text)) return *day;
  const auto moment = ReadMoment(text);
  if (!moment) {
    return Fail(ErrorCode::kInvalidArgument,
                fmt::format("'{}' is neither a day like 2026-11-12 nor a moment like "
                            "2026-11-12T09:14:00Z.",
                            text));
  }
  return zone.DayOf(Moment(moment->micros() + 1'000'000)) - 1;
}

}  // namespace ripen
