#include "monitor/cross_counts.h"

#include <algorithm>

#include "stats/raking.h"

namespace ripen::monitor {
namespace {

constexpr double kShrinkage = 20;  // trials with the main-effects rate
constexpr int kThreads = 2;

// The share of a row's trials that can be judged by now.
class ShareKnown {
 public:
  ShareKnown(const CubeIndex& index, const StageArrivals* arrivals, const cube::Cross& cross)
      : first_day_(index.snapshot().first_day), arrivals_(arrivals) {
    if (arrivals_ == nullptr || !arrivals_->own) return;
    const std::size_t attribute = index.families().front().attributes[arrivals_->own->column];
    own_values_ = &cross.columns[attribute];
  }

  double Of(std::int32_t cell, Day base_day) const {
    if (arrivals_ == nullptr || !arrivals_->curve) return 1;
    if (base_day < first_day_) return 0;
    const auto day = static_cast<std::size_t>(base_day - first_day_);
    if (day >= arrivals_->days()) return 0;
    if (own_values_ == nullptr) return arrivals_->share_known[day];
    return arrivals_->own->share_known[(*own_values_)[static_cast<std::size_t>(cell)]][day];
  }

 private:
  Day first_day_;
  const StageArrivals* arrivals_;
  const std::vector<std::uint16_t>* own_values_ = nullptr;
};

std::vector<bool> UsableDays(const RateStreams& streams) {
  std::vector<bool> usable(streams.index().days());
  for (std::size_t cohort = 0; cohort < streams.cohorts(); ++cohort) {
    usable[static_cast<std::size_t>(streams.DayOf(cohort) - streams.index().snapshot().first_day)] =
        true;
  }
  return usable;
}

// A cause with the cells it is about.
struct CauseCells {
  const OtherCause& cause;
  std::vector<bool> inside;
  std::vector<double> lost_share;  // by cell: trials since the start of both x (1 - ratio)
};

}  // namespace

std::vector<bool> CellsIn(const cube::Snapshot& snapshot, const cube::Cross& cross,
                          const Slice& slice) {
  std::vector<bool> inside(cross.cells, true);
  for (const Segment& segment : slice.segments) {
    const auto attribute =
        std::find_if(snapshot.attributes.begin(), snapshot.attributes.end(),
                     [&](const cube::Attribute& each) { return each.name == segment.attribute; });
    if (attribute == snapshot.attributes.end()) return std::vector<bool>(cross.cells);
    const auto place = static_cast<std::size_t>(
        std::find(attribute->values.begin(), attribute->values.end(), segment.value) -
        attribute->values.begin());
    const auto& column =
        cross.columns[static_cast<std::size_t>(attribute - snapshot.attributes.begin())];
    for (std::size_t cell = 0; cell < cross.cells; ++cell) {
      if (column[cell] != place) inside[cell] = false;
    }
  }
  return inside;
}

CrossCounts CountCross(const RateStreams& streams, const StageArrivals* arrivals,
                       const cube::Cross& cross, Day start, std::span<const OtherCause> others) {
  const cube::Snapshot& snapshot = streams.index().snapshot();
  const ShareKnown share_known(streams.index(), arrivals, cross);
  const std::vector<bool> usable = UsableDays(streams);
  CrossCounts counts;
  for (auto* each : {&counts.trials_before, &counts.events_before, &counts.trials_since,
                     &counts.events_since, &counts.expected, &counts.shown}) {
    each->assign(cross.cells, 0);
  }
  std::vector<CauseCells> causes;
  for (const OtherCause& cause : others) {
    causes.push_back(
        {cause, CellsIn(snapshot, cross, cause.slice), std::vector<double>(cross.cells)});
  }
  const auto visit = [&](const std::vector<cube::CrossRow>& rows, const auto& add) {
    for (const cube::CrossRow& row : rows) {
      if (row.shown < snapshot.first_day || row.shown > snapshot.last_day) continue;
      if (usable[static_cast<std::size_t>(row.shown - snapshot.first_day)]) add(row);
    }
  };
  // Days of another cause are no reference for what it changed.
  const auto is_reference = [&](const cube::CrossRow& row) {
    return std::none_of(causes.begin(), causes.end(), [&](const CauseCells& each) {
      return each.inside[static_cast<std::size_t>(row.cell)] && row.shown >= each.cause.start;
    });
  };
  const auto base_stage = snapshot.ladder.BaseOf(streams.stage());
  visit(base_stage ? cross.stages[*base_stage] : cross.shown, [&](const cube::CrossRow& row) {
    const auto cell = static_cast<std::size_t>(row.cell);
    const Day base_day = base_stage ? row.shown + row.base_offset + row.delay : row.shown;
    const double trials = row.count * share_known.Of(row.cell, base_day);
    if (row.shown < start) {
      if (is_reference(row)) counts.trials_before[cell] += trials;
      return;
    }
    counts.trials_since[cell] += trials;
    for (CauseCells& each : causes) {
      if (each.inside[cell] && row.shown >= each.cause.start) {
        each.lost_share[cell] += trials * (1 - each.cause.ratio);
      }
    }
  });
  visit(cross.stages[streams.stage()], [&](const cube::CrossRow& row) {
    const auto cell = static_cast<std::size_t>(row.cell);
    if (row.shown >= start) {
      counts.events_since[cell] += row.count;
    } else if (is_reference(row)) {
      counts.events_before[cell] += row.count;
    }
  });
  for (const cube::CrossRow& row : cross.shown) {
    counts.shown[static_cast<std::size_t>(row.cell)] += row.count;
  }

  stats::RakingCells raking;
  for (std::size_t attribute = 0; attribute < cross.columns.size(); ++attribute) {
    raking.columns.emplace_back(cross.columns[attribute]);
    raking.sizes.push_back(snapshot.attributes[attribute].values.size());
  }
  raking.trials = counts.trials_before;
  raking.events = counts.events_before;
  double all_before = 0;
  for (const double trials : counts.trials_before) all_before += trials;
  if (all_before <= 0) return counts;
  const std::vector<double> main = stats::RakedRates(raking, kThreads);
  for (std::size_t cell = 0; cell < cross.cells; ++cell) {
    const double rate = (std::max(counts.events_before[cell], 0.0) + kShrinkage * main[cell]) /
                        (counts.trials_before[cell] + kShrinkage);
    counts.expected[cell] = counts.trials_since[cell] * rate;
    for (const CauseCells& each : causes) {
      counts.events_since[cell] += each.lost_share[cell] * rate;
    }
    counts.events_since[cell] = std::max(counts.events_since[cell], 0.0);
  }
  return counts;
}

}  // namespace ripen::monitor
