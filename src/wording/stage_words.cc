#include "wording/stage_words.h"

#include <fmt/format.h>

namespace ripen::wording {

std::string StageWords::Id(const std::string& stage) {
  const bool has_words =
      stage == "click" || stage == "purchase" || stage == "return" || stage == "kept";
  return has_words ? stage : "other";
}

std::string StageWords::BaseOf(const std::string& stage) const {
  for (const StageSummary& summary : stages_) {
    if (summary.stage.name == stage) return summary.stage.of;
  }
  return stage == "return" ? "purchase" : "shown";
}

std::string StageWords::BaseId(const std::string& stage) const {
  const std::string base = BaseOf(stage);
  return base == "shown" || base == "click" || base == "purchase" ? base : "other";
}

Args StageWords::StageArgs(const std::string& stage) const {
  return {{"stage", phrasebook_.Quote(PrintableValue(stage))},
          {"base", phrasebook_.Quote(PrintableValue(BaseOf(stage)))}};
}

std::string StageWords::Label(const std::string& stage) const {
  return phrasebook_.Say(fmt::format("stage.{}.label", Id(stage)),
                         {{"stage", Capitalised(PrintableValue(stage))}});
}

std::string StageWords::Plural(const std::string& stage) const {
  return phrasebook_.Say(fmt::format("stage.{}.plural", Id(stage)), StageArgs(stage));
}

std::string StageWords::FigureText(const std::string& stage, const std::string& number) const {
  Args args = StageArgs(stage);
  args.emplace_back("figure", number);
  return phrasebook_.Say(fmt::format("rate.unit.{}", BaseId(stage)), args);
}

std::string StageWords::Figure(const std::string& stage, double rate) const {
  return FigureText(stage, phrasebook_.InHundred(rate));
}

std::string StageWords::Instead(const std::string& stage, double now, double was) const {
  const Phrasebook::Pair pair = phrasebook_.InHundredPair(now, was);
  return InsteadText(stage, pair.now, pair.was);
}

std::string StageWords::InsteadText(const std::string& stage, const std::string& now,
                                    const std::string& was) const {
  Args args = StageArgs(stage);
  args.emplace_back("now", now);
  args.emplace_back("was", was);
  return phrasebook_.Say(fmt::format("rate.instead.{}", BaseId(stage)), args);
}

std::string StageWords::SoFar(const std::string& stage, std::int64_t count,
                              std::int64_t trials) const {
  Args args = StageArgs(stage);
  args.push_back(phrasebook_.CountArg("count", count));
  args.push_back(phrasebook_.CountArg("trials", trials));
  return phrasebook_.Say(fmt::format("stage.{}.so_far", Id(stage)), args);
}

std::string StageWords::Subject(const std::string& stage, const Slice& slice,
                                const GroupNames& names) const {
  const GroupWords words = names.Words(slice);
  const std::string_view form = slice.IsTotal()                                 ? "total"
                                : !words.people.empty() && !words.items.empty() ? "both"
                                : !words.people.empty()                         ? "people"
                                : !words.items.empty()                          ? "items"
                                                                                : "context";
  Args args = StageArgs(stage);
  args.emplace_back("people", words.people);
  args.emplace_back("items", words.items);
  return JoinWords(phrasebook_.Say(fmt::format("subject.{}.{}", BaseId(stage), form), args),
                   words.context);
}

}  // namespace ripen::wording
