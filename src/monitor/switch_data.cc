#include "monitor/switch_data.h"

#include <algorithm>
#include <cmath>

#include "stats/overdispersion.h"

namespace ripen::monitor {

stats::BinomialCount DailyCounts::Total() const { return Effective(0); }

stats::BinomialCount DailyCounts::Effective(double rho) const {
  stats::BinomialCount sum;
  for (const stats::BinomialCount& day : days) {
    const double share = stats::EffectiveShare(day.trials, rho);
    sum.trials += share * day.trials;
    sum.events += share * day.events;
  }
  return sum;
}

std::vector<std::size_t> SwitchData::CellsOf(std::size_t value) const {
  std::vector<std::size_t> cells;
  for (std::size_t cell = 0; cell < flat().cells(); ++cell) {
    if (ValueOf(cell, own_column) == value) cells.push_back(cell);
  }
  return cells;
}

DailyCounts SwitchData::Daily(const std::vector<std::size_t>& cells,
                              const std::vector<std::size_t>& days) const {
  DailyCounts daily{std::vector<stats::BinomialCount>(days.size())};
  for (const std::size_t cell : cells) {
    for (std::size_t at = 0; at < days.size(); ++at) daily.days[at] += counts.At(cell, days[at]);
  }
  return daily;
}

stats::BinomialCount SwitchData::Sum(std::size_t cell, const std::vector<std::size_t>& days) const {
  stats::BinomialCount sum;
  for (const std::size_t day : days) sum += counts.At(cell, day);
  return sum;
}

std::vector<std::size_t> SwitchData::GoodDays(Day first, int many) const {
  std::vector<std::size_t> days;
  for (int at = 0; at < many; ++at) {
    const int day = first + at - index.snapshot().first_day;
    if (day < 0 || day >= static_cast<int>(index.days())) continue;
    if (states[static_cast<std::size_t>(day)] == DayState::kGood) {
      days.push_back(static_cast<std::size_t>(day));
    }
  }
  return days;
}

std::vector<std::size_t> SwitchData::GoodWeeks(Day first, int many) const {
  std::vector<std::size_t> days;
  for (int week = 0; week + kWeekDays <= many; week += kWeekDays) {
    const std::vector<std::size_t> own = GoodDays(first + week, kWeekDays);
    if (own.size() == kWeekDays) days.insert(days.end(), own.begin(), own.end());
  }
  return days;
}

CollectionSide SideOf(const CubeIndex& index, const std::vector<std::size_t>& days,
                      const stats::BinomialCount& total, double rate) {
  return {index.DayAt(days.front()), index.DayAt(days.back()), std::llround(total.trials),
          std::llround(total.events), std::clamp(rate, 0.0, 1.0)};
}

}  // namespace ripen::monitor
