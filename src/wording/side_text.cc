#include "wording/side_text.h"

#include <fmt/format.h>

#include <algorithm>

#include "wording/group_name.h"
#include "wording/message_format.h"
#include "wording/stage_words.h"

namespace ripen::wording {
namespace {

class SideWriter {
 public:
  SideWriter(const SideBySide& comparison, const CheckReport& report, const Phrasebook& phrasebook)
      : comparison_(comparison),
        report_(report),
        phrasebook_(phrasebook),
        stages_(phrasebook, report.stages),
        names_(phrasebook, report.segments) {}

  MessageText Write() const {
    MessageText text;
    text.headline = CloseClauses(Headline());
    if (comparison_.refused) {
      if (comparison_.first_on) {
        text.details.push_back(
            phrasebook_.Say("side.first_on", {{"date", Date(*comparison_.first_on)}}));
      }
      return text;
    }
    text.details.push_back(phrasebook_.Say("side.any_day"));
    text.details.push_back(Days());
    AddMix(text.details);
    if (Claimed()) text.details.push_back(phrasebook_.Say("side.chance"));
    return text;
  }

 private:
  std::string Date(Day day) const { return phrasebook_.Date(day, report_.as_of); }
  bool Claimed() const {
    return comparison_.verdict == SidesVerdict::kMore ||
           comparison_.verdict == SidesVerdict::kFewer;
  }

  std::string Headline() const {
    if (comparison_.refused) {
      Args args = ShortArgs();
      args.emplace_back("attributes", Attributes(comparison_.mix_differs));
      return phrasebook_.Say("side.refused." + NotSideBySideName(*comparison_.refused), args);
    }
    if (Claimed()) return Difference();
    Args args = ShortArgs();
    args.emplace_back("figure", stages_.FigureText(comparison_.stage, Between()));
    if (comparison_.verdict == SidesVerdict::kNoneYet) {
      return phrasebook_.Say("side.none_yet", args);
    }
    const std::optional<Day> day =
        comparison_.claimed_on ? comparison_.claimed_on : comparison_.claimed_with;
    args.emplace_back("date", day ? Date(*day) : "");
    return phrasebook_.Say("side.faded", args);
  }

  std::string Difference() const {
    const bool more = comparison_.verdict == SidesVerdict::kMore;
    const double low = more ? *comparison_.low : -*comparison_.high;
    const double high = more ? *comparison_.high : -*comparison_.low;
    Args args = stages_.StageArgs(comparison_.stage);
    args.emplace_back("a", Capitalised(Subject(comparison_.arm)));
    args.emplace_back("b", Subject(comparison_.against));
    args.emplace_back("among", comparison_.held_same.empty() ? "" : phrasebook_.Say("side.among"));
    args.emplace_back("figures", stages_.Instead(comparison_.stage, comparison_.arm.rate,
                                                 comparison_.against.rate));
    args.emplace_back("range", phrasebook_.InHundredRange(low, high));
    const std::string id = StageWords::Id(comparison_.stage);
    return phrasebook_.Say(fmt::format("side.{}.{}", more ? "more" : "fewer", id), args);
  }

  // One of the two as a plural noun phrase of what the stage counts from.
  std::string Subject(const SideArm& arm) const {
    const Slice slice{{{comparison_.attribute, arm.value}}};
    const bool of_purchase = stages_.BaseOf(comparison_.stage) == "purchase";
    if (of_purchase && names_.KindOf(comparison_.attribute) == AttributeKind::kContext) {
      return phrasebook_.Say("side.subject.bought.context",
                             {{"context", names_.Words(slice).context}});
    }
    return stages_.Subject(comparison_.stage, slice, names_);
  }

  Args ShortArgs() const {
    const auto value = [this](const SideArm& arm) {
      return phrasebook_.Quote(names_.ValueLabel({comparison_.attribute, arm.value}));
    };
    std::string stage = stages_.Label(comparison_.stage);
    if (phrasebook_.language() == "en" && StageWords::Id(comparison_.stage) != "other") {
      stage[0] = static_cast<char>(stage[0] | 0x20);  // our own words begin with a letter of ASCII
    }
    return {{"attribute", names_.AttributeLabel(comparison_.attribute)},
            {"stage", stage},
            {"a", value(comparison_.arm)},
            {"b", value(comparison_.against)}};
  }

  // "between -0.4 and +0.5".
  std::string Between() const {
    const Phrasebook::Pair pair = phrasebook_.InHundredPair(*comparison_.low, *comparison_.high);
    const auto sign = [](double end, const std::string& number) {
      return end > 0 ? "+" + number : number;
    };
    return phrasebook_.Say("side.between", {{"low", sign(*comparison_.low, pair.now)},
                                            {"high", sign(*comparison_.high, pair.was)}});
  }

  std::string Days() const {
    std::string text = phrasebook_.Say(
        "side.days",
        {phrasebook_.CountArg("days", comparison_.days),
         {"period", phrasebook_.FromTo(*comparison_.from, *comparison_.to, report_.as_of)}});
    if (Claimed() && comparison_.claimed_on) {
      text += " " + phrasebook_.Say("side.since", {{"date", Date(*comparison_.claimed_on)}});
    }
    return text;
  }

  std::string Attributes(const std::vector<std::string>& attributes) const {
    std::vector<std::string> words;
    for (const std::string& attribute : attributes) {
      words.push_back(names_.AttributeWord(attribute));
    }
    return phrasebook_.List(words);
  }

  void AddMix(std::vector<std::string>& details) const {
    std::vector<std::string> held;
    std::vector<std::string> not_held;
    for (const std::string& attribute : comparison_.mix_differs) {
      const auto& same = comparison_.held_same;
      const bool is_held = std::find(same.begin(), same.end(), attribute) != same.end();
      (is_held ? held : not_held).push_back(attribute);
    }
    const auto add = [&](const char* key, const std::vector<std::string>& attributes) {
      if (attributes.empty()) return;
      details.push_back(phrasebook_.Say(key, {{"attributes", Attributes(attributes)}}));
    };
    add("side.mix.held", held);
    add("side.mix.small", not_held);
  }

  const SideBySide& comparison_;
  const CheckReport& report_;
  const Phrasebook& phrasebook_;
  StageWords stages_;
  GroupNames names_;
};

}  // namespace

MessageText SideText(const SideBySide& comparison, const CheckReport& report,
                     const Phrasebook& phrasebook) {
  return SideWriter(comparison, report, phrasebook).Write();
}

}  // namespace ripen::wording
