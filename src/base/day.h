// Calendar days and moments. Three times have three names everywhere: event time (it happened),
// arrival time (we learned of it) and as of (what we knew).
#pragma once

#include <compare>
#include <cstdint>
#include <limits>
#include <string>
#include <string_view>

#include "base/result.h"

namespace ripen {

// A calendar day in the report's time zone, counted from 1970-01-01. A cohort is a Day.
// Days subtract to whole days and add whole days; a Day plus a Day does not compile.
class Day {
 public:
  constexpr Day() = default;
  constexpr explicit Day(std::int32_t days_since_epoch) : days_(days_since_epoch) {}

  // Reads exactly `yyyy-mm-dd`; errors name the text: "Day: '2026-13-01' is not a date ...".
  [[nodiscard]] static Result<Day> Parse(std::string_view iso);
  static Day FromYmd(int year, unsigned month, unsigned day);

  constexpr std::int32_t days_since_epoch() const { return days_; }
  std::string Iso() const;  // "2026-11-12"
  int year() const;
  unsigned month() const;         // 1..12
  unsigned day_of_month() const;  // 1..31
  unsigned iso_weekday() const;   // 1 = Monday .. 7 = Sunday
  Day monday() const;             // of its week

  constexpr auto operator<=>(const Day&) const = default;
  friend constexpr Day operator+(Day day, int days) { return Day(day.days_ + days); }
  friend constexpr Day operator-(Day day, int days) { return Day(day.days_ - days); }
  friend constexpr int operator-(Day later, Day earlier) { return later.days_ - earlier.days_; }

 private:
  std::int32_t days_ = 0;
};

// A moment: microseconds since 1970-01-01T00:00:00Z.
class Moment {
 public:
  constexpr Moment() = default;
  constexpr explicit Moment(std::int64_t micros_since_epoch) : micros_(micros_since_epoch) {}
  constexpr std::int64_t micros() const { return micros_; }
  std::string Rfc3339() const;  // "2026-11-12T09:14:00Z"; microseconds only when there are any
  constexpr auto operator<=>(const Moment&) const = default;

 private:
  std::int64_t micros_ = 0;
};

constexpr std::int64_t kMicrosPerDay = 86'400'000'000;

}  // namespace ripen
