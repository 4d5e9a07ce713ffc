#include "stats/completion_curve.h"

#include <algorithm>

namespace ripen::stats {
namespace {

// For every delay j: what arrived at j, and what was known by j, over the cohorts that reached j.
struct DelaySums {
  std::vector<double> arrived;
  std::vector<double> known;
};

DelaySums SumByDelay(const ArrivalTriangle& triangle, std::size_t first) {
  const auto delays = static_cast<std::size_t>(triangle.max_delay()) + 1;
  DelaySums sums{std::vector<double>(delays), std::vector<double>(delays)};
  for (std::size_t cohort = first; cohort < triangle.cohorts(); ++cohort) {
    double known = 0;
    const int reached = std::min(triangle.age(cohort), triangle.max_delay());
    for (int delay = 0; delay <= reached; ++delay) {
      known += triangle.At(cohort, delay);
      sums.arrived[static_cast<std::size_t>(delay)] += triangle.At(cohort, delay);
      sums.known[static_cast<std::size_t>(delay)] += known;
    }
  }
  return sums;
}

double Dispersion(const ArrivalTriangle& triangle, std::size_t first,
                  const std::vector<double>& hazard, double min_expected) {
  double chi_square = 0;
  int cells = 0;
  for (std::size_t cohort = first; cohort < triangle.cohorts(); ++cohort) {
    double known = triangle.At(cohort, 0);
    const int reached = std::min(triangle.age(cohort), triangle.max_delay());
    for (int delay = 1; delay <= reached; ++delay) {
      known += triangle.At(cohort, delay);
      const double g = hazard[static_cast<std::size_t>(delay)];
      const double expected = known * g;
      if (expected < min_expected || g >= 1) continue;
      const double difference = triangle.At(cohort, delay) - expected;
      chi_square += difference * difference / (expected * (1 - g));
      ++cells;
    }
  }
  const int freedom = cells - triangle.max_delay();
  return freedom > 0 ? std::max(1.0, chi_square / freedom) : 1.0;
}

}  // namespace

ArrivalTriangle::ArrivalTriangle(std::size_t cohorts, int max_delay)
    : max_delay_(max_delay),
      cells_(cohorts * static_cast<std::size_t>(max_delay + 1)),
      ages_(cohorts, max_delay) {}

void ArrivalTriangle::Add(std::size_t cohort, int delay, double events) {
  cells_[Index(cohort, std::clamp(delay, 0, max_delay_))] += events;
}

void ArrivalTriangle::SetAge(std::size_t cohort, int age_days) { ages_[cohort] = age_days; }

double CompletionCurve::ShareKnown(int age_days) const {
  if (age_days < 0) return 0;
  const std::size_t last = share_known.size() - 1;
  return share_known[std::min(static_cast<std::size_t>(age_days), last)];
}

std::optional<CompletionCurve> FitCompletionCurve(const ArrivalTriangle& triangle,
                                                  const CurveOptions& options) {
  const std::size_t cohorts = triangle.cohorts();
  const std::size_t first =
      cohorts - std::min(cohorts, static_cast<std::size_t>(std::max(0, options.last_cohorts)));
  const DelaySums sums = SumByDelay(triangle, first);
  const std::size_t delays = sums.known.size();

  CompletionCurve curve;
  curve.tail_age = -1;
  for (std::size_t delay = 0; delay < delays; ++delay) {
    if (sums.known[delay] >= options.min_tail_events) curve.tail_age = static_cast<int>(delay);
  }
  if (curve.tail_age < 0) return std::nullopt;

  curve.denominator = sums.known;
  curve.reverse_hazard.assign(delays, 0);
  curve.reverse_hazard[0] = 1;
  for (std::size_t delay = 1; delay < delays; ++delay) {
    // A delay nobody has reached says nothing: its term is skipped, not guessed.
    if (sums.known[delay] > 0) {
      curve.reverse_hazard[delay] = sums.arrived[delay] / sums.known[delay];
    }
  }
  curve.share_known.assign(delays, 1);
  for (int age = curve.tail_age - 1; age >= 0; --age) {
    const auto at = static_cast<std::size_t>(age);
    curve.share_known[at] = curve.share_known[at + 1] * (1 - curve.reverse_hazard[at + 1]);
  }
  curve.dispersion = Dispersion(triangle, first, curve.reverse_hazard, options.min_expected);
  return curve;
}

}  // namespace ripen::stats
