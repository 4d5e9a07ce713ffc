#include "monitor/accepted.h"

#include <algorithm>
#include <optional>

namespace ripen::monitor {
namespace {

struct Column {
  std::size_t place = 0;
  std::size_t value = 0;
};

// Where a family has the slice's attributes in its key; nullopt where it lacks one, or the value is
// not known.
std::optional<std::vector<Column>> ColumnsOf(const CubeIndex& index, const FlatFamily& flat,
                                             const Slice& slice) {
  std::vector<Column> columns;
  for (const Segment& segment : slice.segments) {
    const auto place =
        std::find_if(flat.attributes.begin(), flat.attributes.end(), [&](std::size_t attribute) {
          return index.snapshot().attributes[attribute].name == segment.attribute;
        });
    if (place == flat.attributes.end()) return std::nullopt;
    const std::vector<AttributeValue>& values = index.snapshot().attributes[*place].values;
    const auto value = std::find(values.begin(), values.end(), segment.value);
    if (value == values.end()) return std::nullopt;
    columns.push_back({static_cast<std::size_t>(place - flat.attributes.begin()),
                       static_cast<std::size_t>(value - values.begin())});
  }
  return columns;
}

template <typename Visit>
void ForEachEntryBefore(const CubeIndex& index, const FlatFamily& flat, Day from,
                        const Visit& visit) {
  for (std::size_t cell = 0; cell < flat.cells(); ++cell) {
    for (std::uint32_t at = flat.first[cell]; at < flat.first[cell + 1]; ++at) {
      if (index.DayAt(flat.day[at]) < from) visit(cell, at);
    }
  }
}

bool Inside(const FlatFamily& flat, std::size_t cell, const std::vector<Column>& columns) {
  return std::all_of(columns.begin(), columns.end(), [&](const Column& column) {
    return flat.values[cell * flat.columns() + column.place] == column.value;
  });
}

// The entry of a base cell and day.
std::optional<std::uint32_t> EntryOf(const FlatFamily& base, std::uint32_t cell,
                                     std::uint16_t day) {
  const auto begin = base.day.begin() + base.first[cell];
  const auto end = base.day.begin() + base.first[cell + 1];
  const auto found = std::lower_bound(begin, end, day);
  if (found == end || *found != day) return std::nullopt;
  return static_cast<std::uint32_t>(found - base.day.begin());
}

class Keeping {
 public:
  Keeping(const CubeIndex& index, std::size_t stage, const Exposures& exposures)
      : index_(index), stage_(stage), exposures_(exposures) {
    for (const FlatFamily& flat : index.families()) {
      kept_.trials.emplace_back(flat.day.size(), 1.0F);
      kept_.events.emplace_back(flat.day.size(), 1.0F);
    }
  }

  void LeaveOut(const AcceptedChange& change) {
    const auto& families = index_.families();
    bool all_know = true;
    std::optional<std::size_t> home;
    for (std::size_t family = 0; family < families.size(); ++family) {
      const auto columns = ColumnsOf(index_, families[family], change.slice);
      if (!columns) {
        all_know = false;
        continue;
      }
      if (family > 0 && !home) home = family;
      ForEachEntryBefore(index_, families[family], change.from,
                         [&](std::size_t cell, std::uint32_t at) {
                           if (!Inside(families[family], cell, *columns)) return;
                           kept_.trials[family][at] = 0;
                           kept_.events[family][at] = 0;
                         });
    }
    if (!all_know && home) SpreadFrom(*home, change);
  }

  KeptShares Take() { return std::move(kept_); }

 private:
  // theta: what came since the start over what the slice's own cells showed before it.
  double RatioOf(const FlatFamily& own, std::size_t home, const std::vector<Column>& columns,
                 Day from) const {
    double came = 0;
    double due = 0;
    for (std::size_t cell = 0; cell < own.cells(); ++cell) {
      if (!Inside(own, cell, columns)) continue;
      double trials_before = 0;
      double events_before = 0;
      double trials_since = 0;
      double events_since = 0;
      for (std::uint32_t at = own.first[cell]; at < own.first[cell + 1]; ++at) {
        const bool before = index_.DayAt(own.day[at]) < from;
        (before ? trials_before : trials_since) += exposures_.OfEntry(home, at);
        (before ? events_before : events_since) += EventsOf(own, at);
      }
      if (trials_before <= 0) continue;
      came += events_since;
      due += trials_since * events_before / trials_before;
    }
    return due > 0 ? came / due : 1;
  }

  double EventsOf(const FlatFamily& flat, std::size_t entry) const {
    return static_cast<double>(flat.counts[entry * (1 + index_.stages()) + 1 + stage_]);
  }

  // Families that cannot tell the slice: their past is given the slice's new level, so that before
  // and since hold the same groups.
  void SpreadFrom(std::size_t home, const AcceptedChange& change) {
    const FlatFamily& own = index_.families()[home];
    const FlatFamily& base = index_.families().front();
    const auto columns = *ColumnsOf(index_, own, change.slice);
    const double ratio = RatioOf(own, home, columns, change.from);
    std::vector<double> events(base.day.size());
    ForEachEntryBefore(index_, own, change.from, [&](std::size_t cell, std::uint32_t at) {
      if (!Inside(own, cell, columns)) return;
      const auto entry = EntryOf(base, own.base_cell[cell], own.day[at]);
      if (entry) events[*entry] += EventsOf(own, at);
    });
    std::vector<float> keep(base.day.size(), 1.0F);
    for (std::size_t entry = 0; entry < base.day.size(); ++entry) {
      const double all = EventsOf(base, entry);
      if (all > 0) keep[entry] = static_cast<float>(1 - (1 - ratio) * events[entry] / all);
    }
    for (std::size_t family = 0; family < index_.families().size(); ++family) {
      const FlatFamily& flat = index_.families()[family];
      if (ColumnsOf(index_, flat, change.slice)) continue;
      ForEachEntryBefore(index_, flat, change.from, [&](std::size_t cell, std::uint32_t at) {
        const auto base_cell =
            family == 0 ? static_cast<std::uint32_t>(cell) : flat.base_cell[cell];
        const auto entry = EntryOf(base, base_cell, flat.day[at]);
        if (entry) kept_.events[family][at] *= keep[*entry];
      });
    }
  }

  const CubeIndex& index_;
  std::size_t stage_;
  const Exposures& exposures_;
  KeptShares kept_;
};

}  // namespace

std::vector<AcceptedChange> AcceptedFor(std::span<const AcceptedChange> accepted,
                                        const StageLadder& ladder, std::size_t stage) {
  std::vector<AcceptedChange> own;
  for (const AcceptedChange& change : accepted) {
    if (change.kind != FindingKind::kRateShift) continue;
    for (std::size_t at = 0; at <= stage; ++at) {
      if (ladder[at].name != change.stage) continue;
      if (at == stage || (!ladder.BaseOf(at) && !ladder.BaseOf(stage))) own.push_back(change);
    }
  }
  return own;
}

KeptShares KeepSince(const CubeIndex& index, std::size_t stage, const Exposures& exposures,
                     std::span<const AcceptedChange> accepted) {
  if (accepted.empty()) return {};
  Keeping keeping(index, stage, exposures);
  for (const AcceptedChange& change : accepted) keeping.LeaveOut(change);
  return keeping.Take();
}

}  // namespace ripen::monitor
