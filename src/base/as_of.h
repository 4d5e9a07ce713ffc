// The day of a question: `--as-of` and `?as_of=` as people write it.
#pragma once

#include <string_view>

#include "base/day.h"
#include "base/result.h"
#include "base/time_zone.h"

namespace ripen {

// Reads an RFC 3339 moment, like 2026-11-12T09:14:00Z or 2026-11-12T10:14:00.250+01:00.
// Errors: kInvalidArgument with the text.
[[nodiscard]] Result<Moment> ParseMoment(std::string_view text);

// A day is what was known before the next local midnight. A moment means the last midnight not
// after it + 1 s, so that 23:59:59 still closes its day.
// Worked values in UTC: 2026-11-12T23:59:59Z is 2026-11-12; 2026-11-12T12:00:00Z is 2026-11-11.
// Errors: kInvalidArgument with the text.
[[nodiscard]] Result<Day> ParseAsOf(std::string_view text, const TimeZone& zone);

}  // namespace ripen
