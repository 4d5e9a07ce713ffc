// The report's time zone: which calendar day a moment belongs to.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "base/day.h"
#include "base/result.h"

namespace ripen {

// An IANA time zone. Immutable, cheap to copy, safe to share between threads.
class TimeZone {
 public:
  static TimeZone Utc();
  // Errors: kInvalidArgument with the name, when the system's time zone files do not know it.
  [[nodiscard]] static Result<TimeZone> Find(std::string_view name);

  const std::string& name() const { return name_; }
  // The local calendar day of a moment.
  Day DayOf(Moment moment) const;
  // The moment at which a local day begins. A midnight that occurs twice is the first; one that
  // does not exist moves forward.
  Moment StartOf(Day day) const;
  // A local wall-clock time (microseconds since local 1970-01-01T00:00) as a moment; same rules.
  Moment FromLocalMicros(std::int64_t local_micros) const;

 private:
  struct Impl;
  std::string name_ = "UTC";
  std::shared_ptr<const Impl> impl_;  // null = UTC
};

}  // namespace ripen
