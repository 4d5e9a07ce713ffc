#include "monitor/rate_streams.h"

#include <algorithm>
#include <cmath>
#include <tuple>
#include <utility>

#include "monitor/grouping_reader.h"
#include "stats/main_effects.h"
#include "stats/overdispersion.h"

namespace ripen::monitor {
namespace {

constexpr double kShrinkTrials = 20;

// rho of every level from the weighted streams; `counts` gives trials and events of a cohort.
template <typename Counts>
LevelOverdispersion PoolByLevel(const CubeIndex& index, std::span<const double> weights,
                                std::size_t cohorts, const Counts& counts) {
  std::array<stats::Overdispersion, 3> pools;
  std::vector<double> trials(cohorts);
  std::vector<double> events(cohorts);
  for (const Grouping& grouping : index.groupings()) {
    for (std::size_t local = 0; local < grouping.streams; ++local) {
      const std::size_t stream = grouping.first_stream + local;
      if (weights[stream] <= 0) continue;
      for (std::size_t cohort = 0; cohort < cohorts; ++cohort) {
        std::tie(trials[cohort], events[cohort]) = counts(stream, cohort);
      }
      pools[grouping.level()].AddStream(trials, events);
    }
  }
  return {pools[0].Estimate(), pools[1].Estimate(), pools[2].Estimate()};
}

}  // namespace

LevelOverdispersion LearnOverdispersion(const CubeIndex& index, std::size_t stage,
                                        std::span<const std::size_t> days,
                                        std::span<const double> weights) {
  return PoolByLevel(index, weights, days.size(), [&](std::size_t stream, std::size_t cohort) {
    return std::pair(index.Trials(stage, stream, days[cohort]),
                     index.Events(stage, stream, days[cohort]));
  });
}

RateStreams::RateStreams(const CubeIndex& index, std::size_t stage, const Exposures& exposures,
                         std::vector<std::size_t> days, std::vector<double> weights,
                         std::span<const AcceptedChange> accepted)
    : index_(index),
      stage_(stage),
      days_(std::move(days)),
      weights_(std::move(weights)),
      trials_(index.streams() * days_.size()),
      counted_(index.streams() * days_.size()),
      cells_with_trials_(index.streams()) {
  for (std::size_t stream = 0; stream < index.streams(); ++stream) {
    for (std::size_t cohort = 0; cohort < days_.size(); ++cohort) {
      trials_[stream * days_.size() + cohort] = exposures.At(stream, days_[cohort]);
      counted_[stream * days_.size() + cohort] = index.Events(stage, stream, days_[cohort]);
    }
  }
  const KeptShares kept = KeepSince(index, stage, exposures, accepted);
  for (std::size_t family = 0; family < index.families().size(); ++family) {
    CopyCells(family, exposures, kept);
    CountCells(family);
    if (!kept.trials.empty()) SumCells(family);
  }
  LearnDays(exposures);
}

void RateStreams::SumCells(std::size_t family) {
  const FlatFamily& flat = index_.families()[family];
  const CellBlock& block = blocks_[family];
  for (const Grouping& grouping : index_.groupings()) {
    if (grouping.family != family) continue;
    const std::size_t begin = grouping.first_stream * cohorts();
    const std::size_t end = begin + grouping.streams * cohorts();
    std::fill(trials_.begin() + static_cast<std::ptrdiff_t>(begin),
              trials_.begin() + static_cast<std::ptrdiff_t>(end), 0);
    std::fill(counted_.begin() + static_cast<std::ptrdiff_t>(begin),
              counted_.begin() + static_cast<std::ptrdiff_t>(end), 0);
    for (std::size_t cell = 0; cell < flat.cells(); ++cell) {
      const std::size_t row =
          (grouping.first_stream + grouping.LocalStream(flat, cell)) * cohorts();
      for (std::uint32_t at = block.first[cell]; at < block.first[cell + 1]; ++at) {
        trials_[row + block.cohort[at]] += static_cast<double>(block.trials[at]);
        counted_[row + block.cohort[at]] += static_cast<double>(events_[family][at]);
      }
    }
  }
}

void RateStreams::LearnDays(const Exposures& exposures) {
  double all_trials = 0;
  double all_events = 0;
  for (std::size_t cohort = 0; cohort < cohorts(); ++cohort) {
    all_trials += trials_[cohort];
    all_events += counted_[cohort];
  }
  const double rate = all_trials > 0 ? std::clamp(all_events / all_trials, 0.0, .999) : 0;
  for (std::size_t cohort = 0; cohort < cohorts(); ++cohort) {
    const double share = exposures.ShareOfDay(days_[cohort]);
    narrow_.push_back((1 - rate) / (1 - share * rate));
    most_.push_back(exposures.MostOfDay(days_[cohort]));
    if (exposures.IsSettled(days_[cohort]) && settled_cohorts_ == cohort) ++settled_cohorts_;
  }
  rho_ = PoolByLevel(index_, weights_, cohorts(), [&](std::size_t stream, std::size_t cohort) {
    return std::pair(narrow_[cohort] * Trials(stream)[cohort],
                     narrow_[cohort] * CountedEvents(stream)[cohort]);
  });
}

void RateStreams::CopyCells(std::size_t family, const Exposures& exposures,
                            const KeptShares& kept) {
  const FlatFamily& flat = index_.families()[family];
  std::vector<int> cohort_of(index_.days(), -1);
  for (std::size_t cohort = 0; cohort < days_.size(); ++cohort) {
    cohort_of[days_[cohort]] = static_cast<int>(cohort);
  }
  const std::size_t columns = 1 + index_.stages();
  CellBlock block;
  std::vector<float> events;
  block.first.reserve(flat.cells() + 1);
  block.cohort.reserve(flat.day.size());
  block.trials.reserve(flat.day.size());
  events.reserve(flat.day.size());
  block.first.push_back(0);
  for (std::size_t cell = 0; cell < flat.cells(); ++cell) {
    for (std::uint32_t at = flat.first[cell]; at < flat.first[cell + 1]; ++at) {
      const int cohort = cohort_of[flat.day[at]];
      auto trials = static_cast<float>(exposures.OfEntry(family, at));
      auto counted = flat.counts[at * columns + 1 + stage_];
      if (!kept.trials.empty()) {
        trials *= kept.trials[family][at];
        counted *= kept.events[family][at];
      }
      if (cohort < 0 || trials <= 0) continue;
      block.cohort.push_back(static_cast<std::uint16_t>(cohort));
      block.trials.push_back(trials);
      events.push_back(counted);
    }
    block.first.push_back(static_cast<std::uint32_t>(block.cohort.size()));
  }
  blocks_.push_back(std::move(block));
  events_.push_back(std::move(events));
}

void RateStreams::CountCells(std::size_t family) {
  const FlatFamily& flat = index_.families()[family];
  const CellBlock& block = blocks_[family];
  for (std::size_t cell = 0; cell < flat.cells(); ++cell) {
    if (block.first[cell] == block.first[cell + 1]) continue;
    for (const Grouping& grouping : index_.groupings()) {
      if (grouping.family != family) continue;
      cells_with_trials_[grouping.first_stream + grouping.LocalStream(flat, cell)] += 1;
    }
  }
}

double RateStreams::MeanCellTrials(std::size_t stream) const {
  double sum = 0;
  for (const double trials : Trials(stream)) sum += trials;
  return sum / std::max(1.0, cells_with_trials_[stream]);
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

std::vector<double> RateStreams::SumEvents(std::size_t stream, const FamilyEvents& events) const {
  const std::span<const double> counted = CountedEvents(stream);
  if (&events == &events_) return {counted.begin(), counted.end()};
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

double RateStreams::Narrowing(std::size_t stream, std::size_t cohort) const {
  const double exposure = narrow_[cohort] * Trials(stream)[cohort];
  const double trusted = std::min(exposure, most_[cohort]);
  return exposure > 0 ? narrow_[cohort] * (trusted / exposure) : narrow_[cohort];
}

double RateStreams::Share(std::size_t stream, std::size_t cohort) const {
  const double narrowing = Narrowing(stream, cohort);
  const double exposure = Trials(stream)[cohort];
  if (exposure <= 0) return narrowing;
  return narrowing *
         stats::EffectiveShare(narrowing * exposure, rho_[index_.GroupingOf(stream).level()]);
}

std::vector<double> RateStreams::Shares(std::size_t stream) const {
  std::vector<double> shares(cohorts());
  for (std::size_t cohort = 0; cohort < cohorts(); ++cohort) {
    shares[cohort] = Share(stream, cohort);
  }
  return shares;
}

std::vector<Reading> RateStreams::Read(const FamilyEvents& events, const std::vector<bool>& wanted,
                                       double min_evidence_days) const {
  std::vector<Reading> readings;
  for (const Grouping& grouping : index_.groupings()) {
    ReadGrouping(*this, grouping, events, wanted, min_evidence_days, readings);
  }
  return readings;
}

std::optional<Reading> RateStreams::ReadTotalUnadjusted(const FamilyEvents& events) const {
  if (weights_.empty() || weights_[0] <= 0) return std::nullopt;
  std::vector<double> trials(Trials(0).begin(), Trials(0).end());
  std::vector<double> counted = SumEvents(0, events);
  const std::vector<double> shares = Shares(0);
  for (std::size_t cohort = 0; cohort < cohorts(); ++cohort) {
    trials[cohort] *= shares[cohort];
    counted[cohort] *= shares[cohort];
  }
  constexpr double kAnyEvidence = 1e-3;
  return ReadStream(*this, 0, stats::OneStratum(trials, counted, {}), kAnyEvidence);
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
  std::vector<std::int32_t> stream_of(flat.cells(), 0);
  std::size_t apart = 1;
  if (shrink_inside_further_ && family > 0) {
    apart = flat.sizes.back();
    for (std::size_t cell = 0; cell < flat.cells(); ++cell) {
      stream_of[cell] = flat.values[(cell + 1) * flat.columns() - 1];
    }
  }
  std::vector<double> rates =
      stats::MainEffectRates({flat.values, flat.sizes}, trials, counted, stream_of, apart);
  for (std::size_t cell = 0; cell < flat.cells(); ++cell) {
    rates[cell] = (counted[cell] + kShrinkTrials * rates[cell]) / (trials[cell] + kShrinkTrials);
  }
  return rates;
}

}  // namespace ripen::monitor
