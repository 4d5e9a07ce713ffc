// Two versions shown on the same days, as sentences.
#pragma once

#include "model/check_report.h"
#include "model/message.h"
#include "model/side_by_side.h"
#include "wording/phrasebook.h"

namespace ripen::wording {

// "Recommendations by the recommender “v13” are clicked more often than recommendations by the
// recommender “v12” among customers of the same groups: 24 instead of 22 in 100 (difference
// 0.9–3.1).", or that no difference could be claimed yet, or why the two cannot be compared; then
// what it rests on. `report` gives the stages and the attributes.
MessageText SideText(const SideBySide& comparison, const CheckReport& report,
                     const Phrasebook& phrasebook);

}  // namespace ripen::wording
