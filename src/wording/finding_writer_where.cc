// Where in its group a change sits: the responsible group, and what a reader would suspect.
#include "wording/finding_writer.h"

namespace ripen::wording {

std::string FindingWriter::NamesOf(const std::vector<Slice>& slices) const {
  std::vector<std::string> names;
  for (const Slice& slice : slices) names.push_back(names_.Name(slice));
  return phrasebook_.List(names);
}

void FindingWriter::AddSuspect(const Suspect& suspect) {
  if (!suspect.value) return;
  Args args{{"attribute", names_.AttributeWord(suspect.attribute)},
            {"value", names_.ValueLabel({suspect.attribute, *suspect.value})}};
  switch (suspect.verdict) {
    case SuspectVerdict::kSwitched:
      args.emplace_back("before", phrasebook_.AboutInHundred(suspect.share_before.value_or(0)));
      args.emplace_back("since", phrasebook_.AboutInHundred(suspect.share_since.value_or(0)));
      Add(phrasebook_.Say("finding.suspect.switched", args));
      return;
    case SuspectVerdict::kOnlyWith: Add(phrasebook_.Say("finding.suspect.only_with", args)); return;
    case SuspectVerdict::kStrongerWith:
      Add(phrasebook_.Say("finding.suspect.stronger_with", args));
      return;
    case SuspectVerdict::kSameEverywhere:
    case SuspectVerdict::kTooFew: return;
  }
}

void FindingWriter::AddWhere() {
  const auto& responsible = finding_.responsible;
  const bool narrower = responsible && responsible->slice != finding_.slice;
  if (narrower && !responsible->parts.empty()) {
    Add(phrasebook_.Say("finding.responsible.parts", {{"groups", NamesOf(responsible->parts)}}));
  } else if (narrower) {
    Add(phrasebook_.Say(
        "finding.responsible.narrower",
        {{"group", names_.Name(responsible->slice)},
         {"figures", stages_.Instead(StageOr(""), responsible->after, responsible->before)}}));
  }
  const std::vector<std::string>& same_in = responsible ? responsible->same_in : finding_.same_in;
  if (!same_in.empty() && !(finding_.slice.IsTotal() && !narrower)) {
    std::vector<std::string> attributes;
    for (const std::string& attribute : same_in) {
      attributes.push_back(names_.AttributeWord(attribute));
    }
    Add(phrasebook_.Say("finding.same_in", {{"attributes", phrasebook_.List(attributes)}}));
  }
  if (responsible) {
    for (const Suspect& suspect : responsible->suspects) AddSuspect(suspect);
  }
  const std::vector<Slice>& competitors =
      responsible ? responsible->competitors : finding_.competitors;
  if (!competitors.empty()) {
    Add(phrasebook_.Say("finding.competitors", {{"groups", NamesOf(competitors)}}));
  }
}

}  // namespace ripen::wording
