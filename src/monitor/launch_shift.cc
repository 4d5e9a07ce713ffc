#include "monitor/launch_shift.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <optional>
#include <string>

#include "monitor/collection_launch.h"
#include "monitor/collection_name.h"
#include "monitor/same_time.h"
#include "monitor/shadows.h"

namespace ripen::monitor {
namespace {

constexpr int kWeek = 7;
constexpr int kToldDays = 56;     // a launch is told of for eight weeks
constexpr double kMostLeft = .5;  // of a change, without the launched goods

bool MayHaveLaunches(const cube::Attribute& attribute) {
  if (attribute.kind != AttributeKind::kItem) return false;
  return NamesACollection(attribute.name) ||
         std::find(attribute.known_at_start.begin(), attribute.known_at_start.end(), false) !=
             attribute.known_at_start.end();
}

// The share of a stream in what was shown on the days from..to - 1.
double ShareShown(const CubeIndex& index, std::size_t stream, Day from, Day to) {
  double shown = 0;
  double all = 0;
  for (Day day = std::max(from, index.DayAt(0)); day < to; day = day + 1) {
    const auto at = static_cast<std::size_t>(day - index.DayAt(0));
    if (at >= index.days()) break;
    shown += index.Shown(stream, at);
    all += index.Shown(0, at);
  }
  return all > 0 ? shown / all : 0;
}

Finding FindingOf(const CubeIndex& index, std::size_t stream, const CollectionLaunch& launch,
                  int episode) {
  Finding finding;
  finding.kind = FindingKind::kLaunch;
  finding.level = Level::kInfo;
  finding.slice = index.SliceOf(stream);
  finding.code = LaunchOriginName(launch.origin);
  finding.direction = Move::kRise;
  finding.since = launch.first;
  finding.since_earliest = launch.first;
  finding.since_latest = launch.first;
  const Day end = index.snapshot().last_day + 1;
  finding.before = ShareShown(index, stream, launch.first - kWeek, launch.first);
  finding.after = ShareShown(index, stream, std::max(launch.first, end - kWeek), end);
  finding.maturity = Maturity::kConfirmed;
  finding.id = FindingId(finding, episode);
  return finding;
}

// The first family that has all of these attributes.
std::optional<std::size_t> FamilyWith(const CubeIndex& index,
                                      const std::vector<std::size_t>& attributes) {
  for (std::size_t family = 0; family < index.families().size(); ++family) {
    const std::vector<std::size_t>& own = index.families()[family].attributes;
    const bool has_all = std::all_of(attributes.begin(), attributes.end(), [&](std::size_t each) {
      return std::find(own.begin(), own.end(), each) != own.end();
    });
    if (has_all) return family;
  }
  return std::nullopt;
}

struct Counted {
  double trials = 0;
  double events = 0;
  double rate() const { return events / trials; }
};

struct BeforeAndAfter {
  Counted before;
  Counted after;
  Counted after_without;  // the launched goods
};

// What the stream's cells of one family hold before and since a day; `launched` is left out of the
// last.
BeforeAndAfter Count(const RateStreams& streams, std::size_t family,
                     const std::vector<CubeIndex::Key>& keys, CubeIndex::Key launched, Day since) {
  const FlatFamily& flat = streams.index().families()[family];
  const stats::CellCounts cells = streams.Cells(family, streams.events()[family]);
  const auto holds = [&](std::size_t cell, CubeIndex::Key key) {
    const auto column = std::find(flat.attributes.begin(), flat.attributes.end(), key.attribute);
    return flat.values[cell * flat.columns() +
                       static_cast<std::size_t>(column - flat.attributes.begin())] == key.value;
  };
  BeforeAndAfter counted;
  const auto add = [](Counted& to, double trials, double events) {
    to.trials += trials;
    to.events += events;
  };
  for (std::size_t cell = 0; cell < flat.cells(); ++cell) {
    if (!std::all_of(keys.begin(), keys.end(), [&](auto key) { return holds(cell, key); }))
      continue;
    const bool is_launched = holds(cell, launched);
    for (std::uint32_t at = cells.first[cell]; at < cells.first[cell + 1]; ++at) {
      const auto trials = static_cast<double>(cells.trials[at]);
      const auto events = static_cast<double>(cells.events[at]);
      if (streams.DayOf(cells.cohort[at]) < since) {
        add(counted.before, trials, events);
      } else {
        add(counted.after, trials, events);
        if (!is_launched) add(counted.after_without, trials, events);
      }
    }
  }
  return counted;
}

// Whether the change of a slice is gone where the launched goods are left out.
bool IsOfLaunch(const Finding& shift, const Finding& launch, const RateStreams& streams) {
  const CubeIndex& index = streams.index();
  const auto stream = index.Find(shift.slice);
  const auto launched = index.Find(launch.slice);
  if (!stream || !launched) return false;
  const std::vector<CubeIndex::Key> keys = index.KeysOf(*stream);
  const CubeIndex::Key goods = index.KeysOf(*launched).front();
  std::vector<std::size_t> attributes{goods.attribute};
  for (const CubeIndex::Key key : keys) attributes.push_back(key.attribute);
  const auto family = FamilyWith(index, attributes);
  if (!family) return false;
  const BeforeAndAfter counted = Count(streams, *family, keys, goods, *shift.since);
  if (counted.before.events <= 0 || counted.after.events <= 0) return false;
  // Where nothing else is shown any more, the old goods cannot speak for the change.
  if (counted.after_without.trials <= 0 || counted.after_without.events <= 0) return true;
  const double with = std::log(counted.after.rate() / counted.before.rate());
  const double without = std::log(counted.after_without.rate() / counted.before.rate());
  return (with > 0) != (without > 0) || std::abs(without) < kMostLeft * std::abs(with);
}

}  // namespace

std::vector<Finding> FindLaunchFindings(const CubeIndex& index, const Visibility& visibility,
                                        std::span<const Annotation> annotations) {
  std::vector<Finding> findings;
  const std::vector<DeclaredLaunch> declared = DeclaredLaunches(annotations);
  const std::vector<cube::Attribute>& attributes = index.snapshot().attributes;
  for (std::size_t at = 0; at < attributes.size(); ++at) {
    const cube::Attribute& attribute = attributes[at];
    if (!MayHaveLaunches(attribute)) continue;
    std::map<std::size_t, int> episodes;
    for (const CollectionLaunch& launch : FindLaunches(index, at, declared)) {
      if (launch.origin == LaunchOrigin::kBeforeData) continue;
      const int episode = ++episodes[launch.value];
      const auto stream = index.Find(Slice::Of({{attribute.name, attribute.values[launch.value]}}));
      if (!attribute.values[launch.value] || !stream ||
          launch.first < index.snapshot().as_of - kToldDays || !visibility.Shows(*stream)) {
        continue;
      }
      findings.push_back(FindingOf(index, *stream, launch, episode));
    }
  }
  return findings;
}

void ExplainRatesByLaunches(std::span<const Finding> launches, const RateStreams& streams,
                            std::vector<Finding>& shifts) {
  for (const Finding& launch : launches) {
    for (Finding& shift : shifts) {
      if (shift.explained_by || !AtTheSameTime(shift, launch) ||
          !IsOfLaunch(shift, launch, streams)) {
        continue;
      }
      ExplainWithShadows(shift, launch.id, shifts);
    }
  }
}

void ExplainVolumesByLaunches(std::span<const Finding> launches, std::vector<Finding>& volumes) {
  for (const Finding& launch : launches) {
    for (Finding& volume : volumes) {
      const bool same_attribute =
          volume.slice.segments.size() == 1 &&
          volume.slice.segments.front().attribute == launch.slice.segments.front().attribute;
      if (!volume.explained_by && same_attribute && AtTheSameTime(volume, launch)) {
        Explain(volume, launch.id);
      }
    }
  }
}

}  // namespace ripen::monitor
