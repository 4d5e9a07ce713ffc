#include "monitor/aged_counts.h"

#include <algorithm>

namespace ripen::monitor {

AgedCounts::AgedCounts(const CubeIndex& index, std::size_t family, std::size_t stage, int age_days)
    : days_(index.days()), counts_(index.families()[family].cells() * index.days()) {
  const cube::Family& rows = index.snapshot().families[family];
  const auto base = index.snapshot().ladder.BaseOf(stage);
  const auto add = [&](const std::vector<cube::CountRow>& of, double stats::BinomialCount::*what) {
    for (const cube::CountRow& row : of) {
      if (row.base_offset + std::max(row.delay, 0) > age_days) continue;
      const auto day = static_cast<std::size_t>(row.shown - index.snapshot().first_day);
      counts_[static_cast<std::size_t>(row.cell) * days_ + day].*what +=
          static_cast<double>(row.gained - row.lost);
    }
  };
  add(base ? rows.stages[*base] : rows.shown, &stats::BinomialCount::trials);
  add(rows.stages[stage], &stats::BinomialCount::events);
}

}  // namespace ripen::monitor
