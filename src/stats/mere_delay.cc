#include "stats/mere_delay.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace ripen::stats {
namespace {

constexpr double kMostStretch = 12;
constexpr int kBisections = 60;
constexpr double kLeastHazard = 1e-9;

// Where in its day G(a) is known: in the middle, where delays run on within days and customers come
// all day long; at the end, where delays are whole days.
constexpr std::array<double, 2> kAnchors{.5, 1};
constexpr double kLeastLeft = 1e-6;

// -ln(1 - G): straight lines of it follow a delay with a constant hazard exactly.
double CumulativeHazard(const CompletionCurve& curve, int age) {
  return age < 0 ? 0 : -std::log(std::max(1 - curve.ShareKnown(age), kLeastLeft));
}

double ShareAt(const CompletionCurve& curve, double days, double anchor) {
  if (days <= 0) return 0;
  const double position = days - anchor;
  const int below = static_cast<int>(std::floor(position));
  const double part = below < 0 ? days / anchor : position - below;
  const double left = CumulativeHazard(curve, below);
  return 1 - std::exp(-left - part * (CumulativeHazard(curve, below + 1) - left));
}

double Stretched(const CompletionCurve& curve, int age, double stretch, double anchor) {
  return ShareAt(curve, (age + anchor) / stretch, anchor);
}

}  // namespace

std::optional<double> StretchThatExplains(const ArrivalTriangle& slice,
                                          std::span<const double> trials, std::size_t first,
                                          const CompletionCurve& curve, double ratio,
                                          double anchor) {
  const auto share_left = [&](double stretch) {
    double stretched = 0;
    double usual = 0;
    for (std::size_t cohort = first; cohort < slice.cohorts(); ++cohort) {
      const int age = std::min(slice.age(cohort), slice.max_delay());
      stretched += trials[cohort] * Stretched(curve, age, stretch, anchor);
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

namespace {

double LogRatio(const ArrivalTriangle& slice, std::size_t first, const CompletionCurve& curve,
                double stretch, double anchor) {
  double log_ratio = 0;
  for (std::size_t cohort = first; cohort < slice.cohorts(); ++cohort) {
    double known = std::max(0.0, slice.At(cohort, 0));
    const int reached = std::min(slice.age(cohort), curve.tail_age);
    for (int delay = 1; delay <= reached; ++delay) {
      const double events = std::max(0.0, slice.At(cohort, delay));
      const double share = Stretched(curve, delay, stretch, anchor);
      const double slower =
          std::clamp(share > 0 ? 1 - Stretched(curve, delay - 1, stretch, anchor) / share : 1,
                     kLeastHazard, 1 - kLeastHazard);
      const double usual = std::clamp(curve.reverse_hazard[static_cast<std::size_t>(delay)],
                                      kLeastHazard, 1 - kLeastHazard);
      log_ratio += events * std::log(slower / usual) + known * std::log((1 - slower) / (1 - usual));
      known += events;
    }
  }
  return log_ratio / curve.dispersion;
}

}  // namespace

std::optional<double> MereDelayLogRatio(const ArrivalTriangle& slice,
                                        std::span<const double> trials, std::size_t first,
                                        const CompletionCurve& curve, double ratio) {
  std::optional<double> best;
  for (const double anchor : kAnchors) {
    const auto stretch = StretchThatExplains(slice, trials, first, curve, ratio, anchor);
    if (!stretch) continue;
    const double log_ratio = LogRatio(slice, first, curve, *stretch, anchor);
    best = std::max(best.value_or(log_ratio), log_ratio);
  }
  return best;
}

}  // namespace ripen::stats
