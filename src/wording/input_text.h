// What was read and how, for the person who gave the file; `ripen` prints it to stderr.
#pragma once

#include <string>

#include "model/check_report.h"
#include "wording/phrasebook.h"

namespace ripen::wording {

// How many rows were read, which column plays which role, the rows set aside with the first of each
// kind, and the notes. Lines of at most 90 columns.
std::string InputText(const InputSummary& input, const Phrasebook& phrasebook);
// The part that can be said before anything is read: the columns and the notes.
std::string MappingText(const InputSummary& input, const Phrasebook& phrasebook);

}  // namespace ripen::wording
