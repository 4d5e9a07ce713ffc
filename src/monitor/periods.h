// Period against period at the same maturity: every day of now is compared with the day before it
// stands beside, counted up to the same age, so that younger days are not taken for worse ones.
//
// Model. now = sum over pairs of what a day of age a has, before = what its partner had at age a.
// The ratio's 90 % range is that of the logarithm of a ratio of two rates on effective counts,
// exp(ln r +- 1.645 sqrt(1 / x1 + 1 / x0)). Cost of being wrong. Descriptive: nothing is alarmed on
// it. Fails when. The delay has changed between the periods: refused while delay_shift is open.
// Source. Vintage comparison; Katz, Baptista, Azen & Pike 1978, Biometrics 34:469-474, equation 2.
// Worked value. 40 of 1000 against 50 of 1000: .8, from .564 to 1.134.
#pragma once

#include <cstddef>
#include <optional>
#include <string>

#include "base/result.h"
#include "model/comparison.h"
#include "monitor/arrivals.h"
#include "monitor/privacy.h"
#include "monitor/settling.h"

namespace ripen::monitor {

struct PeriodRequest {
  std::string stage;
  PeriodLength length = PeriodLength::kWeek;
  Against against = Against::kBefore;
};

// The 90 % range of a ratio of two rates with so many (effective) events, as a factor: the range is
// ratio / factor to ratio * factor.
double RatioRangeFactor(double events_now, double events_before);

// The last whole week (seven days up to the newest day shown) or the calendar month of the newest
// day up to it, against the one before it or the same weeks of the last collection. Errors:
// kNotFound for an unknown stage. What cannot be compared is an answer with `refused`. Cost: the
// rows of the stage, once for each grouping of single values.
[[nodiscard]] Result<PeriodComparison> ComparePeriods(
    const CubeIndex& index, const Settling& settling,
    const std::vector<std::optional<StageArrivals>>& arrivals, const Visibility& visibility,
    const PeriodRequest& request);

}  // namespace ripen::monitor
