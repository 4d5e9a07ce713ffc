#include "monitor/periods.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "monitor/collection_name.h"
#include "stats/overdispersion.h"
#include "stats/wilson.h"

namespace ripen::monitor {
namespace {

constexpr int kWeek = 7;
constexpr double kLaunchedShare = .05;  // of a day's recommendations: a collection is launched

// Days that stand beside each other, as indices of the cube; equally many of both.
struct Pairs {
  std::vector<std::size_t> now;
  std::vector<std::size_t> before;
};

struct Sums {
  double trials = 0;
  double events = 0;
  double effective_events = 0;
};

// A value of the collections' attribute and the day since which it is shown.
struct Launch {
  std::size_t value = 0;
  std::size_t day = 0;
};

class Comparer {
 public:
  Comparer(const CubeIndex& index, const Settling& settling, std::size_t stage,
           const StageArrivals* arrivals, const Visibility& visibility,
           const PeriodRequest& request)
      : index_(index),
        settling_(settling),
        stage_(stage),
        arrivals_(arrivals),
        visibility_(visibility) {
    comparison_.as_of = index.snapshot().as_of;
    comparison_.stage = request.stage;
    comparison_.length = request.length;
    comparison_.against = request.against;
  }

  PeriodComparison Compare() {
    if (!index_.snapshot().stage_given[stage_]) return Refuse(NotComparable::kStageNotGiven);
    Pairs pairs;
    if (const auto refused = ChoosePairs(pairs)) return Refuse(*refused);
    comparison_.now_from = index_.DayAt(pairs.now.front());
    comparison_.now_to = index_.DayAt(pairs.now.back());
    comparison_.before_from = index_.DayAt(pairs.before.front());
    comparison_.before_to = index_.DayAt(pairs.before.back());
    comparison_.youngest_age = AgeOf(pairs.now.back());
    comparison_.confirmed = std::all_of(pairs.now.begin(), pairs.now.end(), [&](std::size_t day) {
      return settling_.Confirmed(stage_, index_.DayAt(day));
    });
    if (const auto refused = Obstacle(pairs)) return Refuse(*refused);
    for (const Grouping& grouping : index_.groupings()) {
      if (grouping.level() <= 1) AddLines(grouping, pairs);
    }
    return std::move(comparison_);
  }

 private:
  PeriodComparison Refuse(NotComparable reason) {
    comparison_.refused = reason;
    return std::move(comparison_);
  }

  int AgeOf(std::size_t day) const { return index_.snapshot().as_of - index_.DayAt(day); }

  std::optional<NotComparable> ChoosePairs(Pairs& pairs) {
    const std::size_t last = index_.days() - 1;
    std::size_t first = last + 1 - std::min<std::size_t>(last + 1, kWeek);
    std::size_t back = kWeek;
    if (comparison_.length == PeriodLength::kMonth) {
      const Day newest = index_.DayAt(last);
      const Day month_start = Day::FromYmd(newest.year(), newest.month(), 1);
      const Day before_end = month_start - 1;
      const Day before_start = Day::FromYmd(before_end.year(), before_end.month(), 1);
      if (month_start < index_.snapshot().first_day) return NotComparable::kNoPeriodBefore;
      first = static_cast<std::size_t>(month_start - index_.snapshot().first_day);
      back = static_cast<std::size_t>(month_start - before_start);
      // A month may be longer than the one before it: the days that both have are compared.
      pairs.now.reserve(last + 1 - first);
      for (std::size_t day = first; day <= last && day - first < back; ++day) {
        pairs.now.push_back(day);
      }
    } else {
      for (std::size_t day = first; day <= last; ++day) pairs.now.push_back(day);
      if (pairs.now.size() < kWeek) return NotComparable::kNoPeriodBefore;
    }
    if (comparison_.against == Against::kLastCollection) {
      if (const auto refused = BackToLastCollection(back)) return refused;
    }
    if (pairs.now.front() < back) return NotComparable::kNoPeriodBefore;
    for (const std::size_t day : pairs.now) pairs.before.push_back(day - back);
    return std::nullopt;
  }

  // How many days lie between the launches of this collection and of the last one.
  std::optional<NotComparable> BackToLastCollection(std::size_t& back) {
    const std::vector<cube::Attribute>& attributes = index_.snapshot().attributes;
    const auto attribute =
        std::find_if(attributes.begin(), attributes.end(), [](const cube::Attribute& each) {
          return each.kind == AttributeKind::kItem && NamesACollection(each.name);
        });
    if (attribute == attributes.end()) return NotComparable::kNoCollection;
    const Grouping* grouping = nullptr;
    for (const Grouping& each : index_.groupings()) {
      if (each.level() != 1) continue;
      const auto keys = index_.KeysOf(each.first_stream);
      if (&attributes[keys.front().attribute] == &*attribute) grouping = &each;
    }
    if (grouping == nullptr) return NotComparable::kNoCollection;
    std::vector<Launch> launches;
    for (std::size_t value = 0; value < grouping->streams; ++value) {
      if (!visibility_.Shows(grouping->first_stream + value)) continue;
      for (std::size_t day = 0; day < index_.days(); ++day) {
        if (index_.Shown(grouping->first_stream + value, day) <
            kLaunchedShare * std::max(1.0, index_.Shown(0, day))) {
          continue;
        }
        launches.push_back({value, day});
        break;
      }
    }
    std::stable_sort(launches.begin(), launches.end(),
                     [](const Launch& a, const Launch& b) { return a.day < b.day; });
    if (launches.size() < 2) return NotComparable::kNoPeriodBefore;
    const Launch& now = launches.back();
    const Launch& before = launches[launches.size() - 2];
    comparison_.collection_now = attribute->values[now.value];
    comparison_.collection_before = attribute->values[before.value];
    // What was there on the first day may have been launched at any time before.
    if (before.day == 0) return NotComparable::kLaunchUnknown;
    back = now.day - before.day;
    return std::nullopt;
  }

  std::optional<NotComparable> Obstacle(const Pairs& pairs) const {
    if (comparison_.confirmed) return std::nullopt;
    if (arrivals_ == nullptr || !settling_.OnlyWindowsOpen(stage_)) {
      return NotComparable::kNoOutcomeTimes;
    }
    const auto hit = [&](const std::vector<bool>& base_days, const std::vector<std::size_t>& days) {
      const std::vector<bool> shown = DaysShownOf(index_, stage_, base_days);
      return std::any_of(days.begin(), days.end(), [&](std::size_t day) { return shown[day]; });
    };
    if (hit(arrivals_->gapped, pairs.now) || hit(arrivals_->gapped, pairs.before)) {
      return NotComparable::kOutcomesMissing;
    }
    if (arrivals_->delay) {
      std::vector<bool> since(arrivals_->days());
      for (std::size_t day = arrivals_->delay->start.start; day < since.size(); ++day) {
        since[day] = true;
      }
      if (hit(since, pairs.now)) return NotComparable::kDelayChanged;
    }
    return std::nullopt;
  }

  // Adds what a family's rows show up to the age of each pair to its grouping's streams.
  void Add(const Grouping& grouping, const std::vector<cube::CountRow>& rows,
           const std::vector<int>& age_limit, std::vector<double>& sums) const {
    const FlatFamily& flat = index_.families()[grouping.family];
    for (const cube::CountRow& row : rows) {
      const auto day = static_cast<std::size_t>(row.shown - index_.snapshot().first_day);
      const int age = row.base_offset + std::max(row.delay, 0);
      if (age > age_limit[day]) continue;
      sums[grouping.LocalStream(flat, static_cast<std::size_t>(row.cell)) * index_.days() + day] +=
          static_cast<double>(row.gained - row.lost);
    }
  }

  // By pair: the rate of both days together over that of the ripest pair, over all customers.
  std::vector<double> DueShares(const Grouping& grouping, const Pairs& pairs,
                                const std::vector<double>& trials,
                                const std::vector<double>& events) const {
    std::vector<double> due(pairs.now.size(), 1);
    double most = 0;
    for (std::size_t pair = 0; pair < due.size(); ++pair) {
      double n = 0;
      double x = 0;
      for (std::size_t local = 0; local < grouping.streams; ++local) {
        for (const std::size_t day : {pairs.now[pair], pairs.before[pair]}) {
          n += trials[local * index_.days() + day];
          x += events[local * index_.days() + day];
        }
      }
      due[pair] = n > 0 ? x / n : 0;
      most = std::max(most, due[pair]);
    }
    for (double& share : due) share = most > 0 ? share / most : 1;
    return due;
  }

  void AddLines(const Grouping& grouping, const Pairs& pairs) {
    const cube::Family& family = index_.snapshot().families[grouping.family];
    const auto base = index_.snapshot().ladder.BaseOf(stage_);
    // The age up to which each day counts; -1 leaves it out. Settled days count in full.
    std::vector<int> limit(index_.days(), -1);
    for (std::size_t at = 0; at < pairs.now.size(); ++at) {
      const int age =
          comparison_.confirmed ? std::numeric_limits<int>::max() : AgeOf(pairs.now[at]);
      limit[pairs.now[at]] = age;
      limit[pairs.before[at]] = age;
    }
    std::vector<double> trials(grouping.streams * index_.days());
    std::vector<double> events(trials.size());
    Add(grouping, base ? family.stages[*base] : family.shown, limit, trials);
    Add(grouping, family.stages[stage_], limit, events);
    // Days of different ages have different rates, so trials count by what is due by then.
    const std::vector<double> due = DueShares(grouping, pairs, trials, events);
    stats::Overdispersion pool;
    std::vector<double> stream_trials(2 * pairs.now.size());
    std::vector<double> stream_events(stream_trials.size());
    for (std::size_t local = 0; local < grouping.streams; ++local) {
      std::size_t at = 0;
      for (const std::vector<std::size_t>* days : {&pairs.before, &pairs.now}) {
        for (std::size_t pair = 0; pair < days->size(); ++pair, ++at) {
          const std::size_t cell = local * index_.days() + (*days)[pair];
          stream_trials[at] = trials[cell] * due[pair];
          stream_events[at] = events[cell];
        }
      }
      pool.AddStream(stream_trials, stream_events);
    }
    const double rho = pool.Estimate();
    for (std::size_t local = 0; local < grouping.streams; ++local) {
      const std::size_t stream = grouping.first_stream + local;
      if (!visibility_.Shows(stream)) continue;
      const auto sum = [&](const std::vector<std::size_t>& days) {
        Sums sums;
        for (std::size_t pair = 0; pair < days.size(); ++pair) {
          const double n = trials[local * index_.days() + days[pair]];
          const double x = events[local * index_.days() + days[pair]];
          sums.trials += n;
          sums.events += x;
          sums.effective_events += x * stats::EffectiveShare(n * due[pair], rho);
        }
        return sums;
      };
      AddLine(index_.SliceOf(stream), sum(pairs.now), sum(pairs.before));
    }
  }

  void AddLine(Slice slice, const Sums& now, const Sums& before) {
    if (now.trials <= 0 || before.trials <= 0) return;
    PeriodLine line;
    line.slice = std::move(slice);
    line.trials_now = std::llround(now.trials);
    line.trials_before = std::llround(before.trials);
    line.events_now = std::llround(now.events);
    line.events_before = std::llround(before.events);
    line.rate_now = std::clamp(now.events / now.trials, 0.0, 1.0);
    line.rate_before = std::clamp(before.events / before.trials, 0.0, 1.0);
    if (line.rate_before > 0 && line.rate_now > 0) {
      const double ratio = line.rate_now / line.rate_before;
      const double factor = RatioRangeFactor(now.effective_events, before.effective_events);
      line.ratio = ratio;
      line.ratio_low = ratio / factor;
      line.ratio_high = ratio * factor;
    }
    comparison_.lines.push_back(std::move(line));
  }

  const CubeIndex& index_;
  const Settling& settling_;
  std::size_t stage_;
  const StageArrivals* arrivals_;
  const Visibility& visibility_;
  PeriodComparison comparison_;
};

}  // namespace

double RatioRangeFactor(double events_now, double events_before) {
  return std::exp(stats::kNormal90 *
                  std::sqrt(1 / std::max(events_now, .5) + 1 / std::max(events_before, .5)));
}

Result<PeriodComparison> ComparePeriods(const CubeIndex& index, const Settling& settling,
                                        const std::vector<std::optional<StageArrivals>>& arrivals,
                                        const Visibility& visibility,
                                        const PeriodRequest& request) {
  const auto stage = index.snapshot().ladder.IndexOf(request.stage);
  if (!stage)
    return Fail(ErrorCode::kNotFound, fmt::format("No stage is named '{}'.", request.stage));
  if (index.days() == 0) {
    PeriodComparison empty;
    empty.as_of = index.snapshot().as_of;
    empty.stage = request.stage;
    empty.length = request.length;
    empty.against = request.against;
    empty.refused = NotComparable::kNoPeriodBefore;
    return empty;
  }
  return Comparer(index, settling, *stage, arrivals[*stage] ? &*arrivals[*stage] : nullptr,
                  visibility, request)
      .Compare();
}

}  // namespace ripen::monitor
