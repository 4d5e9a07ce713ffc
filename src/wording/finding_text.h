// A finding as sentences: one template per kind and stage.
#pragma once

#include <map>
#include <string>

#include "model/check_report.h"
#include "model/finding.h"
#include "model/message.h"
#include "wording/phrasebook.h"

namespace ripen::wording {

// A finding in one language.
struct Message {
  std::string template_name;                  // "rate_drop", "mix_shift", ...
  std::map<std::string, std::string> params;  // language-neutral facts, see RenderedMessage
  MessageText text;
};

// Words one finding of `report`. The other findings, the figures, the stages and the attributes of
// the report give what the sentences refer to: the cause of a shadow, the overall figure that hides
// a group's fall, what a stage counts from. A report with findings alone works as well; then the
// sentences that need more are left out.
Message Render(const Finding& finding, const CheckReport& report, const Phrasebook& phrasebook);
// Both languages, for JSON.
RenderedMessage RenderAll(const Finding& finding, const CheckReport& report);

}  // namespace ripen::wording
