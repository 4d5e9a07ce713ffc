// Adding two calendar days has no meaning: their difference is a number of days, their sum is
// nothing.
#include "base/day.h"

int main() {
  const ripen::Day first(10);
  const ripen::Day second(12);
#ifdef RIPEN_MUST_NOT_COMPILE
  const auto sum = first + second;
#else
  const auto sum = first + (second - first);
#endif
  return sum == second ? 0 : 1;
}
