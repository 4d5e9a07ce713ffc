#include "tests/oracle/world.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <utility>

namespace ripen::oracle {
namespace {

struct CellDayCounts {
  std::int64_t shown = 0;
  std::vector<std::int64_t> events;
};
using CellDays = std::map<std::pair<std::vector<std::int32_t>, int>, CellDayCounts>;

cube::Family MakeFamily(const CellDays& counts, std::size_t stages, Day first,
                        std::optional<std::size_t> further) {
  cube::Family family;
  family.further = further;
  family.stages.resize(stages);
  for (const auto& [key, sums] : counts) {
    if (family.cells.empty() || family.cells.back() != key.first) {
      family.cells.push_back(key.first);
    }
    const auto cell = static_cast<std::int32_t>(family.cells.size() - 1);
    const Day shown = first + key.second;
    family.shown.push_back({cell, shown, 0, 0, sums.shown, 0});
    for (std::size_t stage = 0; stage < stages; ++stage) {
      if (sums.events[stage] > 0) {
        family.stages[stage].push_back({cell, shown, 0, 0, sums.events[stage], 0});
      }
    }
  }
  return family;
}

}  // namespace

std::vector<WorldAttribute> ShopAttributes(double share_25_34) {
  const double rest = 1 - share_25_34;
  return {{"age_group",
           {"18-24", "25-34", "35-44", "45-54", "55+"},
           {.2 * rest, share_25_34, .3 * rest, .28 * rest, .22 * rest}},
          {"customer", {"new", "returning"}, {.4, .6}},
          {"device", {"desktop", "mobile", "tablet"}, {.35, .55, .1}},
          {"preference", {"indifferent", "price", "sustainable"}, {.4, .35, .25}},
          {"region", {"East", "North", "South", "West"}, {.2, .25, .3, .25}}};
}

double ShopClickRate(const WorldRecord& record) {
  constexpr double kAge[] = {.24, .28, .235, .22, .22};
  constexpr double kCustomer[] = {.94, 1.04};
  constexpr double kDevice[] = {1.0, 1.02, .89};
  constexpr double kPreference[] = {.97, 1.0, 1.05};
  constexpr double kRegion[] = {1.05, .97, 1.0, .99};
  const auto at = [&](std::size_t attribute) { return record.values[attribute]; };
  return kAge[at(0)] * kCustomer[at(1)] * kDevice[at(2)] * kPreference[at(3)] * kRegion[at(4)];
}

cube::Snapshot DrawWorld(const WorldOptions& options) {
  cube::Snapshot snapshot;
  snapshot.ladder = StageLadder::Default();
  const std::size_t stages = snapshot.ladder.size();
  snapshot.stage_given = {true, static_cast<bool>(options.purchase), false};
  snapshot.stage_has_times.assign(stages, false);
  snapshot.stage_known_from.assign(stages, std::nullopt);
  snapshot.stage_empty_where_unflagged.assign(stages, false);
  snapshot.orphans.assign(stages, 0);
  snapshot.first_day = Day::FromYmd(2026, 10, 22);
  snapshot.last_day = snapshot.first_day + (options.days - 1);
  snapshot.as_of = snapshot.last_day;
  const std::size_t base = options.attributes.size() - options.further;
  for (std::size_t attribute = 0; attribute < options.attributes.size(); ++attribute) {
    const WorldAttribute& own = options.attributes[attribute];
    cube::Attribute made{own.name, own.kind, {}, {}, {}};
    for (const std::string& value : own.values) made.values.emplace_back(value);
    made.known_at_start.assign(own.values.size(), false);
    made.members.assign(own.values.size(), 0);
    snapshot.attributes.push_back(std::move(made));
    if (attribute < base) snapshot.adjust.push_back(attribute);
  }

  std::mt19937_64 random(options.seed);
  std::uniform_real_distribution<double> uniform;
  std::vector<CellDays> families(1 + options.further);
  for (int day = 0; day < options.days; ++day) {
    const int rows = static_cast<int>(
        std::lround(options.per_day * (options.volume ? options.volume(day) : 1.0)));
    std::vector<std::discrete_distribution<int>> draws;
    for (std::size_t attribute = 0; attribute < options.attributes.size(); ++attribute) {
      const std::vector<double> shares =
          options.shares ? options.shares(attribute, day) : options.attributes[attribute].shares;
      draws.emplace_back(shares.begin(), shares.end());
    }
    cube::DayTruth truth{snapshot.first_day + day, rows, {}, {}, {}};
    truth.flagged.assign(stages, 0);
    truth.open_unflagged.assign(stages, 0);
    truth.known_events_unflagged.assign(stages, 0);
    for (int row = 0; row < rows; ++row) {
      WorldRecord record{{}, day};
      for (std::size_t attribute = 0; attribute < draws.size(); ++attribute) {
        const int value = draws[attribute](random);
        record.values.push_back(value);
        cube::Attribute& known = snapshot.attributes[attribute];
        ++known.members[static_cast<std::size_t>(value)];
        if (day < 14) known.known_at_start[static_cast<std::size_t>(value)] = true;
      }
      const bool clicked = uniform(random) < options.click(record);
      const bool bought = options.purchase && uniform(random) < options.purchase(record, clicked);
      truth.known_events_unflagged[0] += clicked;
      truth.known_events_unflagged[1] += bought;
      for (std::size_t family = 0; family < families.size(); ++family) {
        std::vector<std::int32_t> key(record.values.begin(),
                                      record.values.begin() + static_cast<std::ptrdiff_t>(base));
        if (family > 0) key.push_back(record.values[base + family - 1]);
        CellDayCounts& sums = families[family][{std::move(key), day}];
        sums.events.resize(stages);
        ++sums.shown;
        sums.events[0] += clicked;
        sums.events[1] += bought;
      }
    }
    if (rows > 0) snapshot.truth.push_back(std::move(truth));
  }
  for (std::size_t family = 0; family < families.size(); ++family) {
    snapshot.families.push_back(
        MakeFamily(families[family], stages, snapshot.first_day,
                   family == 0 ? std::nullopt : std::optional(base + family - 1)));
  }
  return snapshot;
}

}  // namespace ripen::oracle
