// Lists and positions, as sentences.
#pragma once

#include <string>

#include "model/ranking.h"
#include "wording/phrasebook.h"

namespace ripen::wording {

// What the data do not say, what to send, and what it would show.
std::string MissingColumnText(RankingColumn column, const Phrasebook& phrasebook);

}  // namespace ripen::wording
