#include "base/day.h"

#include <date/date.h>
#include <fmt/format.h>

#include <charconv>

namespace ripen {
namespace {

date::year_month_day Ymd(std::int32_t days) {
  return date::year_month_day{date::sys_days{date::days{days}}};
}

bool ReadNumber(std::string_view text, int& number) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  return error == std::errc{} && end == text.data() + text.size();
}

}  // namespace

Result<Day> Day::Parse(std::string_view iso) {
  int year = 0;
  int month = 0;
  int day = 0;
  const bool shaped = iso.size() == 10 && iso[4] == '-' && iso[7] == '-' &&
                      ReadNumber(iso.substr(0, 4), year) && ReadNumber(iso.substr(5, 2), month) &&
                      ReadNumber(iso.substr(8, 2), day) && month > 0 && day > 0;
  const date::year_month_day ymd{date::year{year}, date::month{static_cast<unsigned>(month)},
                                 date::day{static_cast<unsigned>(day)}};
  if (!shaped || !ymd.ok()) {
    return Fail(ErrorCode::kInvalidArgument,
                fmt::format("'{}' is not a date; write it as yyyy-mm-dd.", iso));
  }
  return Day(static_cast<std::int32_t>(date::sys_days{ymd}.time_since_epoch().count()));
}

Day Day::FromYmd(int year, unsigned month, unsigned day) {
  const date::sys_days days{date::year{year} / static_cast<int>(month) / static_cast<int>(day)};
  return Day(static_cast<std::int32_t>(days.time_since_epoch().count()));
}

std::string Day::Iso() const {
  return fmt::format("{:04}-{:02}-{:02}", year(), month(), day_of_month());
}

int Day::year() const { return static_cast<int>(Ymd(days_).year()); }
unsigned Day::month() const { return static_cast<unsigned>(Ymd(days_).month()); }
unsigned Day::day_of_month() const { return static_cast<unsigned>(Ymd(days_).day()); }
unsigned Day::iso_weekday() const {
  return date::weekday{date::sys_days{date::days{days_}}}.iso_encoding();
}

Day Day::monday() const { return *this - static_cast<int>(iso_weekday() - 1); }

std::string Moment::Rfc3339() const {
  const std::int64_t day =
      micros_ >= 0 ? micros_ / kMicrosPerDay : -((-micros_ + kMicrosPerDay - 1) / kMicrosPerDay);
  const std::int64_t in_day = micros_ - day * kMicrosPerDay;
  const std::int64_t seconds = in_day / 1'000'000;
  const std::int64_t fraction = in_day % 1'000'000;
  std::string text = fmt::format("{}T{:02}:{:02}:{:02}", Day(static_cast<std::int32_t>(day)).Iso(),
                                 seconds / 3600, seconds / 60 % 60, seconds % 60);
  if (fraction != 0) text += fmt::format(".{:06}", fraction);
  return text + "Z";
}

}  // namespace ripen
