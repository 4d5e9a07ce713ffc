// Reads the times people write, row by row.
#pragma once

#include <cstdint>
#include <map>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/time_zone.h"
#include "ledger/import_plan.h"

namespace ripen::store {

// A moment, or a whole day. `micros` of a whole day is its date at midnight without any zone.
struct StampedTime {
  std::int64_t micros = 0;
  bool whole_day = false;
};

enum class TimeTrouble { kNone, kNotATime, kAmbiguousDate, kNoSuchDate, kOutOfRange };
// The sentence for people, e.g. "the date is ambiguous, it can be read two ways; ...".
std::string_view TimeTroubleSentence(TimeTrouble trouble);

// Local calendar days of a zone, quick for many moments of the same years. Not thread safe.
class DayClock {
 public:
  explicit DayClock(TimeZone zone) : zone_(std::move(zone)) {}
  std::int32_t DayOf(std::int64_t micros);
  std::int32_t DayOf(const StampedTime& time);
  // The moment, or the last one of a whole day.
  std::int64_t EndOf(const StampedTime& time);
  // The first moment of a local day.
  std::int64_t StartOf(std::int32_t day);
  const TimeZone& zone() const { return zone_; }

 private:
  TimeZone zone_;
  std::unordered_map<std::int32_t, std::int64_t> starts_;
  std::int32_t last_day_ = 0;  // [last_start_, last_end_) is this day
  std::int64_t last_start_ = 1;
  std::int64_t last_end_ = 0;
};

// Reads ISO 8601 (space or T, fraction, Z or +hh:mm), dd.mm.yyyy [hh:mm[:ss]], dd/mm/yyyy or
// mm/dd/yyyy where the order is given or only one is possible, epoch seconds, milliseconds and
// microseconds. A time without offset is local to `source_zone`. Years 1990 to 2199.
class TimeReader {
 public:
  TimeReader(TimeZone source_zone, ledger::DateOrder order)
      : source_zone_(std::move(source_zone)), order_(order) {}
  TimeTrouble Read(std::string_view text, StampedTime& time);

 private:
  TimeTrouble ReadEpoch(std::string_view text, StampedTime& time) const;
  TimeTrouble ReadClock(std::string_view text, std::int32_t day, StampedTime& time);
  std::int64_t FromLocal(std::int64_t local_micros);

  TimeZone source_zone_;
  ledger::DateOrder order_;
  // Local quarter hour -> offset, where the whole quarter has one.
  std::unordered_map<std::int64_t, std::int64_t> offsets_;
  std::int64_t last_quarter_ = INT64_MIN;
  std::int64_t last_offset_ = 0;
};

}  // namespace ripen::store
