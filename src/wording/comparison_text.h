// Periods, the record of our ranges and what changed, as sentences.
#pragma once

#include "model/backtest.h"
#include "model/check_report.h"
#include "model/comparison.h"
#include "model/message.h"
#include "wording/phrasebook.h"

namespace ripen::wording {

// What is compared with what, how old it is, or why nothing can be compared.
MessageText PeriodText(const PeriodComparison& comparison, const Phrasebook& phrasebook);
// `report` gives the stages and the attributes, here and below.
// "Customers aged 25-34: 3.9 instead of 4.2 in 100 (7 % fewer)."
std::string PeriodLineText(const PeriodLine& line, const PeriodComparison& comparison,
                           const CheckReport& report, const Phrasebook& phrasebook);
// "Of our last 100 ranges for purchases, 92 held."
std::string RecordText(const StageRecord& record, const CheckReport& report,
                       const Phrasebook& phrasebook);
// Then and now, and why.
MessageText ChangeText(const Change& change, const CheckReport& report,
                       const Phrasebook& phrasebook);

}  // namespace ripen::wording
