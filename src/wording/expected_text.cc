#include "wording/expected_text.h"

#include <algorithm>

#include "wording/finding_text.h"
#include "wording/stage_words.h"

namespace ripen::wording {

MessageText ExpectedText(const ExpectedReport& expected, const CheckReport& report,
                         const Phrasebook& phrasebook) {
  if (expected.refused) {
    return {phrasebook.Say("expected.reason." + NoExpectationName(*expected.refused)), {}};
  }
  MessageText text;
  if (!expected.recent || !expected.recent->expected) {
    return {phrasebook.Say("expected.reason.no_scores"), {}};
  }
  const StageWords stages(phrasebook, report.stages);
  const std::string line = phrasebook.Say(
      "expected.line", {{"figure", stages.Figure(expected.stage, *expected.recent->expected)}});
  const std::string unconfirmed = phrasebook.Say("expected.unconfirmed");
  if (expected.scores_mean_other) {
    const bool fewer = *expected.recent->ratio < 1;
    return {line,
            {unconfirmed, phrasebook.Say(fewer ? "expected.other.fewer" : "expected.other.more")}};
  }
  if (!expected.scores_cannot_see) return {line, {unconfirmed}};
  text.headline = phrasebook.Say("expected.blind");
  text.details = {line, unconfirmed};
  const auto finding =
      std::find_if(report.findings.begin(), report.findings.end(),
                   [&](const Finding& each) { return each.id == expected.finding; });
  if (finding != report.findings.end()) {
    text.details.push_back(Render(*finding, report, phrasebook).text.headline);
  }
  return text;
}

std::string ExpectedLimits(const Phrasebook& phrasebook) {
  return phrasebook.Say("expected.limits");
}

}  // namespace ripen::wording
