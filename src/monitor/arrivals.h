// How the outcomes of a stage arrive: its triangle of base day and delay, the curve learned from
// it, days on which nothing came, and whether the delay itself has changed.
//
// A base day is the day shown, or for a stage of a stage the day its base event became known.
#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "model/config.h"
#include "monitor/cube_index.h"
#include "monitor/own_curves.h"
#include "stats/completion_curve.h"
#include "stats/start_posterior.h"

namespace ripen::monitor {

// Evidence that outcomes arrive later or earlier than they used to.
struct DelayReading {
  double evidence_days = 0;    // M x weight; at most 1e299
  stats::StartEstimate start;  // base days, counted from the first day
  bool later = true;
  std::optional<double> median_before;  // days; absent where half the events are not in
  std::optional<double> median_after;
};

struct StageArrivals {
  // By base day and delay, over all customers.
  stats::ArrivalTriangle triangle{0, 0};
  std::vector<double> trials;  // by base day
  std::vector<double> events;  // by base day
  std::vector<double> by_day;  // by arrival day, gross of retractions
  int first_weekday = 0;       // 0 = Monday
  // From cohorts without gaps that precede an open change of delay. Absent: nothing to learn from.
  std::optional<stats::CompletionCurve> curve;
  // From the cohorts since an open change of delay, once they are old enough for a whole curve.
  std::optional<stats::CompletionCurve> curve_since;
  std::vector<bool> silent;      // arrival days without any outcome although many were due
  std::vector<double> expected;  // by arrival day: outcomes that were due
  std::vector<bool> gapped;      // base days that lost a twentieth of their outcomes to silent days
  std::optional<DelayReading> delay;  // while its evidence reaches `watch`
  // By base day: the share of its eventual outcomes that is known; 1 without a curve.
  std::vector<double> share_known;
  // Where the values of an attribute come at clearly different speeds.
  std::optional<OwnCurves> own;

  std::size_t days() const { return trials.size(); }
  int AgeOf(std::size_t base_day) const {
    return static_cast<int>(days()) - 1 - static_cast<int>(base_day);
  }
  int WeekdayOf(std::size_t base_day) const {
    return static_cast<int>((static_cast<std::size_t>(first_weekday) + base_day) %
                            stats::kWeekdays);
  }
  // The share of a cell's outcomes of a base day that is known; `cell` of any family.
  double ShareOf(const FlatFamily& family, std::size_t cell, std::size_t base_day) const {
    if (!own) return share_known[base_day];
    return own->share_known[family.values[cell * family.columns() + own->column]][base_day];
  }
  // The curve of a slice: its value's own, where it has one. Requires: curve.
  const stats::CompletionCurve& CurveOfStream(const CubeIndex& index, std::size_t stream) const;
  // The curve that completes this base day. Requires: curve.
  const stats::CompletionCurve& CurveOf(std::size_t base_day) const {
    return curve_since && base_day >= delay->start.start ? *curve_since : *curve;
  }
  // Whether what this base day shows can be completed: no gap, and not since an open change of
  // delay whose new curve is not known yet.
  bool Trusted(std::size_t base_day) const;
};

// Where a stage has outcome times. `alerts.watch_days`: evidence from which a change of delay is
// open. Days run from the snapshot's first day to its as-of day. Cost: the base family's rows.
StageArrivals ReadArrivals(const CubeIndex& index, std::size_t stage, const AlertsConfig& alerts);

// The same for every stage; absent where the stage is not given or has no outcome times.
std::vector<std::optional<StageArrivals>> ReadAllArrivals(const CubeIndex& index,
                                                          const AlertsConfig& alerts);

// The base day of every row of a stage, counted from the first day; absent where the row lies
// outside the span.
std::optional<std::size_t> BaseDayOf(const CubeIndex& index, const cube::CountRow& row);

// Days shown over a twentieth of whose trials lie on the given base days; for stages of shown these
// are the same.
std::vector<bool> DaysShownOf(const CubeIndex& index, std::size_t stage,
                              const std::vector<bool>& base_days);

// The triangle and trials of one slice, by base day as in `arrivals`.
struct SliceArrivals {
  stats::ArrivalTriangle triangle;
  std::vector<double> trials;
};
SliceArrivals ReadSliceArrivals(const CubeIndex& index, std::size_t stage, std::size_t stream,
                                const StageArrivals& arrivals);

}  // namespace ripen::monitor
