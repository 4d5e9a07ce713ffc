// Does a level keep moving after its change began: a drift instead of a step?
//
// Model. Weighted least squares of daily rates on the day, with binomial variance on effective
// counts: z is the slope in its standard errors. Cost of being wrong. At 2.33 one step in a hundred
// is called gradual, and a drift is called a step when it is too slow to tell. Fails when. Fewer
// than five days have been seen since the change: no answer. Source. Cochran 1954, Biometrics
// 10:417-451, eq. for the trend in proportions; Armitage 1955. Worked value. Trials 100 each,
// events 40, 30, 20, 10, 0: z = -7.9057.
#pragma once

#include <optional>
#include <span>

namespace ripen::stats {

// `trials`, `events`: effective counts, one value a cohort day since the change, in order.
// `expected`: what the reference rates expect, so that a change of mix is no slope. Returns the
// standardised slope (positive = rising against the reference), or nullopt where fewer than five
// days have trials or nothing varies.
std::optional<double> StandardizedSlope(std::span<const double> trials,
                                        std::span<const double> events,
                                        std::span<const double> expected);

}  // namespace ripen::stats
