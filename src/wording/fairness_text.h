// How groups are served beside each other, as sentences.
#pragma once

#include "model/check_report.h"
#include "model/fairness.h"
#include "model/message.h"
#include "wording/phrasebook.h"

namespace ripen::wording {

// "For every 10 clicks of customers aged 35-44 there are 6 (5.4–6.7) of customers aged 25-34, shown
// equally often.", then how it was at the start and what four fifths say; or why nothing can be
// said yet. `report` gives the stages and the attributes.
MessageText FairnessPairText(const FairnessPair& pair, const FairnessReport& fairness,
                             const CheckReport& report, const Phrasebook& phrasebook);

// What is compared with what, and what the four fifths are not.
MessageText FairnessText(const FairnessReport& fairness, const CheckReport& report,
                         const Phrasebook& phrasebook);

}  // namespace ripen::wording
