#include "monitor/grouping_reader.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <span>

#include "stats/main_effects.h"
#include "stats/shiryaev_roberts.h"

namespace ripen::monitor {
namespace {

// Under so many trials a cell, strata eat the evidence and main effects take the mix out.
constexpr double kMinCellTrials = 20;

class GroupingReader {
 public:
  GroupingReader(const RateStreams& streams, const Grouping& grouping, const FamilyEvents& events,
                 const std::vector<bool>& wanted)
      : streams_(streams),
        grouping_(grouping),
        flat_(streams.index().families()[grouping.family]),
        cells_(streams.Cells(grouping.family, events[grouping.family])),
        as_counted_(&events == &streams.events()),
        cohorts_(streams.cohorts()),
        reads_(grouping.streams) {
    for (std::size_t local = 0; local < grouping.streams; ++local) {
      const std::size_t stream = grouping.first_stream + local;
      reads_[local] = streams.weight(stream) > 0 && (wanted.empty() || wanted[stream]);
    }
  }

  void Read(double min_evidence_days, std::vector<Reading>& readings) {
    if (std::find(reads_.begin(), reads_.end(), true) == reads_.end()) return;
    AssignCells();
    ThinTrials();
    ThinEvents();
    stats::ScoreIncrements increments(grouping_.streams, cohorts_);
    stats::AddStratifiedScores(cells_, {by_strata_, grouping_.streams, cohorts_, share_, rate_},
                               increments);
    if (any_sparse_) ExpectByMainEffects();
    for (std::size_t local = 0; local < grouping_.streams; ++local) {
      if (!reads_[local] || rate_[local] <= 0) continue;
      const std::span trials = std::span(trials_).subspan(local * cohorts_, cohorts_);
      const stats::StartStatistics statistics =
          Sparse(local)
              ? stats::OneStratum(trials, std::span(events_).subspan(local * cohorts_, cohorts_),
                                  std::span(expected_).subspan(local * cohorts_, cohorts_))
              : stats::SumFromStarts(increments, local, trials, rate_[local]);
      if (const auto reading =
              ReadStream(streams_, grouping_.first_stream + local, statistics, min_evidence_days)) {
        readings.push_back(*reading);
      }
    }
  }

 private:
  bool Sparse(std::size_t local) const {
    return streams_.MeanCellTrials(grouping_.first_stream + local) < kMinCellTrials;
  }

  // Which stream each cell belongs to, by the way in which its mix is taken out.
  void AssignCells() {
    std::vector<bool> sparse(grouping_.streams);
    for (std::size_t local = 0; local < grouping_.streams; ++local) {
      sparse[local] = Sparse(local);
      any_sparse_ = any_sparse_ || (reads_[local] && sparse[local]);
    }
    by_strata_.assign(flat_.cells(), -1);
    by_main_effects_.assign(flat_.cells(), -1);
    for (std::size_t cell = 0; cell < flat_.cells(); ++cell) {
      if (cells_.first[cell] == cells_.first[cell + 1]) continue;
      const std::size_t local = grouping_.LocalStream(flat_, cell);
      if (!reads_[local]) continue;
      (sparse[local] ? by_main_effects_ : by_strata_)[cell] = static_cast<std::int32_t>(local);
    }
  }

  // Day factors and effective trials.
  void ThinTrials() {
    share_.assign(grouping_.streams * cohorts_, 0);
    trials_.assign(grouping_.streams * cohorts_, 0);
    for (std::size_t local = 0; local < grouping_.streams; ++local) {
      if (!reads_[local]) continue;
      const std::span<const double> raw = streams_.Trials(grouping_.first_stream + local);
      for (std::size_t cohort = 0; cohort < cohorts_; ++cohort) {
        const double share = streams_.Share(grouping_.first_stream + local, cohort);
        share_[local * cohorts_ + cohort] = share;
        trials_[local * cohorts_ + cohort] = share * raw[cohort];
      }
    }
  }

  // Effective events and the rate of each stream.
  void ThinEvents() {
    events_.assign(grouping_.streams * cohorts_, 0);
    if (as_counted_) {
      for (std::size_t local = 0; local < grouping_.streams; ++local) {
        if (!reads_[local]) continue;
        const std::span<const double> raw = streams_.CountedEvents(grouping_.first_stream + local);
        std::copy(raw.begin(), raw.end(),
                  events_.begin() + static_cast<std::ptrdiff_t>(local * cohorts_));
      }
    } else {
      for (std::size_t cell = 0; cell < flat_.cells(); ++cell) {
        const std::int32_t local = std::max(by_strata_[cell], by_main_effects_[cell]);
        if (local < 0) continue;
        double* row = events_.data() + static_cast<std::size_t>(local) * cohorts_;
        for (std::uint32_t at = cells_.first[cell]; at < cells_.first[cell + 1]; ++at) {
          row[cells_.cohort[at]] += static_cast<double>(cells_.events[at]);
        }
      }
    }
    for (std::size_t at = 0; at < events_.size(); ++at) events_[at] *= share_[at];
    rate_.assign(grouping_.streams, 0);
    for (std::size_t local = 0; local < grouping_.streams; ++local) {
      const auto from = static_cast<std::ptrdiff_t>(local * cohorts_);
      const auto to = from + static_cast<std::ptrdiff_t>(cohorts_);
      const double trials = std::accumulate(trials_.begin() + from, trials_.begin() + to, 0.0);
      const double events = std::accumulate(events_.begin() + from, events_.begin() + to, 0.0);
      if (trials > 0) rate_[local] = events / trials;
    }
  }

  void ExpectByMainEffects() {
    std::vector<double> cell_trials(flat_.cells());
    std::vector<double> cell_events(flat_.cells());
    for (std::size_t cell = 0; cell < flat_.cells(); ++cell) {
      if (by_main_effects_[cell] < 0) continue;
      const double* share =
          share_.data() + static_cast<std::size_t>(by_main_effects_[cell]) * cohorts_;
      for (std::uint32_t at = cells_.first[cell]; at < cells_.first[cell + 1]; ++at) {
        const double day_share = share[cells_.cohort[at]];
        cell_trials[cell] += day_share * static_cast<double>(cells_.trials[at]);
        cell_events[cell] += day_share * static_cast<double>(cells_.events[at]);
      }
    }
    const std::vector<double> reference = stats::MainEffectRates(
        {flat_.values, flat_.sizes}, cell_trials, cell_events, by_main_effects_, grouping_.streams);
    expected_.assign(grouping_.streams * cohorts_, 0);
    for (std::size_t cell = 0; cell < flat_.cells(); ++cell) {
      if (by_main_effects_[cell] < 0) continue;
      const std::size_t row = static_cast<std::size_t>(by_main_effects_[cell]) * cohorts_;
      for (std::uint32_t at = cells_.first[cell]; at < cells_.first[cell + 1]; ++at) {
        const std::size_t column = row + cells_.cohort[at];
        expected_[column] +=
            share_[column] * static_cast<double>(cells_.trials[at]) * reference[cell];
      }
    }
  }

  const RateStreams& streams_;
  const Grouping& grouping_;
  const FlatFamily& flat_;
  const stats::CellCounts cells_;
  const bool as_counted_;
  const std::size_t cohorts_;
  std::vector<bool> reads_;
  bool any_sparse_ = false;
  std::vector<std::int32_t> by_strata_;  // the stream of each cell, -1: none
  std::vector<std::int32_t> by_main_effects_;
  // Streams x cohorts, on effective counts.
  std::vector<double> share_;
  std::vector<double> trials_;
  std::vector<double> events_;
  std::vector<double> expected_;
  std::vector<double> rate_;
};

}  // namespace

void ReadGrouping(const RateStreams& streams, const Grouping& grouping, const FamilyEvents& events,
                  const std::vector<bool>& wanted, double min_evidence_days,
                  std::vector<Reading>& readings) {
  GroupingReader(streams, grouping, events, wanted).Read(min_evidence_days, readings);
}

std::optional<Reading> ReadStream(const RateStreams& streams, std::size_t stream,
                                  const stats::StartStatistics& statistics,
                                  double min_evidence_days) {
  const stats::DetectorOptions options;
  const double needed = std::log(min_evidence_days / streams.weight(stream));
  // Most streams are quiet, and a bound without exponentials says so.
  const double bound = stats::LargestSquaredDeviate(statistics, options) / 2 +
                       std::log(static_cast<double>(streams.cohorts()));
  if (bound < needed) return std::nullopt;
  const std::vector<double> logs = stats::LogStartEvidences(statistics, options);
  const double log_evidence = stats::LogSum(logs);
  if (log_evidence < needed) return std::nullopt;
  const auto start = stats::EstimateStart(logs);
  if (!start) return std::nullopt;
  Reading reading;
  reading.stream = stream;
  reading.evidence_days =
      std::exp(std::min(log_evidence + std::log(streams.weight(stream)), 688.0));
  reading.start = *start;
  reading.direction = statistics.score[start->start] < 0 ? Move::kFall : Move::kRise;
  return reading;
}

}  // namespace ripen::monitor
