#include "wording/fairness_text.h"

#include <fmt/format.h>

#include "wording/group_name.h"
#include "wording/message_format.h"
#include "wording/stage_words.h"

namespace ripen::wording {
namespace {

class PairWriter {
 public:
  PairWriter(const FairnessPair& pair, const FairnessReport& fairness, const CheckReport& report,
             const Phrasebook& phrasebook)
      : pair_(pair),
        fairness_(fairness),
        report_(report),
        phrasebook_(phrasebook),
        stages_(phrasebook, report.stages),
        names_(phrasebook, report.segments) {}

  MessageText Write() const {
    MessageText text;
    text.headline = CloseClauses(Headline());
    if (pair_.first_on) {
      text.details.push_back(phrasebook_.Say(
          "fairness.first_on", {{"date", phrasebook_.Date(*pair_.first_on, report_.as_of)}}));
    }
    if (pair_.reason || !pair_.now || !pair_.now->ratio) return text;
    if (pair_.start && pair_.start->ratio) {
      text.details.push_back(
          CloseClauses(phrasebook_.Say("fairness.pair.start", {{"was", Tens(*pair_.start->ratio)},
                                                               {"period", Period(*pair_.start)}})));
    }
    text.details.push_back(phrasebook_.Say("fairness.change." + GapVerdictName(pair_.verdict)));
    text.details.push_back(
        phrasebook_.Say("fairness.four_fifths." + FourFifthsName(pair_.now->four_fifths)));
    if (pair_.now->maturity() == Maturity::kProvisional) {
      text.details.push_back(phrasebook_.Say("fairness.provisional"));
    }
    return text;
  }

 private:
  std::string Period(const FairnessFigure& figure) const {
    return phrasebook_.FromTo(figure.from, figure.to, report_.as_of);
  }

  // Out of ten of the others, with the range.
  std::string Tens(const GapRange& ratio) const {
    return fmt::format("{} ({}–{})", phrasebook_.Number(10 * ratio.value, 1),
                       phrasebook_.Number(10 * ratio.low, 1),
                       phrasebook_.Number(10 * ratio.high, 1));
  }

  std::string Headline() const {
    if (pair_.reason) {
      return phrasebook_.Say("fairness.reason." + FairnessReasonName(*pair_.reason),
                             {{"attribute", names_.AttributeWord(pair_.attribute)}});
    }
    Args args{{"people", names_.People(pair_.group.value_or(Slice{}))},
              {"against", names_.People(pair_.against.value_or(Slice{}))},
              {"stage", stages_.Plural(fairness_.stage)}};
    if (!pair_.now || !pair_.now->ratio) return phrasebook_.Say("fairness.pair.unknown", args);
    args.emplace_back("now", Tens(*pair_.now->ratio));
    args.emplace_back("period", Period(*pair_.now));
    return phrasebook_.Say("fairness.pair.now", args);
  }

  const FairnessPair& pair_;
  const FairnessReport& fairness_;
  const CheckReport& report_;
  const Phrasebook& phrasebook_;
  StageWords stages_;
  GroupNames names_;
};

}  // namespace

MessageText FairnessPairText(const FairnessPair& pair, const FairnessReport& fairness,
                             const CheckReport& report, const Phrasebook& phrasebook) {
  return PairWriter(pair, fairness, report, phrasebook).Write();
}

MessageText FairnessText(const FairnessReport& fairness, const CheckReport& report,
                         const Phrasebook& phrasebook) {
  MessageText text;
  text.headline =
      fairness.start_from
          ? phrasebook.Say("fairness.start",
                           {{"period", phrasebook.FromTo(*fairness.start_from, *fairness.start_to,
                                                         report.as_of)}})
          : phrasebook.Say("fairness.nothing");
  text.details.push_back(phrasebook.Say("fairness.equal_age"));
  text.details.push_back(phrasebook.Say("fairness.convention"));
  return text;
}

}  // namespace ripen::wording
