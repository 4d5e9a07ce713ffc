// The answer of `ripen check` as text: what a merchandiser could read aloud.
#pragma once

#include <string>

#include "model/check_report.h"
#include "wording/phrasebook.h"

namespace ripen::wording {

struct CheckTextOptions {
  bool show_ids = false;  // the findings' technical ids behind their headlines
};

// Findings first, then the figures of every stage with their maturity, when the rest will be
// known, how many groups were looked at, and what was read. Lines of at most 90 columns, LF.
std::string CheckText(const CheckReport& report, const Phrasebook& phrasebook,
                      const CheckTextOptions& options = {});

// One figure with its maturity, without its stage's name: "24 in 100 (23–24), shown 22 Oct – 19
// Nov. Confirmed."; a provisional one never without its range and the day it settles; a pending one
// with its reason, bounds and dates.
std::string FigureSentence(const Metric& metric, const CheckReport& report,
                           const Phrasebook& phrasebook);
// Why nothing can be said yet, as a sentence.
std::string PendingSentence(PendingReason reason, const Phrasebook& phrasebook);

}  // namespace ripen::wording
