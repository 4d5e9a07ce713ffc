// Column names as the role table sees them.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "ledger/import_plan.h"

namespace ripen::ingest {

// Lower case, without spaces, - and _; ä = ae, ö = oe, ü = ue, ß = ss.
// Worked value: NormaliseName("Zurück-geschickt am") is "zurueckgeschicktam".
std::string NormaliseName(std::string_view name);

// The normalised words of a name, cut at spaces, -, _, . and before capitals inside a word.
// Worked value: WordsOf("priceBand_EU") is {"price", "band", "eu"}.
std::vector<std::string> WordsOf(std::string_view name);

// Whether the sampled values are dates, times or epochs (or the engine's type says so).
bool HoldsTimes(const ledger::ColumnProbe& column);

// Whether a column is a time that could mislead as an attribute: it holds dates or times, or its
// name ends in a word such as date or timestamp.
bool LooksLikeTime(const ledger::ColumnProbe& column);

}  // namespace ripen::ingest
