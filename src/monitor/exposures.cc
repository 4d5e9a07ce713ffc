#include "monitor/exposures.h"

#include <algorithm>
#include <limits>

namespace ripen::monitor {
namespace {

// The exposures of a family's entries for a stage of a stage: its base events by their own days.
std::vector<float> OfBaseEvents(const CubeIndex& index, std::size_t family, std::size_t base_stage,
                                const StageArrivals& arrivals) {
  const FlatFamily& flat = index.families()[family];
  const std::vector<cube::CountRow>& rows = index.snapshot().families[family].stages[base_stage];
  std::vector<float> exposures(flat.day.size());
  std::size_t at = 0;
  for (std::size_t cell = 0; cell < flat.cells(); ++cell) {
    for (std::uint32_t entry = flat.first[cell]; entry < flat.first[cell + 1]; ++entry) {
      const Day shown = index.DayAt(flat.day[entry]);
      const auto id = static_cast<std::int32_t>(cell);
      while (at < rows.size() &&
             (rows[at].cell < id || (rows[at].cell == id && rows[at].shown < shown))) {
        ++at;
      }
      double exposure = 0;
      for (; at < rows.size() && rows[at].cell == id && rows[at].shown == shown; ++at) {
        const cube::CountRow& row = rows[at];
        const Day known = row.shown + row.base_offset + row.delay;
        if (known < index.snapshot().first_day) continue;
        const auto base_day = static_cast<std::size_t>(known - index.snapshot().first_day);
        if (base_day >= arrivals.days()) continue;
        exposure +=
            static_cast<double>(row.gained - row.lost) * arrivals.ShareOf(flat, cell, base_day);
      }
      exposures[entry] = static_cast<float>(std::max(exposure, 0.0));
    }
  }
  return exposures;
}

}  // namespace

Exposures::Exposures(const CubeIndex& index, std::size_t stage)
    : days_(index.days()),
      table_(index.streams() * index.days()),
      share_(index.days(), 1),
      most_(index.days(), std::numeric_limits<double>::infinity()),
      settled_(index.days(), true) {
  const std::size_t columns = 1 + index.stages();
  const std::size_t trials = index.TrialsColumn(stage);
  for (const FlatFamily& flat : index.families()) {
    std::vector<float> entries(flat.day.size());
    for (std::size_t entry = 0; entry < entries.size(); ++entry) {
      entries[entry] = flat.counts[entry * columns + trials];
    }
    entries_.push_back(std::move(entries));
  }
}

void Exposures::Tabulate(const CubeIndex& index, std::size_t stage) {
  for (const Grouping& grouping : index.groupings()) {
    const FlatFamily& flat = index.families()[grouping.family];
    for (std::size_t cell = 0; cell < flat.cells(); ++cell) {
      double* row =
          table_.data() + (grouping.first_stream + grouping.LocalStream(flat, cell)) * days_;
      for (std::uint32_t entry = flat.first[cell]; entry < flat.first[cell + 1]; ++entry) {
        row[flat.day[entry]] += OfEntry(grouping.family, entry);
      }
    }
  }
  for (std::size_t day = 0; day < days_; ++day) {
    const double trials = index.Trials(stage, 0, day);
    if (trials > 0) share_[day] = std::clamp(At(0, day) / trials, 0.0, 1.0);
  }
}

Exposures Exposures::Whole(const CubeIndex& index, std::size_t stage) {
  Exposures exposures(index, stage);
  // The index has summed the same entries.
  double* cell = exposures.table_.data();
  for (std::size_t stream = 0; stream < index.streams(); ++stream) {
    for (std::size_t day = 0; day < index.days(); ++day) {
      *cell++ = index.Trials(stage, stream, day);
    }
  }
  return exposures;
}

Exposures Exposures::Arrived(const CubeIndex& index, std::size_t stage,
                             const StageArrivals& arrivals) {
  Exposures exposures(index, stage);
  const auto base_stage = index.snapshot().ladder.BaseOf(stage);
  for (std::size_t family = 0; family < index.families().size(); ++family) {
    if (base_stage) {
      exposures.entries_[family] = OfBaseEvents(index, family, *base_stage, arrivals);
      continue;
    }
    const FlatFamily& flat = index.families()[family];
    for (std::size_t cell = 0; cell < flat.cells(); ++cell) {
      for (std::uint32_t entry = flat.first[cell]; entry < flat.first[cell + 1]; ++entry) {
        exposures.entries_[family][entry] *=
            static_cast<float>(arrivals.ShareOf(flat, cell, flat.day[entry]));
      }
    }
  }
  exposures.Tabulate(index, stage);
  const cube::Snapshot& snapshot = index.snapshot();
  for (std::size_t day = 0; day < exposures.days_; ++day) {
    exposures.settled_[day] =
        snapshot.as_of - index.DayAt(day) >= snapshot.ladder.SettlingDays(stage);
    // A stage of a stage mixes ages: the day takes the age at which the curve has its mean share.
    const stats::CompletionCurve& curve = arrivals.CurveOf(day);
    int age = arrivals.AgeOf(day);
    if (base_stage) {
      age = 0;
      while (age < curve.tail_age && curve.ShareKnown(age) < exposures.share_[day]) ++age;
    }
    const double variance = curve.RelativeVariance(age);
    if (variance > 0) exposures.most_[day] = 1 / variance;
  }
  return exposures;
}

}  // namespace ripen::monitor
