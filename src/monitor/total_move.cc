#include "monitor/total_move.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <utility>

#include "monitor/move_attributes.h"
#include "monitor/move_lines.h"
#include "stats/move_ranges.h"
#include "stats/overdispersion.h"

namespace ripen::monitor {
namespace {

constexpr int kWeek = 7;
constexpr double kLeastArrived = .5;  // of a week that is compared without being asked for

using Periods = std::pair<MoveDays, MoveDays>;  // before, after

bool Within(const CubeIndex& index, Day from, Day to) {
  return from >= index.snapshot().first_day && to <= index.snapshot().last_day;
}

bool KnownEnough(const Metric& figure) {
  const auto* open = std::get_if<ProvisionalRate>(&figure.state);
  return figure.maturity() == Maturity::kConfirmed ||
         (open != nullptr && open->arrived_share >= kLeastArrived);
}

MoveEffect EffectOf(const stats::EffectRange& range) {
  return {range.value, range.low, range.high};
}

class Mover {
 public:
  Mover(const MoveSource& source, std::size_t stage, const MoveRequest& request)
      : source_(source), index_(source.index), stage_(stage), request_(request) {
    move_.as_of = index_.snapshot().as_of;
    move_.stage = index_.snapshot().ladder[stage].name;
    if (source.arrivals != nullptr) {
      gapped_ = DaysShownOf(index_, stage, source.arrivals->gapped);
    }
  }

  Result<TotalMove> Read() {
    RIPEN_RETURN_IF_ERROR(CheckRequest());
    if (!index_.snapshot().stage_given[stage_]) return Refuse(NoMove::kStageNotGiven);
    if (const auto refused = request_.from ? TakeAsked() : TakeDefault()) return Refuse(*refused);
    move_.before = source_.total(*move_.before_from, *move_.before_to);
    move_.after = source_.total(*move_.from, *move_.to);
    if (move_.before->maturity() == Maturity::kPending ||
        move_.after->maturity() == Maturity::kPending) {
      return Refuse(NoMove::kNotKnown);
    }
    const Grouping* grouping = ChooseGrouping();
    if (grouping == nullptr) return Refuse(NoMove::kNoGroups);
    Decompose(*grouping);
    return std::move(move_);
  }

 private:
  Status CheckRequest() const {
    const MoveRequest& asked = request_;
    if (asked.from.has_value() != asked.to.has_value() ||
        asked.before_from.has_value() != asked.before_to.has_value()) {
      return Fail(ErrorCode::kInvalidArgument,
                  "A period needs its first and its last day: from and to, before_from and "
                  "before_to.");
    }
    if (asked.before_from && !asked.from) {
      return Fail(ErrorCode::kInvalidArgument,
                  "before_from and before_to need from and to, the period they are compared with.");
    }
    for (const auto& [from, to] :
         {std::pair(asked.from, asked.to), std::pair(asked.before_from, asked.before_to)}) {
      if (from && *from > *to) {
        return Fail(
            ErrorCode::kOutOfRange,
            fmt::format("The first day {} is after the last day {}.", from->Iso(), to->Iso()));
      }
    }
    if (asked.before_from && *asked.before_from <= *asked.to && *asked.from <= *asked.before_to) {
      return Fail(
          ErrorCode::kInvalidArgument,
          fmt::format("The periods {} to {} and {} to {} overlap; one day cannot be in both.",
                      asked.before_from->Iso(), asked.before_to->Iso(), asked.from->Iso(),
                      asked.to->Iso()));
    }
    return {};
  }

  TotalMove Refuse(NoMove reason) {
    move_.refused = reason;
    return std::move(move_);
  }

  void Take(Day before_from, Day before_to, Day from, Day to) {
    move_.before_from = before_from;
    move_.before_to = before_to;
    move_.from = from;
    move_.to = to;
  }

  bool Gapped(Day from, Day to) const {
    for (Day day = from; day <= to && !gapped_.empty(); day = day + 1) {
      if (gapped_[static_cast<std::size_t>(day - index_.snapshot().first_day)]) return true;
    }
    return false;
  }

  std::optional<NoMove> TakeAsked() {
    const int days = *request_.to - *request_.from + 1;
    Take(request_.before_from.value_or(*request_.from - days),
         request_.before_to.value_or(*request_.from - 1), *request_.from, *request_.to);
    if (index_.days() == 0 || !Within(index_, *move_.before_from, *move_.before_to) ||
        !Within(index_, *move_.from, *move_.to)) {
      return NoMove::kOutsideData;
    }
    if (Gapped(*move_.before_from, *move_.before_to) || Gapped(*move_.from, *move_.to)) {
      return NoMove::kOutcomesMissing;
    }
    return std::nullopt;
  }

  // The newest two weeks of which enough is known.
  std::optional<NoMove> TakeDefault() {
    for (std::size_t last = index_.days(); last >= 2 * kWeek; --last) {
      const Day to = index_.DayAt(last - 1);
      const Day from = to - (kWeek - 1);
      if (Gapped(from - kWeek, to) || !KnownEnough(source_.total(from, to)) ||
          !KnownEnough(source_.total(from - kWeek, from - 1))) {
        continue;
      }
      Take(from - kWeek, from - 1, from, to);
      return std::nullopt;
    }
    return NoMove::kNoTwoWeeks;
  }

  Periods TakenDays() const {
    const Day first = index_.snapshot().first_day;
    const auto at = [&](Day day) { return static_cast<std::size_t>(day - first); };
    return {MoveDays{at(*move_.before_from), at(*move_.before_to)},
            MoveDays{at(*move_.from), at(*move_.to)}};
  }

  const Grouping* GroupingOf(const std::string& attribute) const {
    for (const Grouping& grouping : index_.groupings()) {
      if (grouping.level() != 1) continue;
      const std::size_t at = index_.KeysOf(grouping.first_stream).front().attribute;
      if (index_.snapshot().attributes[at].name == attribute) return &grouping;
    }
    return nullptr;
  }

  const Grouping* ChooseGrouping() const {
    if (request_.attribute) return GroupingOf(*request_.attribute);
    if (request_.findings != nullptr) {
      const auto named =
          NamedAttribute(*request_.findings, move_.stage, *move_.before_from, *move_.to);
      if (const Grouping* likely = named ? GroupingOf(*named) : nullptr) return likely;
    }
    const auto [before, after] = TakenDays();
    return GroupingThatSaysMost(index_, source_.visibility, stage_, before, after);
  }

  void Decompose(const Grouping& grouping) {
    const std::size_t attribute = index_.KeysOf(grouping.first_stream).front().attribute;
    move_.attribute = index_.snapshot().attributes[attribute].name;
    const auto [before_days, after_days] = TakenDays();
    const std::vector<MoveLine> lines =
        LinesOf(index_, source_.visibility, stage_, grouping, before_days, after_days);
    const LineReader reader(source_, stage_, lines);
    const LineCounts before = reader.Read(before_days, *move_.before, "before");
    const LineCounts after = reader.Read(after_days, *move_.after, "after");
    const auto pairs = [&](const std::vector<stats::CountedGroup>& was,
                           const std::vector<stats::CountedGroup>& is) {
      std::vector<stats::GroupCounts> groups;
      for (std::size_t line = 0; line < lines.size(); ++line) {
        groups.push_back({was[line].trials, was[line].events, is[line].trials, is[line].events});
      }
      return groups;
    };
    const std::vector<stats::GroupCounts> point = pairs(before.point, after.point);
    std::vector<std::vector<stats::GroupCounts>> draws;
    for (std::size_t draw = 0; draw < before.draws.size(); ++draw) {
      draws.push_back(pairs(before.draws[draw], after.draws[draw]));
    }
    const stats::MoveRanges ranges = stats::RangesOfMove(point, draws);
    move_.move = EffectOf(ranges.move);
    move_.rate = EffectOf(ranges.rate);
    move_.mix = EffectOf(ranges.mix);
    move_.simpson = ranges.simpson;
    stats::GroupCounts all;
    for (const stats::GroupCounts& group : point) {
      all.trials_before += group.trials_before;
      all.trials_after += group.trials_after;
    }
    for (std::size_t line = 0; line < lines.size(); ++line) {
      const stats::GroupCounts& group = point[line];
      MoveTerm term;
      term.others = lines[line].value == std::nullopt;
      if (lines[line].value) {
        term.value = index_.snapshot().attributes[attribute].values[*lines[line].value];
      }
      term.share_before = group.trials_before / all.trials_before;
      term.share_after = group.trials_after / all.trials_after;
      if (group.trials_before > 0) term.rate_before = group.events_before / group.trials_before;
      if (group.trials_after > 0) term.rate_after = group.events_after / group.trials_after;
      term.rate = EffectOf(ranges.rates[line]);
      term.mix = EffectOf(ranges.mixes[line]);
      move_.terms.push_back(std::move(term));
    }
    move_.mix_by_attribute = MixOfCross(index_, stage_, before_days, after_days,
                                        {ranges.point.rate_before, ranges.point.rate_after});
  }

  const MoveSource& source_;
  const CubeIndex& index_;
  std::size_t stage_;
  const MoveRequest& request_;
  TotalMove move_;
  std::vector<bool> gapped_;  // by day shown; empty without outcome times
};

}  // namespace

std::optional<std::string> NamedAttribute(const std::vector<Finding>& findings,
                                          const std::string& stage, Day before_from, Day to) {
  for (const Finding& finding : findings) {
    if (finding.stage != stage || finding.explained_by || finding.level == Level::kWatch) continue;
    if (!finding.since || *finding.since <= before_from || *finding.since > to) continue;
    if (finding.kind == FindingKind::kRateShift && !finding.slice.IsTotal()) {
      return finding.slice.segments.front().attribute;
    }
    if (finding.kind == FindingKind::kMixShift) return finding.mix_attribute;
  }
  return std::nullopt;
}

Result<TotalMove> ReadTotalMove(const MoveSource& source, std::size_t stage,
                                const MoveRequest& request) {
  if (request.attribute) {
    const std::vector<cube::Attribute>& attributes = source.index.snapshot().attributes;
    const bool known = std::any_of(
        attributes.begin(), attributes.end(),
        [&](const cube::Attribute& attribute) { return attribute.name == *request.attribute; });
    if (!known) {
      return Fail(ErrorCode::kNotFound,
                  fmt::format("No attribute is named '{}'.", *request.attribute));
    }
  }
  return Mover(source, stage, request).Read();
}

}  // namespace ripen::monitor
