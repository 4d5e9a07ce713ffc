// What was read, for the person who gave the file.
#pragma once

#include <string>
#include <string_view>

#include "model/check_report.h"
#include "wording/phrasebook.h"

namespace ripen::wording {

// The account in one sentence: "12,003 rows were read: 12,000 recommendations, 3 rows set aside."
std::string AccountSentence(const InputSummary& input, const Phrasebook& phrasebook);
// The account, the rows set aside with the first of each kind, and the notes: what `ripen` prints
// to stderr after reading. Lines of at most 90 columns.
std::string InputText(const InputSummary& input, const Phrasebook& phrasebook);
// A reason for which rows are set aside, in the phrasebook's language. The reasons are made in
// English where the rows are read; one that the catalogue does not know stays as it is.
std::string TranslatedReason(std::string_view english, const Phrasebook& phrasebook);

}  // namespace ripen::wording
