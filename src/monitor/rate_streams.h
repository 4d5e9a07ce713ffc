// The evidence of every watched slice of one stage: the cube's cells on the days a detector may
// rest on, read by the stratified Shiryaev-Roberts e-detector.
//
// Trials are exposures: n G(age) on days that are not settled (exposures.h). Their events are
// Binomial(n, p G), less scattered than exposures of that size would be with rate p, so that both
// are multiplied by (1 - p) / (1 - f p), f = exposure / trials, before days are thinned.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "model/finding.h"
#include "model/incident.h"
#include "monitor/accepted.h"
#include "monitor/cube_index.h"
#include "monitor/exposures.h"
#include "stats/start_posterior.h"
#include "stats/strata.h"

namespace ripen::monitor {

// Events of every family's entries, as counted or with causes undone. Aligned to the cells of one
// RateStreams.
using FamilyEvents = std::vector<std::vector<float>>;

// What a stream shows on one look.
struct Reading {
  std::size_t stream = 0;
  double evidence_days = 0;    // M x weight; at most 1e299
  stats::StartEstimate start;  // cohorts
  Move direction = Move::kFall;
};

// Day-to-day overdispersion by level: total, values, pairs.
using LevelOverdispersion = std::array<double, 3>;

// Learns rho of every level from the weighted streams on these days (indices into the index).
LevelOverdispersion LearnOverdispersion(const CubeIndex& index, std::size_t stage,
                                        std::span<const std::size_t> days,
                                        std::span<const double> weights);

class RateStreams {
 public:
  // `days`: the cohort days, in order, as indices into the index's days. `weights`: by stream.
  // `accepted`: the changes of this stage that detectors start anew from (accepted.h). Keeps a
  // reference to the index, which must outlive it.
  RateStreams(const CubeIndex& index, std::size_t stage, const Exposures& exposures,
              std::vector<std::size_t> days, std::vector<double> weights,
              std::span<const AcceptedChange> accepted = {});

  const CubeIndex& index() const { return index_; }
  std::size_t stage() const { return stage_; }
  std::size_t cohorts() const { return days_.size(); }
  Day DayOf(std::size_t cohort) const { return index_.DayAt(days_[cohort]); }
  double weight(std::size_t stream) const { return weights_[stream]; }
  double rho(std::size_t level) const { return rho_[level]; }

  // Daily exposures and events of a stream as they are, by cohort.
  std::span<const double> Trials(std::size_t stream) const { return Row(trials_, stream); }
  std::span<const double> CountedEvents(std::size_t stream) const { return Row(counted_, stream); }
  // Trials of a cohort, whether their outcome is due or not.
  double CountedTrials(std::size_t stream, std::size_t cohort) const {
    return index_.Trials(stage_, stream, days_[cohort]);
  }
  // The cohorts before this one are settled: their answers are all in.
  std::size_t settled_cohorts() const { return settled_cohorts_; }
  // Trials over all cohorts for each cell that has any.
  double MeanCellTrials(std::size_t stream) const;
  // c_d of a stream: what its exposures and events of a cohort are multiplied by.
  double Share(std::size_t stream, std::size_t cohort) const;
  // The part of it that has nothing to do with how much days differ: what is left out of an
  // exposure because its share is known no better, and that of arrived events' smaller scatter.
  double Narrowing(std::size_t stream, std::size_t cohort) const;
  std::vector<double> Shares(std::size_t stream) const;

  // The events as counted, and the cells of a family with such events.
  const FamilyEvents& events() const { return events_; }
  stats::CellCounts Cells(std::size_t family, std::span<const float> events) const;
  // The entry of the base family for a base cell and cohort.
  std::optional<std::size_t> BaseEntry(std::uint32_t base_cell, std::uint16_t cohort) const;
  // Daily events of a stream, summed from the given cells.
  std::vector<double> SumEvents(std::size_t stream, const FamilyEvents& events) const;

  // Reads the streams of `wanted` (empty: all watched ones) and returns those with at least
  // `min_evidence_days`, by stream. Cost: the entries of the families times their groupings.
  std::vector<Reading> Read(const FamilyEvents& events, const std::vector<bool>& wanted,
                            double min_evidence_days) const;
  // The total without strata: what a change of mix also moves.
  std::optional<Reading> ReadTotalUnadjusted(const FamilyEvents& events) const;

  // r_c of every cell of a family, from the cohorts before `start`: the cell's own rate shrunk by
  // 20 trials towards the main effects of the attributes; after ShrinkInsideFurther, inside
  // the further value.
  std::vector<double> ReferenceRates(std::size_t family, const FamilyEvents& events,
                                     std::size_t start) const;
  // The last column of further families holds values whose rates have nothing to do with each
  // other.
  void ShrinkInsideFurther() { shrink_inside_further_ = true; }

 private:
  struct CellBlock {
    std::vector<std::uint32_t> first;
    std::vector<std::uint16_t> cohort;
    std::vector<float> trials;
  };
  void CopyCells(std::size_t family, const Exposures& exposures, const KeptShares& kept);
  // The streams' daily sums, where cells were left out.
  void SumCells(std::size_t family);
  void LearnDays(const Exposures& exposures);
  void CountCells(std::size_t family);
  std::span<const double> Row(const std::vector<double>& table, std::size_t stream) const {
    return std::span(table).subspan(stream * cohorts(), cohorts());
  }

  const CubeIndex& index_;
  std::size_t stage_;
  std::vector<std::size_t> days_;
  std::vector<double> weights_;
  std::size_t settled_cohorts_ = 0;
  bool shrink_inside_further_ = false;
  std::vector<double> narrow_;  // by cohort: (1 - p) / (1 - f p)
  std::vector<double> most_;    // by cohort: the most that an exposure counts
  LevelOverdispersion rho_{};
  std::vector<double> trials_;             // streams x cohorts
  std::vector<double> counted_;            // streams x cohorts
  std::vector<double> cells_with_trials_;  // by stream
  std::vector<CellBlock> blocks_;
  FamilyEvents events_;
};

}  // namespace ripen::monitor
