#include "monitor/collection_switch.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <map>

#include "monitor/group_reception.h"
#include "monitor/held_mix.h"
#include "stats/direct_standardisation.h"
#include "stats/overdispersion.h"
#include "stats/two_sample.h"

namespace ripen::monitor {
namespace {

constexpr double kLeastSupport = .8;
constexpr double kKeptSupport = .95;  // an attribute is crossed in while so much is supported
constexpr int kYear = 365;
constexpr int kYearNear = 28;

double LearnRho(std::initializer_list<const DailyCounts*> streams) {
  stats::Overdispersion pool;
  for (const DailyCounts* daily : streams) {
    std::vector<double> trials;
    std::vector<double> events;
    for (const stats::BinomialCount& day : daily->days) {
      trials.push_back(day.trials);
      events.push_back(day.events);
    }
    pool.AddStream(trials, events);
  }
  return pool.Estimate();
}

double Widening(const DailyCounts& daily, double rho) {
  const double effective = daily.Effective(rho).trials;
  return effective > 0 ? std::max(1.0, daily.Total().trials / effective) : 1;
}

SwitchVerdict VerdictOf(const SwitchRatio& ratio) {
  if (ratio.high < 1) return SwitchVerdict::kLower;
  return ratio.low > 1 ? SwitchVerdict::kHigher : SwitchVerdict::kNoneYet;
}

class SwitchComparer {
 public:
  SwitchComparer(const SwitchData& data, std::span<const CollectionLaunch> launches, std::size_t at)
      : data_(data),
        launches_(launches),
        fresh_(launches[at]),
        old_(launches[*fresh_.replaces]),
        as_of_(data.index.snapshot().as_of) {}

  SwitchStage Compare() {
    SwitchStage stage;
    const Stage& described = data_.index.snapshot().ladder[data_.stage];
    stage.stage = described.name;
    stage.worse_is_more = described.direction == Direction::kMoreIsWorse;
    for (const SwitchComparison kind : {SwitchComparison::kOverlap, SwitchComparison::kSameAge,
                                        SwitchComparison::kGroups, SwitchComparison::kLastYear}) {
      CollectionComparison answer;
      answer.kind = kind;
      answer.age_days = data_.age_days;
      answer.refused = Make(answer, stage.worse_is_more);
      stage.comparisons.push_back(std::move(answer));
    }
    return stage;
  }

 private:
  using Refused = std::optional<SwitchRefusal>;

  Refused Make(CollectionComparison& answer, bool worse_is_more) {
    if (!data_.index.snapshot().stage_given[data_.stage]) return SwitchRefusal::kStageNotGiven;
    if (const Refused never = NeverComparable(answer.kind)) return never;
    answer.comparable_on = ComparableOn(fresh_, data_.age_days);
    const std::optional<Day>& known_from = data_.index.snapshot().stage_known_from[data_.stage];
    if (known_from) answer.comparable_on = std::max(*answer.comparable_on, *known_from + 1);
    if (as_of_ + 1 < *answer.comparable_on) return SwitchRefusal::kTooYoung;
    switch (answer.kind) {
      case SwitchComparison::kOverlap: return Overlap(answer);
      case SwitchComparison::kSameAge: return SameAge(answer);
      case SwitchComparison::kGroups: return Groups(answer, worse_is_more);
      case SwitchComparison::kLastYear: return LastYearSwitch(answer);
    }
    return std::nullopt;
  }

  // What no later day can change.
  Refused NeverComparable(SwitchComparison kind) const {
    switch (kind) {
      case SwitchComparison::kOverlap:
        if (NoOverlap()) return SwitchRefusal::kNoOverlap;
        break;
      case SwitchComparison::kSameAge:
        if (old_.origin == LaunchOrigin::kBeforeData) return SwitchRefusal::kLaunchUnknown;
        break;
      case SwitchComparison::kGroups:
        if (!ShownBefore(fresh_, old_)) return SwitchRefusal::kOldNotBefore;
        break;
      case SwitchComparison::kLastYear:
        if (YearBefore() == nullptr) return SwitchRefusal::kNoYearBefore;
        if (!ShownBefore(fresh_, old_)) return SwitchRefusal::kOldNotBefore;
        break;
    }
    return std::nullopt;
  }

  double ShownOn(std::size_t value, Day day) const {
    const int at = day - data_.index.snapshot().first_day;
    if (at < 0 || at >= static_cast<int>(data_.index.days())) return 0;
    const cube::Attribute& attribute = data_.index.snapshot().attributes[data_.attribute];
    const auto stream = data_.index.Find(Slice{{{attribute.name, attribute.values[value]}}});
    return stream ? data_.index.Shown(*stream, static_cast<std::size_t>(at)) : 0;
  }

  bool BothShown(Day day) const {
    return ShownOn(fresh_.value, day) >= kLeastShownOfDay &&
           ShownOn(old_.value, day) >= kLeastShownOfDay;
  }

  // The old one was not shown in the first week at all, or on under seven days of the first two.
  bool NoOverlap() const {
    int of_week = 0;
    int of_two = 0;
    for (int day = 0; day < 2 * kWeekDays; ++day) {
      if (!BothShown(fresh_.first + day)) continue;
      of_two += 1;
      if (day < kWeekDays) of_week += 1;
    }
    const int reached = as_of_ - fresh_.first + 1;
    return (reached >= kWeekDays && of_week == 0) ||
           (reached >= 2 * kWeekDays && of_two < kWeekDays);
  }

  // On at least two of the four weeks before the launch, as days.
  bool ShownBefore(const CollectionLaunch& fresh, const CollectionLaunch& old) const {
    int days = 0;
    for (int before = 1; before <= kDaysBeforeLaunch; ++before) {
      days += ShownOn(old.value, fresh.first - before) >= kLeastShownOfDay ? 1 : 0;
    }
    return days >= kDaysBeforeLaunch / 2;
  }

  const CollectionLaunch* YearBefore() const {
    const CollectionLaunch* found = nullptr;
    for (const CollectionLaunch& each : launches_) {
      const int apart = fresh_.first - each.first;
      if (!each.replaces || std::abs(apart - kYear) > kYearNear) continue;
      if (!ShownBefore(each, launches_[*each.replaces])) continue;
      const auto fits = [&](const CollectionLaunch& one) {
        return std::pair(one.value != fresh_.value, std::abs(fresh_.first - one.first - kYear));
      };
      if (found == nullptr || fits(each) < fits(*found)) found = &each;
    }
    return found;
  }

  // Why too few of the days from `first` on are good.
  Refused WhyFewDays(Day first) const {
    bool gapped = false;
    for (int at = 0; at < kMostDaysCompared; ++at) {
      const int day = first + at - data_.index.snapshot().first_day;
      if (day < 0 || day >= static_cast<int>(data_.index.days())) continue;
      const DayState state = data_.states[static_cast<std::size_t>(day)];
      if (state == DayState::kUntold) return SwitchRefusal::kAnswersMissing;
      gapped = gapped || state == DayState::kGapped;
    }
    return gapped ? SwitchRefusal::kOutcomesMissing : SwitchRefusal::kTooFew;
  }

  Refused Overlap(CollectionComparison& answer) {
    std::vector<std::size_t> days;
    for (const std::size_t day : data_.GoodDays(fresh_.first, kMostDaysCompared)) {
      if (BothShown(data_.index.DayAt(day))) days.push_back(day);
    }
    if (days.size() < kWeekDays) return WhyFewDays(fresh_.first);
    const ValuePair pair(data_.index, data_.attribute, fresh_.value, old_.value);
    HeldMix mix = HoldMixSame(data_.index, pair, data_.stage, pair.ByDay(0), days, {});
    answer.held_same = std::move(mix.held_same);
    if (!mix.comparable) return SwitchRefusal::kMixDiffers;
    stats::TwoSampleOptions options;
    options.alpha = 1 - kPairLevel;
    const std::size_t strata =
        mix.strata.empty() ? 0 : 1 + *std::max_element(mix.strata.begin(), mix.strata.end());
    stats::TwoRates watch(strata, options);
    std::vector<bool> wanted(data_.index.days());
    for (const std::size_t day : days) wanted[day] = true;
    const auto blocks =
        pair.Blocks(mix.strata, data_.index.TrialsColumn(data_.stage), 1 + data_.stage, wanted);
    stats::BinomialCount fresh;
    stats::BinomialCount old;
    for (const std::size_t day : days) {
      watch.AddDay(blocks[day]);
      for (const stats::TwoArmCell& block : blocks[day]) {
        fresh += {block.a.trials, block.a.events};
        old += {block.b.trials, block.b.events};
      }
    }
    const stats::TwoSampleState& state = watch.state();
    if (!state.low || state.level_b <= 0) return SwitchRefusal::kTooFew;
    answer.days = static_cast<int>(days.size());
    answer.new_side = SideOf(data_.index, days, fresh, state.level_a);
    answer.old_side = SideOf(data_.index, days, old, state.level_b);
    answer.ratio = SwitchRatio{state.level_a / state.level_b,
                               std::max(0.0, (state.level_b + *state.low) / state.level_b),
                               (state.level_b + *state.high) / state.level_b};
    answer.verdict = VerdictOf(*answer.ratio);
    return std::nullopt;
  }

  // Whole weeks that both have reached since their launches.
  void WeeksOfBoth(std::vector<std::size_t>& fresh, std::vector<std::size_t>& old) const {
    for (int week = 0; week + kWeekDays <= kMostDaysCompared; week += kWeekDays) {
      const auto own = data_.GoodWeeks(fresh_.first + week, kWeekDays);
      const auto theirs = data_.GoodWeeks(old_.first + week, kWeekDays);
      if (own.empty() || theirs.empty()) continue;
      fresh.insert(fresh.end(), own.begin(), own.end());
      old.insert(old.end(), theirs.begin(), theirs.end());
    }
  }

  struct Cells {
    std::vector<std::size_t> fresh;
    std::vector<std::size_t> old;
    std::vector<stats::BinomialCount> fresh_counts;
    std::vector<stats::BinomialCount> old_counts;
  };

  std::vector<stats::StratumCounts> StrataBy(const Cells& cells,
                                             const std::vector<std::size_t>& columns) const {
    std::map<std::vector<std::size_t>, stats::StratumCounts> strata;
    const auto add = [&](const std::vector<std::size_t>& own,
                         const std::vector<stats::BinomialCount>& counts,
                         stats::BinomialCount stats::StratumCounts::*side) {
      for (std::size_t at = 0; at < own.size(); ++at) {
        std::vector<std::size_t> key;
        for (const std::size_t column : columns) key.push_back(data_.ValueOf(own[at], column));
        strata[key].*side += counts[at];
      }
    };
    add(cells.fresh, cells.fresh_counts, &stats::StratumCounts::a);
    add(cells.old, cells.old_counts, &stats::StratumCounts::b);
    std::vector<stats::StratumCounts> counts;
    for (const auto& [key, both] : strata) counts.push_back(both);
    return counts;
  }

  Refused SameAge(CollectionComparison& answer) {
    std::vector<std::size_t> days;
    std::vector<std::size_t> days_old;
    WeeksOfBoth(days, days_old);
    if (days.empty()) return WhyFewDays(fresh_.first);
    Cells cells{data_.CellsOf(fresh_.value), data_.CellsOf(old_.value), {}, {}};
    for (const std::size_t cell : cells.fresh) cells.fresh_counts.push_back(data_.Sum(cell, days));
    for (const std::size_t cell : cells.old) {
      cells.old_counts.push_back(data_.Sum(cell, days_old));
    }
    const stats::StandardisationOptions options;
    std::vector<std::size_t> held;
    for (std::size_t column = 0; column < data_.flat().columns(); ++column) {
      if (column == data_.own_column) continue;
      const double alone = stats::CommonSupport(StrataBy(cells, {column}), options.least_trials);
      if (alone < kLeastSupport) {
        answer.support = alone;
        return SwitchRefusal::kMixDiffers;
      }
      std::vector<std::size_t> wider = held;
      wider.push_back(column);
      if (stats::CommonSupport(StrataBy(cells, wider), options.least_trials) < kKeptSupport) {
        continue;
      }
      held = std::move(wider);
      answer.held_same.push_back(
          data_.index.snapshot().attributes[data_.flat().attributes[column]].name);
    }
    const DailyCounts fresh = data_.Daily(cells.fresh, days);
    const DailyCounts old = data_.Daily(cells.old, days_old);
    const double rho = LearnRho({&fresh, &old});
    const stats::StandardisedRates rates = stats::Standardise(
        StrataBy(cells, held), Widening(fresh, rho), Widening(old, rho), options);
    answer.support = rates.support;
    if (rates.support < kLeastSupport || !rates.ratio) return SwitchRefusal::kTooFew;
    answer.days = static_cast<int>(days.size());
    answer.new_side = SideOf(data_.index, days, fresh.Total(), rates.rate_a);
    answer.old_side = SideOf(data_.index, days_old, old.Total(), rates.rate_b);
    SetRatio(answer, *rates.ratio);
    return std::nullopt;
  }

  static void SetRatio(CollectionComparison& answer, const stats::LogEstimate& estimate) {
    const stats::RatioRange range = stats::AnytimeRange(estimate, 1 - kPairLevel);
    answer.ratio = SwitchRatio{range.value, range.low, range.high};
    answer.verdict = VerdictOf(*answer.ratio);
  }

  Refused Groups(CollectionComparison& answer, bool worse_is_more) {
    ReceptionDays days{fresh_.value, old_.value, data_.GoodWeeks(fresh_.first, kMostDaysCompared),
                       data_.GoodDays(fresh_.first - kDaysBeforeLaunch, kDaysBeforeLaunch)};
    if (days.since.empty()) return WhyFewDays(fresh_.first);
    if (days.before.size() < kWeekDays) return WhyFewDays(fresh_.first - kDaysBeforeLaunch);
    answer.level = 1 - kReceptionAlpha;
    answer.groups = ReadReceptions(data_, days, worse_is_more);
    if (answer.groups.empty()) return SwitchRefusal::kNoGroups;
    const bool any = std::any_of(answer.groups.begin(), answer.groups.end(), [](const auto& each) {
      return each.verdict != Reception::kTooFew;
    });
    if (!any) return SwitchRefusal::kTooFew;
    const DailyCounts fresh = data_.Daily(data_.CellsOf(fresh_.value), days.since);
    const DailyCounts old = data_.Daily(data_.CellsOf(old_.value), days.before);
    answer.of_odds = true;
    answer.days = static_cast<int>(days.since.size());
    answer.new_side = SideOf(data_.index, days.since, fresh.Total(), fresh.Total().Rate());
    answer.old_side = SideOf(data_.index, days.before, old.Total(), old.Total().Rate());
    return std::nullopt;
  }

  Refused LastYearSwitch(CollectionComparison& answer) {
    const CollectionLaunch& then = *YearBefore();
    const CollectionLaunch& then_old = launches_[*then.replaces];
    const auto now_days = data_.GoodWeeks(fresh_.first, kMostDaysCompared);
    const auto was_days = data_.GoodDays(fresh_.first - kDaysBeforeLaunch, kDaysBeforeLaunch);
    const auto then_days = data_.GoodWeeks(then.first, static_cast<int>(now_days.size()));
    const auto then_was = data_.GoodDays(then.first - kDaysBeforeLaunch, kDaysBeforeLaunch);
    if (now_days.empty() || was_days.empty()) return WhyFewDays(fresh_.first);
    if (then_days.empty() || then_was.empty()) return WhyFewDays(then.first);
    const DailyCounts now = data_.Daily(data_.CellsOf(fresh_.value), now_days);
    const DailyCounts was = data_.Daily(data_.CellsOf(old_.value), was_days);
    const DailyCounts now_then = data_.Daily(data_.CellsOf(then.value), then_days);
    const DailyCounts was_then = data_.Daily(data_.CellsOf(then_old.value), then_was);
    const double rho = LearnRho({&now, &was, &now_then, &was_then});
    const auto change = stats::LogOddsRatio(now.Effective(rho), was.Effective(rho));
    const auto change_then = stats::LogOddsRatio(now_then.Effective(rho), was_then.Effective(rho));
    if (!change || !change_then) return SwitchRefusal::kTooFew;
    const auto side = [this](const std::vector<std::size_t>& days, const DailyCounts& daily) {
      return SideOf(data_.index, days, daily.Total(), daily.Total().Rate());
    };
    answer.days = static_cast<int>(now_days.size());
    answer.of_odds = true;
    answer.new_side = side(now_days, now);
    answer.old_side = side(was_days, was);
    const auto& values = data_.index.snapshot().attributes[data_.attribute].values;
    answer.last_year = LastYear{then.first, values[then.value], values[then_old.value],
                                side(then_days, now_then), side(then_was, was_then)};
    SetRatio(answer, *change - *change_then);
    return std::nullopt;
  }

  const SwitchData& data_;
  std::span<const CollectionLaunch> launches_;
  const CollectionLaunch& fresh_;
  const CollectionLaunch& old_;
  Day as_of_;
};

}  // namespace

Day ComparableOn(const CollectionLaunch& launch, int age_days) {
  return launch.first + kWeekDays + age_days;
}

SwitchStage CompareSwitch(const SwitchData& data, std::span<const CollectionLaunch> launches,
                          std::size_t at) {
  return SwitchComparer(data, launches, at).Compare();
}

}  // namespace ripen::monitor
