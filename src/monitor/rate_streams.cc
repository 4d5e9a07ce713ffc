#include "monitor/rate_streams.h"

#include <algorithm>
#include <cmath>

#include "stats/main_effects.h"
#include "stats/overdispersion.h"
#include "stats/shiryaev_roberts.h"

namespace ripen::monitor {
namespace {

// Under so many trials a cell, strata eat the evidence and main effects take the mix out.
constexpr double kMinCellTrials = 20;
constexpr double kShrinkTrials = 20;

// Which streams of a grouping go which way: the cells of each, and how large they are.
struct StrataPlan {
  std::vector<std::int32_t> by_strata;  // stream of each cell, -1: none
  std::vector<std::int32_t> by_main_effects;
  bool any_main_effects = false;
};

}  // namespace

LevelOverdispersion LearnOverdispersion(const CubeIndex& index, std::size_t stage,
                                        std::span<const std::size_t> days,
                                        std::span<const double> weights) {
  std::array<stats::Overdispersion, 3> pools;
  std::vector<double> trials(days.size());
  std::vector<double> events(days.size());
  for (const Grouping& grouping : index.groupings()) {
    for (std::size_t local = 0; local < grouping.streams; ++local) {
      const std::size_t stream = grouping.first_stream + local;
      if (weights[stream] <= 0) continue;
      for (std::size_t cohort = 0; cohort < days.size(); ++cohort) {
        trials[cohort] = index.Trials(stage, stream, days[cohort]);
        events[cohort] = index.Events(stage, stream, days[cohort]);
      }
      pools[grouping.level()].AddStream(trials, events);
    }
  }
  return {pools[0].Estimate(), pools[1].Estimate(), pools[2].Estimate()};
}

RateStreams::RateStreams(const CubeIndex& index, std::size_t stage, std::vector<std::size_t> days,
                         std::vector<double> weights)
    : index_(index),
      stage_(stage),
      days_(std::move(days)),
      weights_(std::move(weights)),
      rho_(LearnOverdispersion(index, stage, days_, weights_)) {
  for (std::size_t family = 0; family < index.families().size(); ++family) CopyCells(family);
}

void RateStreams::CopyCells(std::size_t family) {
  const FlatFamily& flat = index_.families()[family];
  std::vector<int> cohort_of(index_.days(), -1);
  for (std::size_t cohort = 0; cohort < days_.size(); ++cohort) {
    cohort_of[days_[cohort]] = static_cast<int>(cohort);
  }
  const std::size_t columns = 1 + index_.stages();
  const std::size_t trials_column = index_.TrialsColumn(stage_);
  CellBlock block;
  std::vector<float> events;
  block.first.push_back(0);
  for (std::size_t cell = 0; cell < flat.cells(); ++cell) {
    for (std::uint32_t at = flat.first[cell]; at < flat.first[cell + 1]; ++at) {
      const int cohort = cohort_of[flat.day[at]];
      const float trials = flat.counts[at * columns + trials_column];
      if (cohort < 0 || trials <= 0) continue;
      block.cohort.push_back(static_cast<std::uint16_t>(cohort));
      block.trials.push_back(trials);
      events.push_back(flat.counts[at * columns + 1 + stage_]);
    }
    block.first.push_back(static_cast<std::uint32_t>(block.cohort.size()));
  }
  blocks_.push_back(std::move(block));
  events_.push_back(std::move(events));
}

stats::CellCounts RateStreams::Cells(std::size_t family, std::span<const float> events) const {
  const CellBlock& block = blocks_[family];
  return {block.first, block.cohort, block.trials, events};
}

std::optional<std::size_t> RateStreams::BaseEntry(std::uint32_t base_cell,
                                                  std::uint16_t cohort) const {
  const CellBlock& base = blocks_.front();
  const auto begin = base.cohort.begin() + base.first[base_cell];
  const auto end = base.cohort.begin() + base.first[base_cell + 1];
  const auto found = std::lower_bound(begin, end, cohort);
  if (found == end || *found != cohort) return std::nullopt;
  return static_cast<std::size_t>(found - base.cohort.begin());
}

std::vector<double> RateStreams::Trials(std::size_t stream) const {
  std::vector<double> trials;
  for (const std::size_t day : days_) trials.push_back(index_.Trials(stage_, stream, day));
  return trials;
}

std::vector<double> RateStreams::Events(std::size_t stream, const FamilyEvents& events) const {
  const Grouping& grouping = index_.GroupingOf(stream);
  const FlatFamily& flat = index_.families()[grouping.family];
  const CellBlock& block = blocks_[grouping.family];
  std::vector<double> sums(cohorts());
  for (std::size_t cell = 0; cell < flat.cells(); ++cell) {
    if (grouping.first_stream + grouping.LocalStream(flat, cell) != stream) continue;
    for (std::uint32_t at = block.first[cell]; at < block.first[cell + 1]; ++at) {
      sums[block.cohort[at]] += static_cast<double>(events[grouping.family][at]);
    }
  }
  return sums;
}

std::vector<double> RateStreams::Shares(std::size_t stream) const {
  const double rho = rho_[index_.GroupingOf(stream).level()];
  std::vector<double> shares = Trials(stream);
  for (double& share : shares) share = stats::EffectiveShare(share, rho);
  return shares;
}

std::vector<Reading> RateStreams::Read(const FamilyEvents& events, const std::vector<bool>& wanted,
                                       double min_evidence_days) const {
  std::vector<Reading> readings;
  for (const Grouping& grouping : index_.groupings()) {
    ReadGrouping(grouping, events, wanted, min_evidence_days, readings);
  }
  return readings;
}

void RateStreams::ReadGrouping(const Grouping& grouping, const FamilyEvents& events,
                               const std::vector<bool>& wanted, double min_evidence_days,
                               std::vector<Reading>& readings) const {
  const std::size_t streams = grouping.streams;
  const std::size_t cohort_count = cohorts();
  std::vector<bool> reads(streams);
  bool any = false;
  for (std::size_t local = 0; local < streams; ++local) {
    const std::size_t stream = grouping.first_stream + local;
    reads[local] = weights_[stream] > 0 && (wanted.empty() || wanted[stream]);
    any = any || reads[local];
  }
  if (!any) return;

  const FlatFamily& flat = index_.families()[grouping.family];
  const CellBlock& block = blocks_[grouping.family];
  const std::vector<float>& family_events = events[grouping.family];
  // Effective daily counts of the streams.
  std::vector<double> share(streams * cohort_count);
  std::vector<double> trials(streams * cohort_count);
  std::vector<double> event_sums(streams * cohort_count);
  const double rho = rho_[grouping.level()];
  for (std::size_t local = 0; local < streams; ++local) {
    if (!reads[local]) continue;
    for (std::size_t cohort = 0; cohort < cohort_count; ++cohort) {
      const double raw = index_.Trials(stage_, grouping.first_stream + local, days_[cohort]);
      const std::size_t at = local * cohort_count + cohort;
      share[at] = stats::EffectiveShare(raw, rho);
      trials[at] = share[at] * raw;
    }
  }
  // The cells of each stream, and how many trials they hold.
  std::vector<std::int32_t> stream_of_cell(flat.cells(), -1);
  std::vector<double> cell_trials(flat.cells());
  std::vector<double> cell_events(flat.cells());
  std::vector<double> raw_trials(streams);
  std::vector<double> cells_with_trials(streams);
  for (std::size_t cell = 0; cell < flat.cells(); ++cell) {
    if (block.first[cell] == block.first[cell + 1]) continue;
    const std::size_t local = grouping.LocalStream(flat, cell);
    if (!reads[local]) continue;
    stream_of_cell[cell] = static_cast<std::int32_t>(local);
    cells_with_trials[local] += 1;
    const std::size_t row = local * cohort_count;
    for (std::uint32_t at = block.first[cell]; at < block.first[cell + 1]; ++at) {
      const std::size_t column = row + block.cohort[at];
      const double effective = share[column] * static_cast<double>(family_events[at]);
      raw_trials[local] += static_cast<double>(block.trials[at]);
      cell_trials[cell] += share[column] * static_cast<double>(block.trials[at]);
      cell_events[cell] += effective;
      event_sums[column] += effective;
    }
  }
  std::vector<double> rate(streams);
  std::vector<double> all_trials(streams);
  for (std::size_t local = 0; local < streams; ++local) {
    double all_events = 0;
    for (std::size_t at = local * cohort_count; at < (local + 1) * cohort_count; ++at) {
      all_trials[local] += trials[at];
      all_events += event_sums[at];
    }
    if (all_trials[local] > 0) rate[local] = all_events / all_trials[local];
  }
  StrataPlan plan{stream_of_cell, stream_of_cell};
  for (std::size_t cell = 0; cell < flat.cells(); ++cell) {
    if (stream_of_cell[cell] < 0) continue;
    const auto local = static_cast<std::size_t>(stream_of_cell[cell]);
    const bool sparse = raw_trials[local] < kMinCellTrials * cells_with_trials[local];
    (sparse ? plan.by_strata : plan.by_main_effects)[cell] = -1;
    plan.any_main_effects = plan.any_main_effects || sparse;
  }

  const stats::CellCounts cells = Cells(grouping.family, family_events);
  stats::ScoreIncrements increments(streams, cohort_count);
  stats::AddStratifiedScores(cells, {plan.by_strata, streams, cohort_count, share, rate},
                             increments);
  std::vector<double> expected;
  if (plan.any_main_effects) {
    expected.assign(streams * cohort_count, 0);
    const std::vector<double> reference = stats::MainEffectRates(
        {flat.values, flat.sizes}, cell_trials, cell_events, plan.by_main_effects, streams);
    for (std::size_t cell = 0; cell < flat.cells(); ++cell) {
      if (plan.by_main_effects[cell] < 0) continue;
      const std::size_t row = static_cast<std::size_t>(plan.by_main_effects[cell]) * cohort_count;
      for (std::uint32_t at = block.first[cell]; at < block.first[cell + 1]; ++at) {
        const std::size_t column = row + block.cohort[at];
        expected[column] += share[column] * static_cast<double>(block.trials[at]) * reference[cell];
      }
    }
  }
  for (std::size_t local = 0; local < streams; ++local) {
    if (!reads[local] || all_trials[local] <= 0) continue;
    const std::span own_trials(&trials[local * cohort_count], cohort_count);
    const bool sparse = raw_trials[local] < kMinCellTrials * cells_with_trials[local];
    const stats::StartStatistics statistics =
        sparse ? stats::OneStratum(own_trials,
                                   std::span(&event_sums[local * cohort_count], cohort_count),
                                   std::span(&expected[local * cohort_count], cohort_count))
               : stats::SumFromStarts(increments, local, own_trials, rate[local]);
    if (const auto reading = Judge(grouping.first_stream + local, statistics, min_evidence_days)) {
      readings.push_back(*reading);
    }
  }
}

std::optional<Reading> RateStreams::Judge(std::size_t stream,
                                          const stats::StartStatistics& statistics,
                                          double min_evidence_days) const {
  const stats::DetectorOptions options;
  const double needed = std::log(min_evidence_days / weights_[stream]);
  // Most streams are quiet, and a bound without exponentials says so.
  if (stats::LargestSquaredDeviate(statistics, options) / 2 +
          std::log(static_cast<double>(cohorts())) <
      needed) {
    return std::nullopt;
  }
  const std::vector<double> logs = stats::LogStartEvidences(statistics, options);
  const double log_evidence = stats::LogSum(logs);
  if (log_evidence < needed) return std::nullopt;
  Reading reading;
  reading.stream = stream;
  reading.evidence_days = std::exp(std::min(log_evidence + std::log(weights_[stream]), 690.0));
  reading.start = *stats::EstimateStart(logs);
  reading.direction = statistics.score[reading.start.start] < 0 ? Move::kFall : Move::kRise;
  return reading;
}

std::optional<Reading> RateStreams::ReadTotalUnadjusted(const FamilyEvents& events) const {
  if (weights_.empty() || weights_[0] <= 0) return std::nullopt;
  std::vector<double> trials = Trials(0);
  std::vector<double> counted = Events(0, events);
  const std::vector<double> shares = Shares(0);
  for (std::size_t cohort = 0; cohort < cohorts(); ++cohort) {
    trials[cohort] *= shares[cohort];
    counted[cohort] *= shares[cohort];
  }
  return Judge(0, stats::OneStratum(trials, counted, {}), 1e-3);
}

std::vector<double> RateStreams::ReferenceRates(std::size_t family, const FamilyEvents& events,
                                                std::size_t start) const {
  const FlatFamily& flat = index_.families()[family];
  const CellBlock& block = blocks_[family];
  std::vector<double> trials(flat.cells());
  std::vector<double> counted(flat.cells());
  for (std::size_t cell = 0; cell < flat.cells(); ++cell) {
    for (std::uint32_t at = block.first[cell]; at < block.first[cell + 1]; ++at) {
      if (block.cohort[at] >= start) break;
      trials[cell] += static_cast<double>(block.trials[at]);
      counted[cell] += static_cast<double>(events[family][at]);
    }
  }
  const std::vector<std::int32_t> all(flat.cells(), 0);
  std::vector<double> rates =
      stats::MainEffectRates({flat.values, flat.sizes}, trials, counted, all, 1);
  for (std::size_t cell = 0; cell < flat.cells(); ++cell) {
    rates[cell] = (counted[cell] + kShrinkTrials * rates[cell]) / (trials[cell] + kShrinkTrials);
  }
  return rates;
}

}  // namespace ripen::monitor
