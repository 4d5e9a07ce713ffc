#include "stats/strata.h"

#include <algorithm>

namespace ripen::stats {
namespace {

constexpr double kShrinkTrials = 20;  // trials that the stream's own rate is worth in a cell

// One cell's sums over its cohorts, on effective counts.
struct CellTotal {
  double trials = 0;
  double events = 0;
};

CellTotal Total(const CellCounts& cells, std::size_t cell, const double* share) {
  CellTotal total;
  for (std::uint32_t at = cells.first[cell]; at < cells.first[cell + 1]; ++at) {
    const double factor = share[cells.cohort[at]];
    total.trials += factor * static_cast<double>(cells.trials[at]);
    total.events += factor * static_cast<double>(cells.events[at]);
  }
  return total;
}

void AddCell(const CellCounts& cells, std::size_t cell, const double* share, double stream_rate,
             double* score, double* variance) {
  const CellTotal total = Total(cells, cell, share);
  if (total.trials <= 0) return;
  const double per_trial = 1 / total.trials;
  const double cell_rate = total.events * per_trial;
  const double shrunk =
      (total.events + kShrinkTrials * stream_rate) / (total.trials + kShrinkTrials);
  const double record_variance = shrunk * (1 - shrunk);
  double since = 0;
  double variance_before = 0;
  for (std::uint32_t at = cells.first[cell + 1]; at-- > cells.first[cell];) {
    const std::uint16_t cohort = cells.cohort[at];
    const double trials = share[cohort] * static_cast<double>(cells.trials[at]);
    const double events = share[cohort] * static_cast<double>(cells.events[at]);
    since += trials;
    const double cell_variance = record_variance * since * (1 - since * per_trial);
    score[cohort] += events - trials * cell_rate;
    variance[cohort] += cell_variance - variance_before;
    variance_before = cell_variance;
  }
}

}  // namespace

ScoreIncrements::ScoreIncrements(std::size_t streams, std::size_t cohort_count)
    : cohorts(cohort_count), score(streams * cohort_count), variance(streams * cohort_count) {}

void AddStratifiedScores(const CellCounts& cells, const StreamGroup& group,
                         ScoreIncrements& increments) {
  for (std::size_t cell = 0; cell < cells.cells(); ++cell) {
    const std::int32_t stream = group.stream_of_cell[cell];
    if (stream < 0 || cells.first[cell] == cells.first[cell + 1]) continue;
    const std::size_t row = static_cast<std::size_t>(stream) * group.cohorts;
    AddCell(cells, cell, group.share.data() + row, group.rate[static_cast<std::size_t>(stream)],
            increments.score.data() + row, increments.variance.data() + row);
  }
}

StartStatistics SumFromStarts(const ScoreIncrements& increments, std::size_t stream,
                              std::span<const double> trials, double rate) {
  const std::size_t cohorts = increments.cohorts;
  const std::size_t row = stream * cohorts;
  StartStatistics statistics{std::vector<double>(cohorts),
                             std::vector<double>(cohorts),
                             std::vector<double>(cohorts),
                             std::vector<double>(cohorts),
                             0,
                             rate};
  double since = 0;
  double score = 0;
  double variance = 0;
  for (const double day_trials : trials) statistics.all_trials += day_trials;
  for (std::size_t cohort = cohorts; cohort-- > 0;) {
    statistics.trials[cohort] = since += trials[cohort];
    statistics.score[cohort] = score += increments.score[row + cohort];
    statistics.variance[cohort] = variance += increments.variance[row + cohort];
    statistics.skew[cohort] =
        variance * (1 - 2 * rate) * (1 - 2 * since / std::max(statistics.all_trials, 1e-300));
  }
  return statistics;
}

StartStatistics OneStratum(std::span<const double> trials, std::span<const double> events,
                           std::span<const double> expected) {
  const std::size_t cohorts = trials.size();
  StartStatistics statistics{std::vector<double>(cohorts),
                             std::vector<double>(cohorts),
                             std::vector<double>(cohorts),
                             std::vector<double>(cohorts),
                             0,
                             0};
  double all_events = 0;
  double all_expected = 0;
  for (std::size_t cohort = 0; cohort < cohorts; ++cohort) {
    statistics.all_trials += trials[cohort];
    all_events += events[cohort];
    if (!expected.empty()) all_expected += expected[cohort];
  }
  if (statistics.all_trials <= 0) return statistics;
  const double rate = all_events / statistics.all_trials;
  const double expected_rate = all_expected / statistics.all_trials;
  statistics.rate = rate;
  double since = 0;
  double score = 0;
  for (std::size_t cohort = cohorts; cohort-- > 0;) {
    since += trials[cohort];
    score += events[cohort] - trials[cohort] * rate;
    if (!expected.empty()) score -= expected[cohort] - trials[cohort] * expected_rate;
    const double part = since / statistics.all_trials;
    statistics.trials[cohort] = since;
    statistics.score[cohort] = score;
    statistics.variance[cohort] = rate * (1 - rate) * since * (1 - part);
    statistics.skew[cohort] = statistics.variance[cohort] * (1 - 2 * rate) * (1 - 2 * part);
  }
  return statistics;
}

}  // namespace ripen::stats
