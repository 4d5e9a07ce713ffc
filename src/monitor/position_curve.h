// How often items were clicked or bought at each position. Describes what was shown, not what a
// position does: better items usually stand higher.
#pragma once

#include "cube/shown_rows.h"
#include "model/ranking.h"
#include "monitor/settling.h"

namespace ripen::monitor {

// On the newest 28 days on which a detector of the stage may rest, so that days are not chosen by
// outcome; the range counts customers (stats/clustered_mean.h). Positions after the 50th and
// missing ones are counted apart. Cost: the rows.
PositionCurve ReadPositionCurve(const cube::Snapshot& snapshot, const Settling& settling,
                                const cube::ShownRows& rows, std::size_t stage);

}  // namespace ripen::monitor
