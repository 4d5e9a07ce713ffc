#include "cube/cross.h"

namespace ripen::cube {

std::optional<Cross> CrossWithin(const Snapshot& snapshot, Day first, Day last) {
  if (snapshot.adjust.size() != snapshot.attributes.size()) return std::nullopt;
  const Family& base = snapshot.families.front();
  Cross cross;
  cross.cells = base.cells.size();
  cross.columns.resize(snapshot.attributes.size());
  for (std::size_t place = 0; place < snapshot.adjust.size(); ++place) {
    std::vector<std::uint16_t>& column = cross.columns[snapshot.adjust[place]];
    column.reserve(cross.cells);
    for (const std::vector<std::int32_t>& cell : base.cells) {
      column.push_back(static_cast<std::uint16_t>(cell[place]));
    }
  }
  const auto copy = [&](const std::vector<CountRow>& rows) {
    std::vector<CrossRow> copied;
    for (const CountRow& row : rows) {
      if (row.shown < first || row.shown > last || row.gained == row.lost) continue;
      copied.push_back({row.cell, row.shown, row.base_offset, row.delay,
                        static_cast<std::int32_t>(row.gained - row.lost)});
    }
    return copied;
  };
  cross.shown = copy(base.shown);
  for (const std::vector<CountRow>& rows : base.stages) cross.stages.push_back(copy(rows));
  return cross;
}

}  // namespace ripen::cube
