#include "wording/sign_text.h"

#include "wording/finding_text.h"
#include "wording/finding_writer.h"

namespace ripen::wording {

std::string FindingWriter::SignClause() const {
  const std::string key = phrasebook_.KnownOrOther("finding.sign", finding_.code.value_or("other"));
  return phrasebook_.Say(key + (finding_.direction == Move::kRise ? ".rise" : ".fall"));
}

void FindingWriter::SignDetails() {
  std::string figures;
  if (finding_.before && finding_.after) {
    const std::string code = finding_.code.value_or("");
    const bool is_mean = code == SignCodeName(SignCode::kScoreDistribution) ||
                         code == SignCodeName(SignCode::kPositionMix);
    if (is_mean) {
      figures =
          phrasebook_.Say("finding.sign.mean", {{"now", phrasebook_.Number(*finding_.after, 3)},
                                                {"was", phrasebook_.Number(*finding_.before, 3)}});
    } else {
      const Phrasebook::Pair pair = phrasebook_.InHundredPair(*finding_.after, *finding_.before);
      figures = phrasebook_.Say("finding.sign.share", {{"now", pair.now}, {"was", pair.was}});
    }
  }
  AddFigures(figures);
  Add(phrasebook_.Say("finding.sign.hint"));
}

MessageText SignText(const Sign& sign, const CheckReport& report, const Phrasebook& phrasebook) {
  if (sign.finding) return Render(*sign.finding, report, phrasebook).text;
  if (sign.refused) return {phrasebook.Say("sign.reason." + NoSignName(*sign.refused)), {}};
  return {phrasebook.Say("sign.usual." + SignCodeName(sign.code)), {}};
}

}  // namespace ripen::wording
