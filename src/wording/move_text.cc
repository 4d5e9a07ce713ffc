#include "wording/move_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <variant>

#include "wording/group_name.h"
#include "wording/message_format.h"
#include "wording/stage_words.h"

namespace ripen::wording {
namespace {

constexpr std::size_t kMostNamed = 3;
constexpr double kLeastSurplus = .25;  // of the rates' effect: a group that is named stands out
// Half widths of its 90 % range (3.3 standard errors): among the dozens of groups of a shop some
// leave their range by chance, and only an alert has been weighed against that.
constexpr double kSureWithoutAlert = 2;

// The rate of a settled or estimated figure. Requires: it is not pending.
double RateOf(const Metric& metric) {
  if (const auto* rate = std::get_if<ConfirmedRate>(&metric.state)) return rate->rate;
  return std::get<ProvisionalRate>(metric.state).rate;
}

// One reason and what it does to the total, in units of the last digit printed.
struct Part {
  double effect = 0;
  std::string reason;
  bool clear = true;  // else within its range: no reason is given
  long units = 0;
};

class MoveWriter {
 public:
  MoveWriter(const TotalMove& move, const CheckReport& report, const Phrasebook& phrasebook)
      : move_(move),
        report_(report),
        phrasebook_(phrasebook),
        stages_(phrasebook, report.stages),
        names_(phrasebook, report.segments),
        id_(StageWords::Id(move.stage)) {
    // No more digits than the move or, where it is unclear, its range can carry.
    const double width = (move.move.high - move.move.low) / 2;
    const double least = move.move.BeyondItsRange() ? 1e-8 : std::max(width, 1e-8);
    const double size = std::max(std::abs(move.move.value), least) * 100;
    decimals_ = std::clamp(static_cast<int>(std::ceil(1 - std::log10(size))), 1, 3);
    per_unit_ = std::pow(10, decimals_);
  }

  MessageText Write() {
    MessageText text;
    text.headline = CloseClauses(Headline());
    const Day as_of = report_.as_of;
    text.details.push_back(phrasebook_.Say(
        "move.periods",
        {{"now", phrasebook_.Span(*move_.from, *move_.to, as_of)},
         {"before", phrasebook_.Span(*move_.before_from, *move_.before_to, as_of)}}));
    const auto* now = std::get_if<ProvisionalRate>(&move_.after->state);
    const auto* was = std::get_if<ProvisionalRate>(&move_.before->state);
    if (now == nullptr && was == nullptr) {
      text.details.push_back(phrasebook_.Say("move.confirmed"));
    } else {
      const Day settles = now == nullptr   ? was->settles_on
                          : was == nullptr ? now->settles_on
                                           : std::max(now->settles_on, was->settles_on);
      text.details.push_back(
          phrasebook_.Say("move.provisional", {{"date", phrasebook_.Date(settles, as_of)}}));
    }
    return text;
  }

 private:
  long Units(double rate) const { return std::lround(rate * 100 * per_unit_); }
  std::string Printed(long units) const {
    return phrasebook_.Decimals(static_cast<double>(units) / per_unit_, decimals_);
  }

  std::string Figure(const Metric& metric) const {
    std::string text = Printed(Units(RateOf(metric)));
    if (const auto* open = std::get_if<ProvisionalRate>(&metric.state)) {
      const std::string range = phrasebook_.Say(
          "format.range",
          {{"low", Printed(Units(open->low))}, {"high", Printed(Units(open->high))}});
      return phrasebook_.Say("move.about", {{"figure", text}, {"range", range}});
    }
    return text;
  }

  // "Overall, 22.5 instead of 25.1 in 100 were clicked".
  std::string Overall() const {
    Args args = stages_.StageArgs(move_.stage);
    args.emplace_back(
        "figures", stages_.InsteadText(move_.stage, Figure(*move_.after), Figure(*move_.before)));
    return phrasebook_.Say("move.overall." + id_, args);
  }

  std::string Headline() {
    const std::string overall = Overall();
    if (!move_.move.BeyondItsRange()) {
      return phrasebook_.Say("move.within", {{"overall", overall}});
    }
    if (move_.simpson) {
      if (auto text = Simpson(overall)) return *text;
    }
    std::vector<Part> parts = Parts();
    Round(parts);
    parts.erase(std::remove_if(parts.begin(), parts.end(),
                               [](const Part& part) { return part.units == 0; }),
                parts.end());
    if (parts.empty() || !parts.front().clear)
      return phrasebook_.Say("move.plain", {{"overall", overall}});
    if (parts.size() == 1) {
      return phrasebook_.Say("move.only", {{"overall", overall}, {"reason", parts.front().reason}});
    }
    return phrasebook_.Say("move.parts", {{"overall", overall}, {"parts", Joined(parts)}});
  }

  // Parts that pull the same way say "of the fall", others say less and more.
  std::string Joined(const std::vector<Part>& parts) const {
    const bool falls = move_.move.value < 0;
    const bool same = std::all_of(parts.begin(), parts.end(),
                                  [&](const Part& part) { return (part.units < 0) == falls; });
    std::string text;
    bool turned = false;
    for (const Part& part : parts) {
      const bool down = part.units < 0;
      std::string form = down ? "less" : "more";
      if (same) form = !text.empty() ? "next" : falls ? "of_fall" : "of_rise";
      if (!same && down != falls && !turned) {
        turned = true;
        if (!text.empty()) form = down ? "but_less" : "but_more";
      }
      const std::string key = (part.clear ? "move.part." : "move.chance.") + form;
      const std::string next = phrasebook_.Say(
          key, {{"points", Printed(std::labs(part.units))}, {"reason", part.reason}});
      text = text.empty() ? next
                          : phrasebook_.Say("format.list.comma", {{"first", text}, {"last", next}});
    }
    return text;
  }

  // Rounds every part, and gives what the rounded parts lack to those that were rounded most.
  void Round(std::vector<Part>& parts) const {
    long left = Units(RateOf(*move_.after)) - Units(RateOf(*move_.before));
    for (Part& part : parts) {
      part.units = Units(part.effect);
      left -= part.units;
    }
    while (left != 0 && !parts.empty()) {
      const long step = left > 0 ? 1 : -1;
      const auto lack = [&](const Part& part) {
        return (part.effect * 100 * per_unit_ - static_cast<double>(part.units)) *
               static_cast<double>(step);
      };
      auto most = std::max_element(parts.begin(), parts.end(),
                                   [&](const Part& a, const Part& b) { return lack(a) < lack(b); });
      most->units += step;
      left -= step;
    }
  }

  Slice GroupOf(const MoveTerm& term) const { return Slice::Of({{*move_.attribute, term.value}}); }

  bool OfPeople() const { return names_.KindOf(*move_.attribute) == AttributeKind::kCustomer; }

  // "customers aged 25-34 click less"; `people` and `subject` name the group in both forms.
  std::string RateReason(double effect, const std::string& people,
                         const std::string& subject) const {
    Args args = stages_.StageArgs(move_.stage);
    args.emplace_back("people", people);
    args.emplace_back("subject", subject);
    return phrasebook_.Say(fmt::format("move.reason.{}.{}.{}", id_, effect < 0 ? "less" : "more",
                                       OfPeople() ? "people" : "subject"),
                           args);
  }

  // The groups whose rates stand out, then all other rates together, then the mix; the largest
  // first of those that pull the total's way.
  std::vector<Part> Parts() const {
    std::vector<const MoveTerm*> named;
    for (const MoveTerm& term : move_.terms) {
      const double share = (term.share_before + term.share_after) / 2;
      const double surplus = term.rate.value - share * move_.rate.value;
      const double against = std::max(std::abs(move_.rate.value), std::abs(move_.move.value) / 2);
      if (term.others || !MayBeNamed(term) || surplus * term.rate.value <= 0 ||
          std::abs(surplus) < kLeastSurplus * against) {
        continue;
      }
      named.push_back(&term);
    }
    std::stable_sort(named.begin(), named.end(), [](const MoveTerm* a, const MoveTerm* b) {
      return std::abs(a->rate.value) > std::abs(b->rate.value);
    });
    if (named.size() > kMostNamed) named.resize(kMostNamed);
    std::vector<Part> parts;
    double rest = move_.rate.value;
    for (const MoveTerm* term : named) {
      const Slice group = GroupOf(*term);
      parts.push_back({term->rate.value, RateReason(term->rate.value, names_.People(group),
                                                    stages_.Subject(move_.stage, group, names_))});
      rest -= term->rate.value;
    }
    if (named.empty()) {
      parts.push_back(
          {rest,
           RateReason(rest, phrasebook_.Say("people"), stages_.Subject(move_.stage, {}, names_)),
           move_.rate.BeyondItsRange()});
    } else {
      const std::string others = phrasebook_.Say("move.others");
      parts.push_back({rest, RateReason(rest, others, others), OthersClear(named, rest)});
    }
    parts.push_back({move_.mix.value, MixReason(), move_.mix.BeyondItsRange()});
    // A total that clearly moved has a reason: the larger part, where neither is clear.
    if (std::none_of(parts.begin(), parts.end(), [](const Part& part) { return part.clear; })) {
      std::max_element(parts.begin(), parts.end(), [](const Part& a, const Part& b) {
        return std::abs(a.effect) < std::abs(b.effect);
      })->clear = true;
    }
    // What may be chance is one part.
    Part chance{0, "", false};
    for (const Part& part : parts) chance.effect += part.clear ? 0 : part.effect;
    std::erase_if(parts, [](const Part& part) { return !part.clear; });
    if (chance.effect != 0) parts.push_back(chance);
    const bool falls = move_.move.value < 0;
    std::stable_sort(parts.begin(), parts.end(), [&](const Part& a, const Part& b) {
      const bool a_with = (a.effect < 0) == falls;
      const bool b_with = (b.effect < 0) == falls;
      if (a_with != b_with) return a_with;
      return a.clear != b.clear ? a.clear : std::abs(a.effect) > std::abs(b.effect);
    });
    return parts;
  }

  bool MayBeNamed(const MoveTerm& term) const {
    if (!term.rate.BeyondItsRange()) return false;
    const Slice group = GroupOf(term);
    const bool alerted =
        std::any_of(report_.findings.begin(), report_.findings.end(), [&](const Finding& finding) {
          return finding.kind == FindingKind::kRateShift && finding.level == Level::kAlert &&
                 finding.stage == move_.stage && finding.slice == group;
        });
    return alerted ||
           std::abs(term.rate.value) >= kSureWithoutAlert * (term.rate.high - term.rate.low) / 2;
  }

  // Whether a group that is not named clearly moved the way of all that are not.
  bool OthersClear(const std::vector<const MoveTerm*>& named, double rest) const {
    return std::any_of(move_.terms.begin(), move_.terms.end(), [&](const MoveTerm& term) {
      return term.rate.BeyondItsRange() && term.rate.value * rest > 0 &&
             std::find(named.begin(), named.end(), &term) == named.end();
    });
  }

  std::string MixReason() const {
    switch (names_.KindOf(*move_.attribute)) {
      case AttributeKind::kCustomer: return phrasebook_.Say("move.mix.customers");
      case AttributeKind::kItem: return phrasebook_.Say("move.mix.items");
      case AttributeKind::kContext: return phrasebook_.Say("move.mix.context");
    }
    return "";
  }

  // Numbers that make it understandable: a group that went the other way, and the shift of trials
  // that did most. Nothing where no group that may be named did either.
  std::optional<std::string> Simpson(const std::string& overall) const {
    const MoveTerm* against = nullptr;
    const MoveTerm* shifted = nullptr;
    for (const MoveTerm& term : move_.terms) {
      if (term.others || !term.rate_before || !term.rate_after) continue;
      if (MayBeNamed(term) && term.rate.value * move_.move.value < 0 &&
          (against == nullptr || std::abs(term.rate.value) > std::abs(against->rate.value))) {
        against = &term;
      }
      // The sentence speaks of more recommendations, so its example should be a group with more.
      if (term.mix.value * move_.move.value > 0 && term.share_after > term.share_before &&
          (shifted == nullptr || std::abs(term.mix.value) > std::abs(shifted->mix.value))) {
        shifted = &term;
      }
    }
    if (against == nullptr || shifted == nullptr) return std::nullopt;
    const bool falls = move_.move.value < 0;
    const std::string direction = falls ? "less" : "more";
    const std::string base = stages_.BaseOf(move_.stage);
    const std::string form = OfPeople() ? "people" : "subject";
    const std::string groups = phrasebook_.Say(
        fmt::format("move.groups.{}.{}.{}", id_, direction, form), stages_.StageArgs(move_.stage));
    const Phrasebook::Pair rates =
        phrasebook_.InHundredPair(*against->rate_after, *against->rate_before);
    const Phrasebook::Pair shares =
        phrasebook_.InHundredPair(shifted->share_after, shifted->share_before);
    return phrasebook_.Say(fmt::format("move.simpson.{}.{}", falls ? "fall" : "rise",
                                       base != "shown" ? "later" : form),
                           {{"overall", overall},
                            {"groups", groups},
                            {"group", names_.Name(GroupOf(*against))},
                            {"now", rates.now},
                            {"was", rates.was},
                            {"shifted", names_.Name(GroupOf(*shifted))},
                            {"share", shares.now},
                            {"share_was", shares.was}});
  }

  const TotalMove& move_;
  const CheckReport& report_;
  const Phrasebook& phrasebook_;
  StageWords stages_;
  GroupNames names_;
  std::string id_;
  int decimals_ = 1;
  double per_unit_ = 10;
};

}  // namespace

MessageText MoveText(const TotalMove& move, const CheckReport& report,
                     const Phrasebook& phrasebook) {
  if (!move.refused) return MoveWriter(move, report, phrasebook).Write();
  MessageText text;
  text.headline = phrasebook.Say("move.refused." + NoMoveName(*move.refused));
  if (*move.refused == NoMove::kNotKnown) {
    for (const std::optional<Metric>& metric : {move.before, move.after}) {
      if (!metric || metric->maturity() != Maturity::kPending) continue;
      text.details.push_back(phrasebook.Say(
          "pending." + PendingReasonName(std::get<PendingRate>(metric->state).reason)));
      break;
    }
  }
  return text;
}

}  // namespace ripen::wording
