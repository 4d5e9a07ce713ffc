// Whether two findings began at about the same time.
#pragma once

#include "model/finding.h"

namespace ripen::monitor {

// Days by which ranges of starts are widened: two looks date the same change a few days apart.
inline constexpr int kSameTimeDays = 7;

// Both need their ranges of starts; a finding without one began at no known time.
inline bool AtTheSameTime(const Finding& a, const Finding& b) {
  if (!a.since_earliest || !a.since_latest || !b.since_earliest || !b.since_latest) return false;
  return *a.since_earliest - kSameTimeDays <= *b.since_latest + kSameTimeDays &&
         *b.since_earliest - kSameTimeDays <= *a.since_latest + kSameTimeDays;
}

}  // namespace ripen::monitor
