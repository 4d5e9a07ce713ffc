#include "stats/shiryaev_roberts.h"

#include <algorithm>
#include <cmath>

namespace ripen::stats {
namespace {

// Whether enough events and non-events are expected since the start and before it.
bool IsCandidate(const StartStatistics& statistics, std::size_t start,
                 const DetectorOptions& options) {
  const double rarer = std::min(statistics.rate, 1 - statistics.rate);
  const double since = statistics.trials[start];
  const double before = statistics.all_trials - since;
  return std::min(since, before) * rarer >= options.min_expected && statistics.variance[start] > 0;
}

std::size_t FirstCandidate(std::size_t cohorts, const DetectorOptions& options) {
  const std::size_t oldest = cohorts > options.last_starts ? cohorts - options.last_starts : 0;
  return std::max(oldest, options.reference_cohorts);
}

double LogMixture(double deviate, double variance, double record_variance,
                  std::span<const double> shift_scales) {
  const double information = variance / record_variance;
  std::array<double, 8> terms{};
  std::size_t used = 0;
  for (const double scale : shift_scales) {
    const double gain = scale * scale * information;
    terms[used++] = .5 * deviate * deviate * gain / (1 + gain) - .5 * std::log1p(gain);
  }
  return LogSum(std::span(terms).first(used)) - std::log(static_cast<double>(used));
}

}  // namespace

double LogSum(std::span<const double> logs) {
  double largest = kNoEvidence;
  for (const double log : logs) largest = std::max(largest, log);
  if (largest == kNoEvidence) return kNoEvidence;
  double sum = 0;
  for (const double log : logs) sum += std::exp(log - largest);
  return largest + std::log(sum);
}

double LogStartEvidence(double score, double variance, double record_variance,
                        std::span<const double> shift_scales) {
  return LogMixture(score / std::sqrt(variance), variance, record_variance, shift_scales);
}

double StandardDeviate(double score, double variance, double third_cumulant) {
  const double deviate = score / std::sqrt(variance);
  const double skewness = third_cumulant / (variance * std::sqrt(variance));
  // The correction of the first order may not eat or double the deviate itself.
  const double factor = 1 - skewness * deviate / 6;
  return deviate * std::clamp(factor, .5, 1.25);
}

std::vector<double> LogStartEvidences(const StartStatistics& statistics,
                                      const DetectorOptions& options) {
  const std::size_t cohorts = statistics.score.size();
  std::vector<double> logs(cohorts, kNoEvidence);
  const double record_variance = statistics.rate * (1 - statistics.rate);
  if (record_variance <= 0) return logs;
  for (std::size_t start = FirstCandidate(cohorts, options); start < cohorts; ++start) {
    if (!IsCandidate(statistics, start, options)) continue;
    const double deviate = StandardDeviate(statistics.score[start], statistics.variance[start],
                                           statistics.skew[start]);
    logs[start] =
        LogMixture(deviate, statistics.variance[start], record_variance, options.shift_scales);
  }
  return logs;
}

double LargestSquaredDeviate(const StartStatistics& statistics, const DetectorOptions& options) {
  const std::size_t cohorts = statistics.score.size();
  double largest = 0;
  for (std::size_t start = FirstCandidate(cohorts, options); start < cohorts; ++start) {
    if (!IsCandidate(statistics, start, options)) continue;
    const double deviate = StandardDeviate(statistics.score[start], statistics.variance[start],
                                           statistics.skew[start]);
    largest = std::max(largest, deviate * deviate);
  }
  return largest;
}

}  // namespace ripen::stats
