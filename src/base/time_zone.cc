#include "base/time_zone.h"

#include <date/tz.h>
#include <fmt/format.h>

#include <exception>

namespace ripen {

struct TimeZone::Impl {
  const date::time_zone* zone = nullptr;
};

namespace {
using Micros = std::chrono::microseconds;
date::sys_time<Micros> SysTime(Moment moment) {
  return date::sys_time<Micros>{Micros{moment.micros()}};
}
}  // namespace

TimeZone TimeZone::Utc() { return {}; }

Result<TimeZone> TimeZone::Find(std::string_view name) {
  TimeZone found;
  found.name_ = std::string(name);
  if (name == "UTC" || name == "Etc/UTC" || name == "Z") {
    found.name_ = "UTC";
    return found;
  }
  try {
    auto impl = std::make_shared<Impl>();
    impl->zone = date::locate_zone(found.name_);
    found.impl_ = std::move(impl);
  } catch (const std::exception&) {
    return Fail(ErrorCode::kInvalidArgument,
                fmt::format("'{}' is not a known time zone; write it like Europe/Berlin.", name));
  }
  return found;
}

Day TimeZone::DayOf(Moment moment) const {
  const auto utc = SysTime(moment);
  const auto days = impl_ ? date::floor<date::days>(impl_->zone->to_local(utc)).time_since_epoch()
                          : date::floor<date::days>(utc).time_since_epoch();
  return Day(static_cast<std::int32_t>(days.count()));
}

Moment TimeZone::StartOf(Day day) const {
  return FromLocalMicros(static_cast<std::int64_t>(day.days_since_epoch()) * kMicrosPerDay);
}

Moment TimeZone::FromLocalMicros(std::int64_t local_micros) const {
  if (!impl_) return Moment(local_micros);
  const date::local_time<Micros> local{Micros{local_micros}};
  const date::local_info info = impl_->zone->get_info(local);
  // Unique and ambiguous: the first offset. Nonexistent: the first valid moment after the gap.
  if (info.result == date::local_info::nonexistent) {
    return Moment(std::chrono::duration_cast<Micros>(info.first.end.time_since_epoch()).count());
  }
  return Moment(local_micros - std::chrono::duration_cast<Micros>(info.first.offset).count());
}

}  // namespace ripen
