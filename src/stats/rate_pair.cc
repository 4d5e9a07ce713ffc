#include "stats/rate_pair.h"

#include <algorithm>
#include <boost/math/tools/toms748_solve.hpp>
#include <cmath>
#include <cstdint>
#include <utility>

namespace ripen::stats {
namespace {

// z^2 of the score test of a ratio, less what is not refuted.
class RatioScore {
 public:
  RatioScore(const PairedRate& rate, const PairedRate& against, double quantile)
      : one_(rate), two_(against), limit_(quantile * quantile) {}

  double operator()(double log_ratio) const {
    const double ratio = std::exp(log_ratio);
    const double apart = one_.rate - ratio * two_.rate;
    const double all = one_.trials + two_.trials;
    const double second = LikelyAgainst(ratio);
    const double first = std::min(1.0, ratio * second);
    const double variance =
        first * (1 - first) / one_.trials + ratio * ratio * second * (1 - second) / two_.trials;
    return apart * apart * (all - 1) / all - limit_ * variance;
  }

 private:
  // The most likely rate of the second group where the first has `ratio` times it.
  double LikelyAgainst(double ratio) const {
    const double events_one = one_.rate * one_.trials;
    const double events_two = two_.rate * two_.trials;
    const double a = ratio * (one_.trials + two_.trials);
    const double b = one_.trials * ratio + events_one + two_.trials + events_two * ratio;
    const double c = events_one + events_two;
    return 2 * c / (b + std::sqrt(std::max(0.0, b * b - 4 * a * c)));
  }

  PairedRate one_;
  PairedRate two_;
  double limit_;
};

// The root on one side of the observed ratio.
double RootFrom(const RatioScore& score, double centre, double step) {
  constexpr int kDoublings = 60;
  constexpr int kBits = 40;
  double inside = centre;
  double outside = centre + step;
  for (int doubled = 0; doubled < kDoublings && score(outside) < 0; ++doubled) {
    inside = outside;
    outside = centre + 2 * (outside - centre);
  }
  std::uintmax_t steps = 100;
  const auto bracket =
      boost::math::tools::toms748_solve(score, std::min(inside, outside), std::max(inside, outside),
                                        boost::math::tools::eps_tolerance<double>(kBits), steps);
  return (bracket.first + bracket.second) / 2;
}

}  // namespace

PairRange DifferenceRange(const PairedRate& rate, const PairedRate& against, double quantile) {
  const RateInterval one = WilsonInterval(rate.rate, rate.trials, quantile);
  const RateInterval two = WilsonInterval(against.rate, against.trials, quantile);
  const double difference = rate.rate - against.rate;
  return {difference, difference - std::hypot(rate.rate - one.low, two.high - against.rate),
          difference + std::hypot(one.high - rate.rate, against.rate - two.low)};
}

std::optional<PairRange> RatioRange(const PairedRate& rate, const PairedRate& against,
                                    double quantile) {
  if (rate.rate <= 0 || against.rate <= 0) return std::nullopt;
  constexpr double kFirstStep = .05;
  const RatioScore score(rate, against, quantile);
  const double centre = std::log(rate.rate / against.rate);
  return PairRange{std::exp(centre), std::exp(RootFrom(score, centre, -kFirstStep)),
                   std::exp(RootFrom(score, centre, kFirstStep))};
}

double TrialsWorth(double rate, double trials, double variance) {
  const double record = rate * (1 - rate);
  return record / (record / trials + variance);
}

}  // namespace ripen::stats
