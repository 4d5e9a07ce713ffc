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
  if (!expected.scores_cannot_see) return {line, {phrasebook.Say("expected.unconfirmed")}};
  text.headline = phrasebook.Say("expected.blind");
  text.details.push_back(line);
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
