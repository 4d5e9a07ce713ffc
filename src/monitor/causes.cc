#include "monitor/causes.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <span>

#include "stats/homogeneity.h"
#include "stats/slice_score.h"

namespace ripen::monitor {
namespace {

constexpr double kMinExpected = 10;      // events a slice must expect to be scored
constexpr double kCompetitorMargin = 2;  // score by which slices can be told apart
constexpr double kSameEverywhere = .05;  // tail probability under which a change is not the same

std::size_t CohortOf(const RateStreams& streams, Day day) {
  std::size_t cohort = 0;
  while (cohort < streams.cohorts() && streams.DayOf(cohort) < day) ++cohort;
  return cohort;
}

// Whether the stream of `grouping` contains each cell of that family.
std::vector<bool> CellsOf(const FlatFamily& flat, const Grouping& grouping, std::size_t stream) {
  std::vector<bool> inside(flat.cells());
  for (std::size_t cell = 0; cell < flat.cells(); ++cell) {
    inside[cell] = grouping.first_stream + grouping.LocalStream(flat, cell) == stream;
  }
  return inside;
}

// Whether a family's key has all attributes of the stream; then its columns for them.
bool ColumnsFor(const CubeIndex& index, const FlatFamily& flat, std::size_t stream,
                std::vector<std::pair<std::size_t, std::size_t>>& columns) {
  columns.clear();
  for (const CubeIndex::Key& key : index.KeysOf(stream)) {
    const auto found = std::find(flat.attributes.begin(), flat.attributes.end(), key.attribute);
    if (found == flat.attributes.end()) return false;
    columns.emplace_back(static_cast<std::size_t>(found - flat.attributes.begin()), key.value);
  }
  return true;
}

// n r_c (1 - theta) for every entry of a family inside the slice from the start on, else 0.
std::vector<double> TakenAway(const RateStreams& streams, const Cause& cause, std::size_t family,
                              const std::vector<std::pair<std::size_t, std::size_t>>& columns,
                              const FamilyEvents& events) {
  const FlatFamily& flat = streams.index().families()[family];
  const std::size_t start = CohortOf(streams, cause.start);
  const std::vector<double> reference = streams.ReferenceRates(family, events, start);
  const stats::CellCounts cells = streams.Cells(family, events[family]);
  std::vector<double> taken(cells.trials.size());
  for (std::size_t cell = 0; cell < flat.cells(); ++cell) {
    const bool inside = std::all_of(columns.begin(), columns.end(), [&](const auto& column) {
      return flat.values[cell * flat.columns() + column.first] == column.second;
    });
    if (!inside) continue;
    for (std::uint32_t at = cells.first[cell]; at < cells.first[cell + 1]; ++at) {
      if (cells.cohort[at] < start) continue;
      taken[at] = static_cast<double>(cells.trials[at]) * reference[cell] * (1 - cause.ratio);
    }
  }
  return taken;
}

void AddTo(std::vector<float>& events, const std::vector<double>& taken) {
  for (std::size_t at = 0; at < taken.size(); ++at) {
    if (taken[at] != 0)
      events[at] = static_cast<float>(static_cast<double>(events[at]) + taken[at]);
  }
}

}  // namespace

double Dispersion(const RateStreams& streams, std::size_t stream, std::size_t start) {
  const std::span<const double> trials = streams.Trials(stream);
  const std::vector<double> shares = streams.Shares(stream);
  double counted = 0;
  double effective = 0;
  for (std::size_t cohort = start; cohort < trials.size(); ++cohort) {
    counted += trials[cohort];
    effective += trials[cohort] * shares[cohort];
  }
  return effective > 0 ? counted / effective : 1;
}

Naming NameCause(const RateStreams& streams, const FamilyEvents& events,
                 const std::vector<Reading>& readings) {
  const CubeIndex& index = streams.index();
  const Reading& lead = *std::max_element(
      readings.begin(), readings.end(),
      [](const Reading& a, const Reading& b) { return a.evidence_days < b.evidence_days; });
  const std::size_t start = lead.start.start;
  // One figure serves all candidates: with one of its own, a large slice would pay for its size and
  // a part of it win.
  const double dispersion = Dispersion(streams, lead.stream, start);
  struct Candidate {
    double score;
    std::size_t predicates;
    std::size_t stream;
  };
  std::vector<Candidate> candidates;
  std::map<std::size_t, std::vector<double>> references;  // by family
  for (const Grouping& grouping : index.groupings()) {
    const bool used = std::any_of(readings.begin(), readings.end(), [&](const Reading& reading) {
      return reading.stream >= grouping.first_stream &&
             reading.stream < grouping.first_stream + grouping.streams;
    });
    if (!used) continue;
    const FlatFamily& flat = index.families()[grouping.family];
    auto reference = references.find(grouping.family);
    if (reference == references.end()) {
      reference =
          references
              .emplace(grouping.family, streams.ReferenceRates(grouping.family, events, start))
              .first;
    }
    const stats::CellCounts cells = streams.Cells(grouping.family, events[grouping.family]);
    std::vector<double> observed(grouping.streams);
    std::vector<double> expected(grouping.streams);
    for (std::size_t cell = 0; cell < flat.cells(); ++cell) {
      const std::size_t local = grouping.LocalStream(flat, cell);
      for (std::uint32_t at = cells.first[cell]; at < cells.first[cell + 1]; ++at) {
        if (cells.cohort[at] < start) continue;
        observed[local] += static_cast<double>(cells.events[at]);
        expected[local] += static_cast<double>(cells.trials[at]) * reference->second[cell];
      }
    }
    for (const Reading& reading : readings) {
      if (reading.stream < grouping.first_stream ||
          reading.stream >= grouping.first_stream + grouping.streams) {
        continue;
      }
      const std::size_t local = reading.stream - grouping.first_stream;
      if (expected[local] < kMinExpected && reading.stream != lead.stream) continue;
      candidates.push_back(
          {stats::SliceScore(std::max(observed[local], 0.0), std::max(expected[local], 1e-9),
                             dispersion, grouping.level()),
           grouping.level(), reading.stream});
    }
  }
  std::sort(candidates.begin(), candidates.end(), [](const Candidate& a, const Candidate& b) {
    if (a.score != b.score) return a.score > b.score;
    if (a.predicates != b.predicates) return a.predicates < b.predicates;
    return a.stream < b.stream;
  });
  Naming naming{candidates.front().stream, {}};
  for (std::size_t at = 1; at < candidates.size(); ++at) {
    if (candidates[at].score > candidates.front().score - kCompetitorMargin) {
      naming.competitors.push_back(candidates[at].stream);
    }
  }
  return naming;
}

std::vector<double> ExpectedEvents(const RateStreams& streams, const FamilyEvents& events,
                                   std::size_t stream, std::size_t start) {
  const Grouping& grouping = streams.index().GroupingOf(stream);
  const FlatFamily& flat = streams.index().families()[grouping.family];
  const std::vector<double> reference = streams.ReferenceRates(grouping.family, events, start);
  const stats::CellCounts cells = streams.Cells(grouping.family, events[grouping.family]);
  const std::vector<bool> inside = CellsOf(flat, grouping, stream);
  std::vector<double> expected(streams.cohorts());
  for (std::size_t cell = 0; cell < flat.cells(); ++cell) {
    if (!inside[cell]) continue;
    for (std::uint32_t at = cells.first[cell]; at < cells.first[cell + 1]; ++at) {
      expected[cells.cohort[at]] += static_cast<double>(cells.trials[at]) * reference[cell];
    }
  }
  return expected;
}

Cause MeasureCause(const RateStreams& streams, const FamilyEvents& events, const Reading& reading) {
  const std::vector<double> expected =
      ExpectedEvents(streams, events, reading.stream, reading.start.start);
  const std::vector<double> observed = streams.SumEvents(reading.stream, events);
  double came = 0;
  double due = 0;
  for (std::size_t cohort = reading.start.latest; cohort < streams.cohorts(); ++cohort) {
    came += observed[cohort];
    due += expected[cohort];
  }
  Cause cause;
  cause.stream = reading.stream;
  cause.start = streams.DayOf(reading.start.start);
  cause.start_latest = streams.DayOf(reading.start.latest);
  cause.ratio = due > 0 ? came / due : 1;
  return cause;
}

void UndoCause(const RateStreams& streams, const Cause& cause, FamilyEvents& events) {
  const CubeIndex& index = streams.index();
  std::vector<std::pair<std::size_t, std::size_t>> columns;
  const std::size_t home = index.GroupingOf(cause.stream).family;
  const bool of_base = ColumnsFor(index, index.families().front(), cause.stream, columns);
  if (of_base) {
    for (std::size_t family = 0; family < events.size(); ++family) {
      ColumnsFor(index, index.families()[family], cause.stream, columns);
      AddTo(events[family], TakenAway(streams, cause, family, columns, events));
    }
    return;
  }
  // The slice uses a further attribute: its own family knows it cell by cell, the base family as
  // sums, every other family in proportion to trials.
  const FlatFamily& own = index.families()[home];
  ColumnsFor(index, own, cause.stream, columns);
  const std::vector<double> taken = TakenAway(streams, cause, home, columns, events);
  AddTo(events[home], taken);
  const stats::CellCounts own_cells = streams.Cells(home, events[home]);
  std::vector<double> base_taken(events.front().size());
  for (std::size_t cell = 0; cell < own.cells(); ++cell) {
    for (std::uint32_t at = own_cells.first[cell]; at < own_cells.first[cell + 1]; ++at) {
      if (taken[at] == 0) continue;
      const auto entry = streams.BaseEntry(own.base_cell[cell], own_cells.cohort[at]);
      if (entry) base_taken[*entry] += taken[at];
    }
  }
  AddTo(events.front(), base_taken);
  const stats::CellCounts base_cells = streams.Cells(0, events.front());
  for (std::size_t family = 1; family < events.size(); ++family) {
    if (family == home) continue;
    const FlatFamily& other = index.families()[family];
    const stats::CellCounts cells = streams.Cells(family, events[family]);
    std::vector<double> spread(events[family].size());
    for (std::size_t cell = 0; cell < other.cells(); ++cell) {
      for (std::uint32_t at = cells.first[cell]; at < cells.first[cell + 1]; ++at) {
        const auto entry = streams.BaseEntry(other.base_cell[cell], cells.cohort[at]);
        if (!entry) continue;
        spread[at] = base_taken[*entry] * static_cast<double>(cells.trials[at]) /
                     static_cast<double>(base_cells.trials[*entry]);
      }
    }
    AddTo(events[family], spread);
  }
}

std::vector<std::string> AttributesWithSameChange(const RateStreams& streams,
                                                  const FamilyEvents& events,
                                                  const Reading& reading) {
  const CubeIndex& index = streams.index();
  const Grouping& grouping = index.GroupingOf(reading.stream);
  const FlatFamily& flat = index.families()[grouping.family];
  const std::size_t start = reading.start.start;
  const std::vector<double> reference = streams.ReferenceRates(grouping.family, events, start);
  const stats::CellCounts cells = streams.Cells(grouping.family, events[grouping.family]);
  const std::vector<bool> inside = CellsOf(flat, grouping, reading.stream);
  const double dispersion = Dispersion(streams, reading.stream, start);
  std::vector<std::string> same;
  for (std::size_t column = 0; column < flat.columns(); ++column) {
    if (std::find(grouping.columns.begin(), grouping.columns.end(), column) !=
        grouping.columns.end()) {
      continue;
    }
    std::vector<stats::Part> parts(flat.sizes[column]);
    double observed = 0;
    double trials = 0;
    for (std::size_t cell = 0; cell < flat.cells(); ++cell) {
      if (!inside[cell]) continue;
      stats::Part& part = parts[flat.values[cell * flat.columns() + column]];
      for (std::uint32_t at = cells.first[cell]; at < cells.first[cell + 1]; ++at) {
        if (cells.cohort[at] < start) continue;
        part.observed += static_cast<double>(cells.events[at]);
        part.expected += static_cast<double>(cells.trials[at]) * reference[cell];
        observed += static_cast<double>(cells.events[at]);
        trials += static_cast<double>(cells.trials[at]);
      }
    }
    const auto tail =
        stats::HomogeneityTail(parts, std::min(1.0, observed / std::max(trials, 1.0)), dispersion);
    if (tail && *tail > kSameEverywhere) {
      same.push_back(index.snapshot().attributes[flat.attributes[column]].name);
    }
  }
  std::sort(same.begin(), same.end());
  return same;
}

}  // namespace ripen::monitor
