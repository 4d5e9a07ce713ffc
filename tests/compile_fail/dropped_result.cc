// An error must be returned or handled; a call that drops it does not compile.
#include "base/day.h"

int main() {
#ifdef RIPEN_MUST_NOT_COMPILE
  ripen::Day::Parse("2026-11-12");
  return 0;
#else
  return ripen::Day::Parse("2026-11-12").has_value() ? 0 : 1;
#endif
}
