// Histories of single records for unit tests: counted into every family, so that families agree.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "cube/snapshot.h"
#include "stats/draws.h"

namespace ripen::drill::testing {

struct HistoryOptions {
  int days = 30;
  int per_day = 400;
  std::uint64_t seed = 1;
  double retracted = 0;  // share of clicks that are taken back, one or two days later
  std::function<double(const std::vector<int>& values, int day)> rate = [](const auto&, int) {
    return .25;
  };
};

// Attributes a (3 values) and b (2) of the customer, i (2) and j (3) of the item, which are further
// ones. Clicks come after 0 (60 %), 1 (30 %) or 2 days; the other stages are not given.
inline cube::Snapshot MakeHistory(const HistoryOptions& options) {
  constexpr int kSizes[] = {3, 2, 2, 3};
  const char* const names[] = {"a", "b", "i", "j"};
  cube::Snapshot history;
  history.ladder = StageLadder::Default();
  history.ladder[0].window_days = 2;
  const std::size_t stages = history.ladder.size();
  history.stage_given.assign(stages, false);
  history.stage_given[0] = true;
  history.stage_has_times.assign(stages, true);
  history.stage_known_from.assign(stages, std::nullopt);
  history.stage_empty_where_unflagged.assign(stages, false);
  history.orphans.assign(stages, 0);
  history.first_day = Day::FromYmd(2026, 10, 22);
  history.last_day = history.first_day + (options.days - 1);
  history.as_of = history.last_day;
  history.adjust = {0, 1};
  for (std::size_t at = 0; at < 4; ++at) {
    cube::Attribute attribute{
        names[at], at < 2 ? AttributeKind::kCustomer : AttributeKind::kItem, {}, {}, {}};
    for (int value = 0; value < kSizes[at]; ++value) {
      attribute.values.emplace_back(std::string(names[at]) + std::to_string(value));
      attribute.known_at_start.push_back(true);
      attribute.members.push_back(1000);
    }
    history.attributes.push_back(std::move(attribute));
  }
  using Place = std::tuple<std::int32_t, Day, std::int32_t>;
  using Counts = std::map<Place, std::pair<std::int64_t, std::int64_t>>;
  std::vector<Counts> shown(3);
  std::vector<Counts> clicks(3);
  stats::Draws draws({options.seed, 77, 0});
  const auto below = [&](int count) { return static_cast<int>(draws.Uniform() * count); };
  for (int day = 0; day < options.days; ++day) {
    const Day date = history.first_day + day;
    cube::DayTruth truth{date, options.per_day, {}, {}, {}};
    truth.flagged.assign(stages, 0);
    truth.open_unflagged.assign(stages, 0);
    truth.known_events_unflagged.assign(stages, 0);
    for (int record = 0; record < options.per_day; ++record) {
      const std::vector<int> values = {below(3), below(2), below(2), below(3)};
      const int base = values[0] * 2 + values[1];
      const int cells[] = {base, base * 2 + values[2], base * 3 + values[3]};
      const bool clicked = draws.Uniform() < options.rate(values, day);
      const double wait = draws.Uniform();
      const int delay = wait < .6 ? 0 : wait < .9 ? 1 : 2;
      const bool back = draws.Uniform() < options.retracted;
      const int later = delay + 1 + below(2);
      for (std::size_t family = 0; family < 3; ++family) {
        ++shown[family][{cells[family], date, 0}].first;
        if (clicked && date + delay <= history.as_of) {
          ++clicks[family][{cells[family], date, delay}].first;
        }
        if (clicked && back && date + later <= history.as_of) {
          ++clicks[family][{cells[family], date, later}].second;
        }
      }
      if (clicked && date + delay <= history.as_of) ++truth.known_events_unflagged[0];
    }
    history.truth.push_back(std::move(truth));
  }
  const auto rows = [](const Counts& counts) {
    std::vector<cube::CountRow> list;
    for (const auto& [place, count] : counts) {
      const auto& [cell, day, delay] = place;
      list.push_back({cell, day, 0, delay, count.first, count.second});
    }
    return list;
  };
  for (std::size_t family = 0; family < 3; ++family) {
    cube::Family counted;
    if (family > 0) counted.further = family + 1;
    const int last = family == 0 ? 1 : kSizes[family + 1];
    for (int a = 0; a < 3; ++a) {
      for (int b = 0; b < 2; ++b) {
        for (int value = 0; value < last; ++value) {
          counted.cells.push_back(family == 0 ? std::vector<std::int32_t>{a, b}
                                              : std::vector<std::int32_t>{a, b, value});
        }
      }
    }
    counted.shown = rows(shown[family]);
    counted.stages.resize(stages);
    counted.stages[0] = rows(clicks[family]);
    history.families.push_back(std::move(counted));
  }
  return history;
}

}  // namespace ripen::drill::testing
