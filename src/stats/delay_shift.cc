#include "stats/delay_shift.h"

#include <algorithm>

namespace ripen::stats {
namespace {

struct CohortScores {
  std::vector<double> score;
  std::vector<double> variance;
};

CohortScores ScoreCohorts(const ArrivalTriangle& triangle, const CompletionCurve& curve,
                          int first_weekday) {
  CohortScores scores{std::vector<double>(triangle.cohorts()),
                      std::vector<double>(triangle.cohorts())};
  for (std::size_t cohort = 0; cohort < triangle.cohorts(); ++cohort) {
    const int weekday =
        static_cast<int>((static_cast<std::size_t>(first_weekday) + cohort) % kWeekdays);
    double known = triangle.At(cohort, 0);
    const int reached = std::min(triangle.age(cohort), curve.tail_age);
    for (int delay = 1; delay <= reached; ++delay) {
      const double events = triangle.At(cohort, delay);
      known += events;
      const double g = curve.ReverseHazard(delay, weekday);
      scores.score[cohort] += (events - known * g) / curve.dispersion;
      scores.variance[cohort] += std::max(known, 0.0) * g * (1 - g) / curve.dispersion;
    }
  }
  return scores;
}

}  // namespace

DelayShift FindDelayShift(const ArrivalTriangle& triangle, const CompletionCurve& curve,
                          int first_weekday, const DetectorOptions& options) {
  const std::size_t cohorts = triangle.cohorts();
  const CohortScores scores = ScoreCohorts(triangle, curve, first_weekday);
  DelayShift shift{std::vector<double>(cohorts, kNoEvidence), std::vector<double>(cohorts)};
  double all = 0;
  for (const double variance : scores.variance) all += variance;
  const std::size_t oldest = cohorts > options.last_starts ? cohorts - options.last_starts : 0;
  const std::size_t first = std::max(oldest, options.reference_cohorts);
  double score = 0;
  double since = 0;
  for (std::size_t start = cohorts; start-- > first;) {
    score += scores.score[start];
    since += scores.variance[start];
    shift.lateness[start] = score;
    const double information = all > 0 ? since * (all - since) / all : 0;
    if (information < options.min_expected) continue;
    shift.log_evidence[start] = LogStartEvidence(score, information, 1, options.shift_scales);
  }
  return shift;
}

}  // namespace ripen::stats
