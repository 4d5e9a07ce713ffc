// Why the overall figure moved, as one sentence, and Simpson's paradox in words.
#pragma once

#include "model/check_report.h"
#include "model/message.h"
#include "model/total_move.h"
#include "wording/phrasebook.h"

namespace ripen::wording {

// The headline: "Overall, 22.5 instead of 25.1 in 100 were clicked: 2.5 of the fall because
// customers aged 25-34 click less, 0.1 because other customers came." Its numbers are rounded so
// that the parts add up to the difference of the two figures as printed. Then the days compared,
// and how settled the figures are. A move within its range has no reasons; what is refused says
// why. `report` gives the stages and the attributes.
MessageText MoveText(const TotalMove& move, const CheckReport& report,
                     const Phrasebook& phrasebook);

}  // namespace ripen::wording
