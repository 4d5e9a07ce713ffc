// The details of every kind of finding but rate_shift.
#include <fmt/format.h>

#include <cmath>

#include "model/collections.h"
#include "wording/finding_writer.h"

namespace ripen::wording {

void FindingWriter::MixDetails() {
  AddFigures(finding_.before && finding_.after
                 ? stages_.Instead(StageOr(""), *finding_.after, *finding_.before)
                 : "");
  if (finding_.mix_attribute) {
    for (const MixTerm& term : finding_.mix_terms) {
      const Slice slice = Slice::Of({{*finding_.mix_attribute, term.value}});
      const Phrasebook::Pair pair = phrasebook_.InHundredPair(term.share_after, term.share_before);
      Add(phrasebook_.Say(
          "finding.mix.term",
          {{"group", Capitalised(names_.Name(slice))}, {"now", pair.now}, {"was", pair.was}}));
    }
  }
  if (finding_.mix_effect) {
    Add(phrasebook_.Say(MixPrefix() + ".effect",
                        {{"effect", phrasebook_.InHundred(std::abs(*finding_.mix_effect))}}));
  }
}

void FindingWriter::VolumeDetails() {
  std::string figures;
  if (finding_.before && finding_.after) {
    figures = phrasebook_.Say("finding.volume.figures",
                              {{"now", phrasebook_.Count(std::llround(*finding_.after))},
                               {"was", phrasebook_.Count(std::llround(*finding_.before))}});
  }
  AddFigures(figures);
}

void FindingWriter::LaunchDetails() {
  AddFigures(finding_.after ? phrasebook_.Say("finding.launch.figures",
                                              {{"now", phrasebook_.InHundred(*finding_.after)}})
                            : "");
  Add(phrasebook_.Say(finding_.code == LaunchOriginName(LaunchOrigin::kFound)
                          ? "finding.launch.found"
                          : "finding.launch.declared"));
}

void FindingWriter::DelayDetails() {
  const auto days = [&](double value) {
    const bool whole = std::abs(value - std::round(value)) < 0.05;
    if (whole) {
      return phrasebook_.Say("finding.delay.days",
                             {phrasebook_.CountArg("days", std::llround(value))});
    }
    return phrasebook_.Say("finding.delay.days.part", {{"days", phrasebook_.Number(value, 1)}});
  };
  std::string figures;
  if (finding_.before && finding_.after) {
    figures = phrasebook_.Say("finding.delay.figures",
                              {{"now", days(*finding_.after)}, {"was", days(*finding_.before)}});
  }
  AddFigures(figures);
  Add(phrasebook_.Say("finding.delay.meaning"));
  if (!finding_.explained_by) AddCertainty();
}

void FindingWriter::ExposureDetails() {
  std::string figures;
  if (finding_.before && finding_.after) {
    const Phrasebook::Pair pair = phrasebook_.InHundredPair(*finding_.after, *finding_.before);
    figures = phrasebook_.Say("finding.exposure.figures", {{"now", pair.now}, {"was", pair.was}});
  }
  AddFigures(figures);
  if (!finding_.explained_by) AddCertainty();
}

std::string FindingWriter::FairnessClause() const {
  const Slice against = finding_.against.value_or(Slice{});
  const std::string people = names_.People(finding_.slice);
  if (!finding_.since || finding_.against_before.value_or(0) <= 0 ||
      finding_.against_after.value_or(0) <= 0) {
    return phrasebook_.Say("finding.fairness.headline",
                           {{"people", people}, {"against", names_.People(against)}});
  }
  const double now = 10 * (*finding_.after / *finding_.against_after + 1);
  const double was = 10 * (*finding_.before / *finding_.against_before + 1);
  const int decimals = std::round(now) == std::round(was) ? 1 : 0;
  return phrasebook_.Say("finding.fairness.ratio." + StageId(),
                         {{"people", people},
                          {"against", names_.People(against)},
                          {"stage", stages_.Plural(StageOr(""))},
                          {"now", phrasebook_.Number(now, decimals)},
                          {"was", phrasebook_.Number(was, decimals)},
                          {"date", Date(*finding_.since)}});
}

void FindingWriter::FairnessRates() {
  const std::string stage = StageOr("");
  const auto say = [&](const Slice& slice, double now, double was) {
    Add(phrasebook_.Say("finding.fairness.group", {{"group", Capitalised(names_.Name(slice))},
                                                   {"figures", stages_.Instead(stage, now, was)}}));
  };
  say(finding_.slice, *finding_.after + *finding_.against_after,
      *finding_.before + *finding_.against_before);
  say(finding_.against.value_or(Slice{}), *finding_.against_after, *finding_.against_before);
}

void FindingWriter::FairnessDetails() {
  std::string figures;
  if (finding_.against_before && finding_.against_after) {
    FairnessRates();
  } else if (finding_.before && finding_.after) {
    const Phrasebook::Pair pair =
        phrasebook_.InHundredPair(std::abs(*finding_.after), std::abs(*finding_.before));
    figures = phrasebook_.Say("finding.fairness.figures", {{"now", pair.now}, {"was", pair.was}});
  }
  AddFigures(figures);
  if (finding_.stage && !finding_.against_after) {
    Add(phrasebook_.Say("finding.fairness." + StageWords::Id(*finding_.stage), StageArgs()));
  }
  if (finding_.explained_by) return;
  AddCertainty();
  if (finding_.code == "fewer_or_later") Add(phrasebook_.Say("finding.fewer_or_later"));
}

void FindingWriter::EstimateDetails() {
  if (finding_.observed && finding_.expected) {
    AddFigures(phrasebook_.Say("finding.estimate.figures",
                               {{"now", phrasebook_.InHundred(*finding_.observed)},
                                {"was", phrasebook_.InHundred(*finding_.expected)}}));
  }
  Add(phrasebook_.Say("finding.estimate.meaning"));
}

void FindingWriter::DataDetails() {
  // Shares are fractions, amounts are not; the code says which it is.
  const std::string code = finding_.code.value_or("other");
  const bool share =
      code == "too_many_rejected" || code == "missing_values" || code.substr(0, 5) == "many_";
  const auto number = [&](const std::optional<double>& value) -> std::string {
    if (!value) return "?";
    return share ? phrasebook_.InHundred(*value) : phrasebook_.Number(*value, 0);
  };
  const std::string key = DataPrefix() + ".figures";
  const bool complete =
      (finding_.observed || code == "stage_silent" || code == "no_recommendations") &&
      (finding_.expected || share);
  const std::string attribute = DataAttribute();
  std::string figures;
  if (complete || code == "values_changed") {
    figures = phrasebook_.Say(key, {{"observed", number(finding_.observed)},
                                    {"expected", number(finding_.expected)},
                                    {"attribute", attribute}});
  }
  if (finding_.since) {
    const std::string since =
        phrasebook_.Say("finding.since.only", {{"date", Date(*finding_.since)}});
    figures = JoinWords(figures, since);
  }
  Add(figures);
  const std::string meaning = DataPrefix() + ".meaning";
  if (phrasebook_.Has(meaning)) {
    Add(phrasebook_.Say(meaning, {{"attribute", attribute}}));
  } else {
    Add(phrasebook_.Say("finding.data.meaning"));
  }
}

}  // namespace ripen::wording
