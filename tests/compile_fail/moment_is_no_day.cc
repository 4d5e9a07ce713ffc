// A moment and a day are different things; only a time zone turns one into the other.
#include "base/day.h"

int main() {
  const ripen::Day day(10);
  const ripen::Moment moment(10 * ripen::kMicrosPerDay);
#ifdef RIPEN_MUST_NOT_COMPILE
  return day < moment ? 0 : 1;
#else
  return day.days_since_epoch() < moment.micros() ? 0 : 1;
#endif
}
