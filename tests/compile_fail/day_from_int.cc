// A number does not become a day by itself: whoever has one says that it counts from 1970-01-01.
#include "base/day.h"

static int DaysSinceEpoch(ripen::Day day) { return day.days_since_epoch(); }

int main() {
#ifdef RIPEN_MUST_NOT_COMPILE
  return DaysSinceEpoch(3);
#else
  return DaysSinceEpoch(ripen::Day(3));
#endif
}
