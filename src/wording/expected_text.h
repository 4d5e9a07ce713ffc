// The expectation by scores as sentences.
#pragma once

#include <string>

#include "model/check_report.h"
#include "model/expected.h"
#include "model/message.h"
#include "wording/phrasebook.h"

namespace ripen::wording {

// What the scores would have us expect of the last seven days, that nobody has confirmed it, where
// they cannot see a change that is there, and where they moved alone. Or why nothing can be said.
MessageText ExpectedText(const ExpectedReport& expected, const CheckReport& report,
                         const Phrasebook& phrasebook);
// What such an expectation never tells.
std::string ExpectedLimits(const Phrasebook& phrasebook);

}  // namespace ripen::wording
