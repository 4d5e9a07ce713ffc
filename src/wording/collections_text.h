// Collections that follow one another, as sentences.
#pragma once

#include <string>

#include "model/check_report.h"
#include "model/collections.h"
#include "model/message.h"
#include "wording/phrasebook.h"

namespace ripen::wording {

// `report` gives the stages, the attributes and the day asked for. All keep nothing.

// The newest switch, or why there is none.
MessageText CollectionsText(const CollectionsReport& collections, const CheckReport& report,
                            const Phrasebook& phrasebook);
// "“Winter” has replaced “Autumn” since 26 Oct.", by when everything can be compared, and what new
// goods do to the first days.
MessageText SwitchText(const CollectionSwitch& change, const CollectionsReport& collections,
                       const CheckReport& report, const Phrasebook& phrasebook);
// "Bought: “Winter” 21 in 1,000, “Autumn” 24." with the range, or why it cannot be compared, and
// until when.
MessageText SwitchComparisonText(const CollectionSwitch& change, const SwitchStage& stage,
                                 const CollectionComparison& comparison,
                                 const CollectionsReport& collections, const CheckReport& report,
                                 const Phrasebook& phrasebook);
// "Customers aged 25-34 take “Winter” worse than the others do."
std::string ReceptionText(const CollectionSwitch& change, const GroupReception& group,
                          const CollectionsReport& collections, const CheckReport& report,
                          const Phrasebook& phrasebook);

}  // namespace ripen::wording
