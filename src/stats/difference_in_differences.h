// Difference in differences: did one group's rate change otherwise than that of all others?
//
// Model. Four binomial counts: group and others, before (old) and after (new). With odds w = x / (n
// - x), d = ln(w_group,new / w_group,old) - ln(w_others,new / w_others,old). What both groups have
// in common - the season, the weekday, the age of a collection - acts on the odds of both and
// cancels. var d = sum over the four counts of 1 / x + 1 / (n - x), on effective counts
// (overdispersion.h), so that days which differ by more than chance widen the range.
//
// Looking daily. d is normal with a known variance that falls as days come in, and a flat prior on
// what is common leaves the likelihood ratio of the mixture over d a martingale, in whatever order
// counts arrive. So ranges d +- z sd with z = MixtureDeviate(1 / var) (two_sample.h) hold at all
// times together with the chance 1 - alpha. Of several groups each is given alpha divided by their
// number.
//
// Cost of being wrong. docs/methods/collections.md has how often a group is named in a year in
// which none differs. The range is about 1.6 times as wide as one that may be read once. Fails
// when. Something that acts on one group alone coincides with the change: it is then a fall of that
// group, but not by the new. A fall common to all on the rate is not quite common on the odds where
// base rates differ much (.28 and .19 times .7: odds ratios .627 and .654, d = -.04). Source. Card
// & Krueger 1994, Am. Econ. Rev. 84:772-793; log odds and their variance: Woolf 1955, Ann. Hum.
// Genet. 19:251-253, doi:10.1111/j.1469-1809.1955.tb01348.x; the mixture: as two_sample.h. Oracle:
// the interaction of a binomial glm. Worked value. Group (60 of 400, was 112 of 400), others (280
// of 1000, was 280 of 1000): d = -.790139, standard error .204766.
#pragma once

#include <array>
#include <optional>
#include <span>

namespace ripen::stats {

struct BinomialCount {
  double trials = 0;
  double events = 0;
  double Rate() const { return trials > 0 ? events / trials : 0; }
  BinomialCount& operator+=(const BinomialCount& other) {
    trials += other.trials;
    events += other.events;
    return *this;
  }
};

// An estimate on a log scale with its variance.
struct LogEstimate {
  double value = 0;
  double variance = 0;
  LogEstimate operator-(const LogEstimate& other) const {
    return {value - other.value, variance + other.variance};
  }
};

// ln of the ratio of odds, now over before. Absent where a count has fewer than `least` events or
// non-events.
std::optional<LogEstimate> LogOddsRatio(const BinomialCount& now, const BinomialCount& before,
                                        double least = 5);

struct RatioRange {
  double value = 1;
  double low = 1;
  double high = 1;
  bool LeavesOutOne() const { return low > 1 || high < 1; }
};

// The ratio exp(value) with the range that holds at all times together with the chance 1 - alpha.
// The mixture's scales are .05, .2 and .5 in ln: ratios of .95, .82 and .61. Requires: variance >
// 0, 0 < alpha < 1.
RatioRange AnytimeRange(const LogEstimate& estimate, double alpha);

}  // namespace ripen::stats
