// The drill's answer as sentences and a small table.
#pragma once

#include <string>
#include <vector>

#include "model/drill.h"
#include "wording/phrasebook.h"

namespace ripen::wording {

struct DrillText {
  std::string headline;
  std::vector<std::string> details;
  std::vector<std::string> table;  // a heading, then one line for each size, in columns
};

// Headline: when the change asked for would be noticed, and below which size none would.
DrillText RenderDrill(const DrillReport& report, const Phrasebook& phrasebook);

// The same as a terminal shows it.
std::string DrillPage(const DrillText& text);

}  // namespace ripen::wording
