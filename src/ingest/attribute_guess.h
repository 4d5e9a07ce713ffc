// Which of the columns that play no role describe customers, items or the situation.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "ledger/import_plan.h"
#include "model/config.h"

namespace ripen::ingest {

struct AttributeGuesses {
  std::vector<ledger::AttributeColumn> attributes;  // in the file's order
  std::vector<std::string> notes;                   // what was ignored, and why
};

// The attributes among the columns that are not `taken`. A kind that `[segments]` lists has exactly
// the listed columns; times and second columns of a role are no attributes; on a name clash the
// item's is item.NAME; at most ledger::kMostAttributes stay, those with the fewest values.
AttributeGuesses GuessAttributes(const ledger::FileProbe& probe, const Config& config,
                                 const std::set<std::string>& taken);

// Whether `[source] columns` names this column for some role.
bool IsConfigured(const Config& config, const std::string& column);

}  // namespace ripen::ingest
