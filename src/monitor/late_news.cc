#include "monitor/late_news.h"

#include <algorithm>

namespace ripen::monitor {

LateNews::LateNews(const CubeIndex& index, std::size_t stage)
    : first_day_(index.snapshot().first_day),
      settling_days_(index.snapshot().ladder.SettlingDays(stage)) {
  const auto base = index.snapshot().ladder.BaseOf(stage);
  for (std::size_t family = 0; family < index.families().size(); ++family) {
    const cube::Family& rows = index.snapshot().families[family];
    Add(index, family, rows.stages[stage], false);
    Add(index, family, base ? rows.stages[*base] : rows.shown, true);
  }
}

void LateNews::Add(const CubeIndex& index, std::size_t family,
                   const std::vector<cube::CountRow>& rows, bool are_trials) {
  for (const cube::CountRow& row : rows) {
    if (row.base_offset + row.delay <= settling_days_) continue;
    const auto net = static_cast<double>(row.gained - row.lost);
    for (const Grouping& grouping : index.groupings()) {
      if (grouping.family != family) continue;
      const std::size_t stream =
          grouping.first_stream +
          grouping.LocalStream(index.families()[family], static_cast<std::size_t>(row.cell));
      rows_[stream].push_back({static_cast<std::size_t>(row.shown - first_day_),
                               row.shown + row.base_offset + row.delay, are_trials ? net : 0,
                               are_trials ? 0 : net});
    }
  }
}

std::optional<double> LateNews::RateBefore(std::size_t stream, std::size_t from, std::size_t to,
                                           double trials, double events) const {
  const auto found = rows_.find(stream);
  if (found == rows_.end()) return std::nullopt;
  const Day confirmed = first_day_ + static_cast<int>(to) + settling_days_;
  bool moved = false;
  for (const Row& row : found->second) {
    if (row.day < from || row.day > to || row.known <= confirmed) continue;
    moved = true;
    trials -= row.trials;
    events -= row.events;
  }
  if (!moved || trials <= 0) return std::nullopt;
  return std::clamp(events / trials, 0.0, 1.0);
}

}  // namespace ripen::monitor
