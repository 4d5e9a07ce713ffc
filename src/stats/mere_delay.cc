#include "stats/mere_delay.h"

#include <algorithm>
#include <cmath>

namespace ripen::stats {
namespace {

constexpr double kMostStretch = 12;
constexpr int kBisections = 60;
constexpr double kLeastHazard = 1e-9;

// G between whole ages: known at the middle of each day, 0 at 0.
double ShareAt(const CompletionCurve& curve, double days) {
  if (days <= 0) return 0;
  const double position = days - .5;
  const int below = static_cast<int>(std::floor(position));
  const double part = below < 0 ? days / .5 : position - below;
  const double left = curve.ShareKnown(below);
  return left + part * (curve.ShareKnown(below + 1) - left);
}

double Stretched(const CompletionCurve& curve, int age, double stretch) {
  return ShareAt(curve, (age + .5) / stretch);
}

}  // namespace

std::optional<double> StretchThatExplains(const ArrivalTriangle& slice,
                                          std::span<const double> trials, std::size_t first,
                                          const CompletionCurve& curve, double ratio) {
  const auto share_left = [&](double stretch) {
    double stretched = 0;
    double usual = 0;
    for (std::size_t cohort = first; cohort < slice.cohorts(); ++cohort) {
      const int age = std::min(slice.age(cohort), slice.max_delay());
      stretched += trials[cohort] * Stretched(curve, age, stretch);
      usual += trials[cohort] * curve.ShareKnown(age);
    }
    return usual > 0 ? stretched / usual : 1;
  };
  double low = 1;
  double high = kMostStretch;
  if (ratio >= 1 || share_left(high) > ratio) return std::nullopt;
  for (int step = 0; step < kBisections; ++step) {
    const double middle = (low + high) / 2;
    (share_left(middle) > ratio ? low : high) = middle;
  }
  return high;
}

std::optional<double> MereDelayLogRatio(const ArrivalTriangle& slice,
                                        std::span<const double> trials, std::size_t first,
                                        const CompletionCurve& curve, double ratio) {
  const std::optional<double> stretch = StretchThatExplains(slice, trials, first, curve, ratio);
  if (!stretch) return std::nullopt;
  double log_ratio = 0;
  for (std::size_t cohort = first; cohort < slice.cohorts(); ++cohort) {
    double known = std::max(0.0, slice.At(cohort, 0));
    const int reached = std::min(slice.age(cohort), curve.tail_age);
    for (int delay = 1; delay <= reached; ++delay) {
      const double events = std::max(0.0, slice.At(cohort, delay));
      const double share = Stretched(curve, delay, *stretch);
      const double slower =
          std::clamp(share > 0 ? 1 - Stretched(curve, delay - 1, *stretch) / share : 1,
                     kLeastHazard, 1 - kLeastHazard);
      const double usual = std::clamp(curve.reverse_hazard[static_cast<std::size_t>(delay)],
                                      kLeastHazard, 1 - kLeastHazard);
      log_ratio += events * std::log(slower / usual) + known * std::log((1 - slower) / (1 - usual));
      known += events;
    }
  }
  return log_ratio / curve.dispersion;
}

}  // namespace ripen::stats
