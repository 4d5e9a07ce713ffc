#include "wording/collections_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "wording/group_name.h"
#include "wording/message_format.h"
#include "wording/stage_words.h"

namespace ripen::wording {
namespace {

class CollectionsWriter {
 public:
  CollectionsWriter(const CollectionsReport& collections, const CheckReport& report,
                    const Phrasebook& phrasebook)
      : collections_(collections),
        report_(report),
        phrasebook_(phrasebook),
        stages_(phrasebook, report.stages),
        names_(phrasebook, report.segments) {}

  MessageText Overall() const {
    if (!collections_.switches.empty()) return Switch(collections_.switches.front());
    return {phrasebook_.Say("collections.none." + NoCollectionsName(collections_.reason.value_or(
                                                      NoCollections::kNoCollection))),
            {}};
  }

  MessageText Switch(const CollectionSwitch& change) const {
    MessageText text;
    Args args = Sides(change);
    args.emplace_back("date", Date(change.launched_on));
    text.headline = phrasebook_.Say("collections.switch", args);
    if (const auto last = LastDay(change)) {
      text.details.push_back(phrasebook_.Say("collections.last_on", {{"date", Date(*last)}}));
    }
    text.details.push_back(phrasebook_.Say("collections.cold_start"));
    return text;
  }

  MessageText Comparison(const CollectionSwitch& change, const SwitchStage& stage,
                         const CollectionComparison& comparison) const {
    if (comparison.refused) return Refused(change, stage, comparison);
    if (comparison.kind == SwitchComparison::kGroups) return Groups(change, comparison);
    MessageText text;
    Args args = Sides(change);
    const auto& [now, was] = std::pair(*comparison.new_side, *comparison.old_side);
    args.emplace_back("figures", Figures(stage.stage, now.rate, was.rate, change));
    args.push_back(phrasebook_.CountArg("days", comparison.days));
    text.headline = phrasebook_.Say("collections." + SwitchComparisonName(comparison.kind), args);
    if (comparison.ratio) text.details.push_back(RangeOf(comparison));
    if (comparison.last_year)
      text.details.push_back(LastYearLine(stage.stage, *comparison.last_year));
    if (!comparison.held_same.empty()) {
      std::vector<std::string> words;
      for (const std::string& name : comparison.held_same)
        words.push_back(names_.AttributeWord(name));
      text.details.push_back(
          phrasebook_.Say("collections.held_same", {{"attributes", phrasebook_.List(words)}}));
    }
    return text;
  }

  std::string Group(const CollectionSwitch& change, const GroupReception& group) const {
    Args args = Sides(change);
    args.emplace_back("group", Capitalised(names_.Name(group.slice)));
    return phrasebook_.Say("collections.group." + ReceptionName(group.verdict), args);
  }

 private:
  std::string Date(Day day) const { return phrasebook_.Date(day, report_.as_of); }
  std::string Name(const AttributeValue& value) const {
    return phrasebook_.Quote(names_.ValueLabel({collections_.attribute.value_or(""), value}));
  }
  Args Sides(const CollectionSwitch& change) const {
    return {{"new", Name(change.new_collection)}, {"old", Name(change.old_collection)}};
  }

  // The last morning that is still to come on which something can be compared.
  std::optional<Day> LastDay(const CollectionSwitch& change) const {
    std::optional<Day> last;
    for (const SwitchStage& stage : change.stages) {
      for (const CollectionComparison& comparison : stage.comparisons) {
        if (comparison.refused != SwitchRefusal::kTooYoung || !comparison.comparable_on) continue;
        last = last ? std::max(*last, *comparison.comparable_on) : *comparison.comparable_on;
      }
    }
    return last;
  }

  // "26 in 100, “Autumn” 29".
  std::string Figures(const std::string& stage, double now, double was,
                      const CollectionSwitch& change) const {
    const Phrasebook::Pair pair = phrasebook_.InHundredPair(now, was);
    return phrasebook_.Say("collections.figures", {{"now", stages_.FigureText(stage, pair.now)},
                                                   {"old", Name(change.old_collection)},
                                                   {"was", pair.was}});
  }

  // 0.86 -> "14 % lower".
  std::string Percent(double ratio) const {
    const double change = (ratio - 1) * 100;
    const std::string number = phrasebook_.Number(std::abs(change), std::abs(change) < 10 ? 1 : 0);
    return phrasebook_.Say(change < 0 ? "collections.lower" : "collections.higher",
                           {{"percent", number}});
  }

  std::string RangeOf(const CollectionComparison& comparison) const {
    const std::string of = comparison.of_odds ? "odds" : "rates";
    return phrasebook_.Say(
        fmt::format("collections.range.{}.{}", of,
                    SwitchVerdictName(comparison.verdict.value_or(SwitchVerdict::kNoneYet))),
        {{"value", Percent(comparison.ratio->value)},
         {"low", Percent(comparison.ratio->low)},
         {"high", Percent(comparison.ratio->high)}});
  }

  std::string LastYearLine(const std::string& stage, const LastYear& year) const {
    const Phrasebook::Pair pair = phrasebook_.InHundredPair(year.new_side.rate, year.old_side.rate);
    return phrasebook_.Say("collections.last_year.then",
                           {{"date", phrasebook_.DateWithYear(year.launched_on)},
                            {"new", Name(year.new_collection)},
                            {"old", Name(year.old_collection)},
                            {"now", stages_.FigureText(stage, pair.now)},
                            {"was", pair.was}});
  }

  MessageText Groups(const CollectionSwitch& change, const CollectionComparison& comparison) const {
    MessageText text;
    std::vector<std::string> worse;
    std::vector<std::string> better;
    for (const GroupReception& group : comparison.groups) {
      if (group.verdict == Reception::kWorse) worse.push_back(names_.Name(group.slice));
      if (group.verdict == Reception::kBetter) better.push_back(names_.Name(group.slice));
    }
    Args args = Sides(change);
    if (worse.empty() && better.empty()) {
      text.headline = phrasebook_.Say("collections.groups.none", args);
    } else {
      args.emplace_back("groups", Capitalised(phrasebook_.List(worse.empty() ? better : worse)));
      text.headline = phrasebook_.Say(
          worse.empty() ? "collections.groups.better" : "collections.groups.worse", args);
      if (!worse.empty() && !better.empty()) {
        Args more = Sides(change);
        more.emplace_back("groups", Capitalised(phrasebook_.List(better)));
        text.details.push_back(phrasebook_.Say("collections.groups.better", more));
      }
    }
    text.details.push_back(phrasebook_.Say("collections.groups.how"));
    return text;
  }

  MessageText Refused(const CollectionSwitch& change, const SwitchStage& stage,
                      const CollectionComparison& comparison) const {
    Args args = Sides(change);
    args.emplace_back("stage", stages_.Plural(stage.stage));
    const std::string reason =
        phrasebook_.Say("collections.refused." + SwitchRefusalName(*comparison.refused), args);
    MessageText text;
    if (comparison.refused == SwitchRefusal::kTooYoung && comparison.comparable_on) {
      text.headline = phrasebook_.Say(
          "collections.until", {{"date", Date(*comparison.comparable_on)}, {"reason", reason}});
    } else {
      text.headline = phrasebook_.Say("collections.not_comparable", {{"reason", reason}});
    }
    return text;
  }

  const CollectionsReport& collections_;
  const CheckReport& report_;
  const Phrasebook& phrasebook_;
  StageWords stages_;
  GroupNames names_;
};

}  // namespace

MessageText CollectionsText(const CollectionsReport& collections, const CheckReport& report,
                            const Phrasebook& phrasebook) {
  return CollectionsWriter(collections, report, phrasebook).Overall();
}

MessageText SwitchText(const CollectionSwitch& change, const CollectionsReport& collections,
                       const CheckReport& report, const Phrasebook& phrasebook) {
  return CollectionsWriter(collections, report, phrasebook).Switch(change);
}

MessageText SwitchComparisonText(const CollectionSwitch& change, const SwitchStage& stage,
                                 const CollectionComparison& comparison,
                                 const CollectionsReport& collections, const CheckReport& report,
                                 const Phrasebook& phrasebook) {
  return CollectionsWriter(collections, report, phrasebook).Comparison(change, stage, comparison);
}

std::string ReceptionText(const CollectionSwitch& change, const GroupReception& group,
                          const CollectionsReport& collections, const CheckReport& report,
                          const Phrasebook& phrasebook) {
  return CollectionsWriter(collections, report, phrasebook).Group(change, group);
}

}  // namespace ripen::wording
