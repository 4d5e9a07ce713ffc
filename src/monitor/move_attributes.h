// Which attribute tells most of a move, and which one's mix it was.
#pragma once

#include <array>
#include <vector>

#include "model/total_move.h"
#include "monitor/move_lines.h"
#include "stats/kitagawa.h"

namespace ripen::monitor {

// The attribute that sets most of the move apart: its mix effect and the largest surplus of one
// group's rate effect over what its share of a move of all groups alike would be. Read from what
// has come so far in each period, every group completed alike. Null without any attribute; the
// first one where none says anything.
const Grouping* GroupingThatSaysMost(const CubeIndex& index, const Visibility& visibility,
                                     std::size_t stage, MoveDays before, MoveDays after);

// The mix effect of the cross of the adjustment attributes (the first five), by attribute. `rates`:
// the overall figures before and after, to which the cells' outcomes are completed, all cells of a
// period alike. Empty with under two attributes.
std::vector<MixOfAttribute> MixOfCross(const CubeIndex& index, std::size_t stage, MoveDays before,
                                       MoveDays after, std::array<double, 2> rates);

}  // namespace ripen::monitor
