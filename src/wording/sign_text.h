// A leading sign as sentences.
#pragma once

#include "model/check_report.h"
#include "model/message.h"
#include "model/signs.h"
#include "wording/phrasebook.h"

namespace ripen::wording {

// What a finding of the sign says, else that it is as usual, or why it cannot be told.
MessageText SignText(const Sign& sign, const CheckReport& report, const Phrasebook& phrasebook);

}  // namespace ripen::wording
