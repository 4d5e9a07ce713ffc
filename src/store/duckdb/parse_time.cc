#include "store/duckdb/parse_time.h"

#include <date/date.h>

namespace ripen::store {
namespace {

constexpr std::int64_t kMicrosPerSecond = 1'000'000;
constexpr std::int64_t kQuarterHour = 900 * kMicrosPerSecond;
constexpr std::int64_t kFirstMicros = 631'152'000 * kMicrosPerSecond;  // 1990-01-01
constexpr std::int64_t kEndMicros = 7'258'118'400 * kMicrosPerSecond;  // 2200-01-01

bool IsDigit(char letter) { return letter >= '0' && letter <= '9'; }

std::int64_t FloorDiv(std::int64_t number, std::int64_t divisor) {
  const std::int64_t quotient = number / divisor;
  return quotient - (number % divisor < 0 ? 1 : 0);
}

// Takes up to `most` digits off the front; the count taken, 0 where there is none.
int TakeNumber(std::string_view& text, int most, int& number) {
  number = 0;
  int taken = 0;
  while (taken < most && !text.empty() && IsDigit(text.front())) {
    number = number * 10 + (text.front() - '0');
    text.remove_prefix(1);
    ++taken;
  }
  return taken;
}

bool TakeLetter(std::string_view& text, char wanted) {
  if (text.empty() || text.front() != wanted) return false;
  text.remove_prefix(1);
  return true;
}

// Days since 1970 of a date, or kNoSuchDate.
TimeTrouble MakeDay(int year, int month, int day, std::int32_t& days) {
  if (month < 1 || month > 12 || day < 1 || day > 31) return TimeTrouble::kNoSuchDate;
  const date::year_month_day ymd{date::year{year}, date::month{static_cast<unsigned>(month)},
                                 date::day{static_cast<unsigned>(day)}};
  if (!ymd.ok()) return TimeTrouble::kNoSuchDate;
  if (year < 1990 || year > 2199) return TimeTrouble::kOutOfRange;
  days = static_cast<std::int32_t>(date::sys_days{ymd}.time_since_epoch().count());
  return TimeTrouble::kNone;
}

std::string_view Trim(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t' || text.back() == '\r')) {
    text.remove_suffix(1);
  }
  return text;
}

// What follows the date: offset in micros if there is one.
struct Offset {
  bool given = false;
  std::int64_t micros = 0;
};

bool TakeOffset(std::string_view text, Offset& offset) {
  if (text.empty()) return true;
  TakeLetter(text, ' ');
  if (text == "Z" || text == "z" || text == "UTC") {
    offset.given = true;
    return true;
  }
  const bool minus = !text.empty() && text.front() == '-';
  if (!minus && (text.empty() || text.front() != '+')) return false;
  text.remove_prefix(1);
  int hours = 0;
  int minutes = 0;
  if (TakeNumber(text, 2, hours) != 2) return false;
  if (!text.empty()) {
    TakeLetter(text, ':');
    if (TakeNumber(text, 2, minutes) != 2 || !text.empty()) return false;
  }
  if (hours > 15 || minutes > 59) return false;
  offset.given = true;
  offset.micros = (minus ? -1 : 1) * (hours * 60 + minutes) * 60 * kMicrosPerSecond;
  return true;
}

}  // namespace

std::string_view TimeTroubleSentence(TimeTrouble trouble) {
  switch (trouble) {
    case TimeTrouble::kNone: return "";
    case TimeTrouble::kNotATime: return "this is no time or date";
    case TimeTrouble::kAmbiguousDate:
      return "the date is ambiguous, it can be read two ways; say which in [source] date_order";
    case TimeTrouble::kNoSuchDate: return "there is no such date or time";
    case TimeTrouble::kOutOfRange: return "the time lies outside the years 1990 to 2199";
  }
  return "";
}

std::int64_t DayClock::StartOf(std::int32_t day) {
  const auto found = starts_.find(day);
  if (found != starts_.end()) return found->second;
  const std::int64_t start = zone_.StartOf(Day(day)).micros();
  starts_.emplace(day, start);
  return start;
}

std::int32_t DayClock::DayOf(std::int64_t micros) {
  if (micros >= last_start_ && micros < last_end_) return last_day_;
  auto day = static_cast<std::int32_t>(FloorDiv(micros, kMicrosPerDay));
  while (StartOf(day) > micros) --day;
  while (StartOf(day + 1) <= micros) ++day;
  last_day_ = day;
  last_start_ = StartOf(day);
  last_end_ = StartOf(day + 1);
  return day;
}

std::int64_t DayClock::EndOf(const StampedTime& time) {
  return time.whole_day ? StartOf(DayOf(time) + 1) - 1 : time.micros;
}

std::int32_t DayClock::DayOf(const StampedTime& time) {
  return time.whole_day ? static_cast<std::int32_t>(FloorDiv(time.micros, kMicrosPerDay))
                        : DayOf(time.micros);
}

std::int64_t TimeReader::FromLocal(std::int64_t local_micros) {
  const std::int64_t quarter = FloorDiv(local_micros, kQuarterHour);
  if (quarter == last_quarter_) return local_micros + last_offset_;
  const auto found = offsets_.find(quarter);
  if (found != offsets_.end()) {
    last_quarter_ = quarter;
    last_offset_ = found->second;
    return local_micros + last_offset_;
  }
  const std::int64_t first = quarter * kQuarterHour;
  const std::int64_t last = first + kQuarterHour - 1;
  const std::int64_t offset = source_zone_.FromLocalMicros(first).micros() - first;
  if (source_zone_.FromLocalMicros(last).micros() - last == offset) {
    offsets_.emplace(quarter, offset);
    last_quarter_ = quarter;
    last_offset_ = offset;
    return local_micros + offset;
  }
  return source_zone_.FromLocalMicros(local_micros).micros();  // inside a clock change
}

TimeTrouble TimeReader::ReadEpoch(std::string_view text, StampedTime& time) const {
  std::string_view rest = text;
  std::int64_t whole = 0;
  int digits = 0;
  while (!rest.empty() && IsDigit(rest.front()) && digits < 18) {
    whole = whole * 10 + (rest.front() - '0');
    rest.remove_prefix(1);
    ++digits;
  }
  std::int64_t scale = 0;
  if (digits >= 9 && digits <= 10) scale = kMicrosPerSecond;
  if (digits >= 12 && digits <= 13) scale = 1'000;
  if (digits >= 15 && digits <= 16) scale = 1;
  if (scale == 0) return TimeTrouble::kNotATime;
  std::int64_t micros = whole * scale;
  if (!rest.empty()) {
    if (rest.front() != '.' && rest.front() != ',') return TimeTrouble::kNotATime;
    rest.remove_prefix(1);
    std::int64_t unit = scale;
    for (const char letter : rest) {
      if (!IsDigit(letter)) return TimeTrouble::kNotATime;
      unit /= 10;
      micros += unit * (letter - '0');
    }
  }
  if (micros < kFirstMicros || micros >= kEndMicros) return TimeTrouble::kOutOfRange;
  time = {micros, false};
  return TimeTrouble::kNone;
}

TimeTrouble TimeReader::ReadClock(std::string_view text, std::int32_t day, StampedTime& time) {
  int hour = 0;
  int minute = 0;
  int second = 0;
  std::int64_t fraction = 0;
  if (TakeNumber(text, 2, hour) == 0 || !TakeLetter(text, ':') ||
      TakeNumber(text, 2, minute) != 2) {
    return TimeTrouble::kNotATime;
  }
  if (TakeLetter(text, ':')) {
    if (TakeNumber(text, 2, second) != 2) return TimeTrouble::kNotATime;
    if (TakeLetter(text, '.') || TakeLetter(text, ',')) {
      std::int64_t unit = kMicrosPerSecond;
      while (!text.empty() && IsDigit(text.front())) {
        unit /= 10;
        fraction += unit * (text.front() - '0');
        text.remove_prefix(1);
      }
    }
  }
  Offset offset;
  if (!TakeOffset(text, offset)) return TimeTrouble::kNotATime;
  if (hour > 23 || minute > 59 || second > 60) return TimeTrouble::kNoSuchDate;
  const std::int64_t local =
      day * kMicrosPerDay + ((hour * 60 + minute) * 60 + second) * kMicrosPerSecond + fraction;
  time = {offset.given ? local - offset.micros : FromLocal(local), false};
  return TimeTrouble::kNone;
}

TimeTrouble TimeReader::Read(std::string_view text, StampedTime& time) {
  text = Trim(text);
  if (text.empty() || !IsDigit(text.front())) return TimeTrouble::kNotATime;
  std::string_view rest = text;
  int first = 0;
  int second = 0;
  int third = 0;
  const int first_digits = TakeNumber(rest, 4, first);
  if (rest.empty()) return TimeTrouble::kNotATime;
  const char mark = rest.front();
  if (mark != '-' && mark != '.' && mark != '/') return ReadEpoch(text, time);
  rest.remove_prefix(1);
  const int second_digits = TakeNumber(rest, 2, second);
  if (second_digits == 0 || !TakeLetter(rest, mark)) {
    return mark == '.' ? ReadEpoch(text, time) : TimeTrouble::kNotATime;
  }
  const int third_digits = TakeNumber(rest, 4, third);
  std::int32_t day = 0;
  TimeTrouble trouble = TimeTrouble::kNotATime;
  if (first_digits == 4 && third_digits >= 1 && third_digits <= 2 && mark != '.') {
    trouble = MakeDay(first, second, third, day);
  } else if (first_digits <= 2 && third_digits == 4 && mark == '.') {
    trouble = MakeDay(third, second, first, day);
  } else if (first_digits <= 2 && third_digits == 4) {
    const bool can_swap = first <= 12 && second <= 12 && first != second;
    if (order_ == ledger::DateOrder::kRefuseAmbiguous && can_swap) {
      return TimeTrouble::kAmbiguousDate;
    }
    const bool month_first = order_ == ledger::DateOrder::kMonthFirst ||
                             (order_ == ledger::DateOrder::kRefuseAmbiguous && second > 12);
    trouble = month_first ? MakeDay(third, first, second, day) : MakeDay(third, second, first, day);
  }
  if (trouble != TimeTrouble::kNone) return trouble;
  if (rest.empty()) {
    time = {day * kMicrosPerDay, true};
    return TimeTrouble::kNone;
  }
  if (rest.front() != 'T' && rest.front() != ' ' && rest.front() != 't') {
    return TimeTrouble::kNotATime;
  }
  rest.remove_prefix(1);
  while (!rest.empty() && rest.front() == ' ') rest.remove_prefix(1);
  return ReadClock(rest, day, time);
}

}  // namespace ripen::store
