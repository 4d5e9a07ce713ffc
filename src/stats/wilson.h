// Wilson's score interval for a rate, on effective counts.
//
// Model. Events are Binomial(trials, rate) once trials are thinned to their effective number (see
// overdispersion.h), so that days which differ by more than chance widen the interval. Cost of
// being wrong. Coverage of the 90 % interval lies in .88 to .93 from 5 expected events on; below,
// it errs to the wide side. Fails when. The effective number is taken over days unlike those
// reported. Source. Wilson 1927, JASA 22:209-212, doi:10.1080/01621459.1927.10502953; Brown, Cai &
// DasGupta 2001, Statistical Science 16:101-133, eq. (4). Worked value. 20 events of 100 trials at
// 90 %: .142502 to .273304.
#pragma once

namespace ripen::stats {

// The standard normal quantile of a two-sided 90 % interval.
constexpr double kNormal90 = 1.6448536269514722;

struct RateInterval {
  double low = 0;
  double high = 1;
};

// Requires: 0 <= rate <= 1, effective_trials >= 0. Returns 0..1 when there are no trials. The
// interval always holds the rate and stays inside 0..1.
RateInterval WilsonInterval(double rate, double effective_trials, double quantile = kNormal90);

}  // namespace ripen::stats
