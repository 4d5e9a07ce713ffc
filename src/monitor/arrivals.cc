#include "monitor/arrivals.h"

#include <algorithm>
#include <cmath>

#include "stats/budget.h"
#include "stats/delay_shift.h"
#include "stats/shiryaev_roberts.h"

namespace ripen::monitor {
namespace {

constexpr double kMinExpected = 20;  // outcomes that must be due on a day to call it silent
constexpr double kLostShare = .05;   // of a cohort's outcomes that may be missing
constexpr int kLeastWindow = 45;     // cohorts that the curve is learned from, at least
constexpr std::size_t kCohortsForDelay = 21;  // before, weekdays of report look like a change
constexpr int kLeftOut = -1;                  // the age of a cohort that nothing is learned from

std::size_t DayIndex(const CubeIndex& index, Day day) {
  return static_cast<std::size_t>(day - index.snapshot().first_day);
}

StageArrivals CountArrivals(const CubeIndex& index, std::size_t stage) {
  const cube::Snapshot& snapshot = index.snapshot();
  const Stage& own = snapshot.ladder[stage];
  const auto days = static_cast<std::size_t>(
      std::max(snapshot.as_of - snapshot.first_day, snapshot.last_day - snapshot.first_day) + 1);
  StageArrivals arrivals;
  arrivals.triangle = stats::ArrivalTriangle(days, own.window_days + own.lateness_days);
  arrivals.trials.assign(days, 0);
  arrivals.events.assign(days, 0);
  arrivals.by_day.assign(days, 0);
  arrivals.silent.assign(days, false);
  arrivals.expected.assign(days, 0);
  arrivals.gapped.assign(days, false);
  arrivals.first_weekday = static_cast<int>(snapshot.first_day.iso_weekday()) - 1;
  for (std::size_t day = 0; day < days; ++day) {
    arrivals.triangle.SetAge(day, arrivals.AgeOf(day));
  }
  const cube::Family& base = snapshot.families.front();
  for (const cube::CountRow& row : base.stages[stage]) {
    const auto base_day = BaseDayOf(index, row);
    const int delay = std::max(row.delay, 0);
    if (!base_day || *base_day + static_cast<std::size_t>(delay) >= days) continue;
    const auto net = static_cast<double>(row.gained - row.lost);
    arrivals.triangle.Add(*base_day, delay, net);
    arrivals.events[*base_day] += net;
    arrivals.by_day[*base_day + static_cast<std::size_t>(delay)] += static_cast<double>(row.gained);
  }
  if (const auto base_stage = snapshot.ladder.BaseOf(stage)) {
    for (const cube::CountRow& row : base.stages[*base_stage]) {
      const Day known = row.shown + row.base_offset + row.delay;
      if (known > snapshot.as_of || known < snapshot.first_day) continue;
      arrivals.trials[DayIndex(index, known)] += static_cast<double>(row.gained - row.lost);
    }
  } else {
    for (std::size_t day = 0; day < index.days(); ++day) arrivals.trials[day] = index.Shown(0, day);
  }
  return arrivals;
}

// The share of a cohort's outcomes that arrive at exactly this delay.
double ShareAt(const stats::CompletionCurve& curve, int delay) {
  return curve.ShareKnown(delay) - curve.ShareKnown(delay - 1);
}

void FindSilence(StageArrivals& arrivals) {
  const stats::CompletionCurve& curve = *arrivals.curve;
  const std::size_t days = arrivals.days();
  double events = 0;
  double exposure = 0;
  for (std::size_t day = 0; day < days; ++day) {
    events += arrivals.events[day];
    exposure += arrivals.trials[day] * curve.ShareKnown(arrivals.AgeOf(day));
  }
  if (exposure <= 0 || events <= 0) return;
  const double rate = events / exposure;
  for (std::size_t day = 0; day < days; ++day) {
    const std::size_t oldest = day - std::min(day, curve.share_known.size() - 1);
    for (std::size_t cohort = oldest; cohort <= day; ++cohort) {
      arrivals.expected[day] +=
          arrivals.trials[cohort] * rate * ShareAt(curve, static_cast<int>(day - cohort));
    }
    arrivals.silent[day] = arrivals.by_day[day] == 0 && arrivals.expected[day] >= kMinExpected;
  }
  for (std::size_t cohort = 0; cohort < days; ++cohort) {
    double lost = 0;
    for (std::size_t day = cohort; day < days; ++day) {
      if (arrivals.silent[day]) lost += ShareAt(curve, static_cast<int>(day - cohort));
    }
    arrivals.gapped[cohort] = lost > kLostShare;
  }
}

// Fits the curve on the cohorts that `keep` wants; the window reaches back from `end`.
template <typename Keep>
std::optional<stats::CompletionCurve> FitOn(const StageArrivals& arrivals, std::size_t end,
                                            const Keep& keep) {
  stats::ArrivalTriangle chosen = arrivals.triangle;
  for (std::size_t cohort = 0; cohort < chosen.cohorts(); ++cohort) {
    if (!keep(cohort)) chosen.SetAge(cohort, kLeftOut);
  }
  stats::CurveOptions options;
  options.last_cohorts =
      std::max(kLeastWindow, 3 * chosen.max_delay()) + static_cast<int>(chosen.cohorts() - end);
  options.first_weekday = arrivals.first_weekday;
  return stats::FitCompletionCurve(chosen, options);
}

// The curve since a change: young ages from its own cohorts, older ones as they used to be.
std::optional<double> MedianSince(stats::CompletionCurve since,
                                  const stats::CompletionCurve& before) {
  const double borrowed = before.ShareKnown(since.tail_age);
  for (double& share : since.share_known) share *= borrowed;
  for (int age = since.tail_age + 1; age <= before.tail_age; ++age) {
    since.share_known[static_cast<std::size_t>(age)] = before.ShareKnown(age);
  }
  since.tail_age = before.tail_age;
  return since.MedianDelay();
}

void FindDelay(StageArrivals& arrivals, double weight, double watch_days) {
  if (arrivals.days() < kCohortsForDelay) return;
  stats::ArrivalTriangle whole = arrivals.triangle;
  for (std::size_t cohort = 0; cohort < whole.cohorts(); ++cohort) {
    if (arrivals.gapped[cohort]) whole.SetAge(cohort, kLeftOut);
  }
  const stats::DelayShift shift =
      stats::FindDelayShift(whole, *arrivals.curve, arrivals.first_weekday, {});
  const double log_days = stats::LogSum(shift.log_evidence) + std::log(weight);
  if (!(log_days >= std::log(watch_days))) return;
  DelayReading reading;
  reading.evidence_days = std::exp(std::min(log_days, 688.0));
  reading.start = *stats::EstimateStart(shift.log_evidence);
  reading.later = shift.lateness[reading.start.start] > 0;
  const std::size_t start = reading.start.start;
  const auto before = FitOn(arrivals, start, [&](std::size_t cohort) {
    return cohort < start && !arrivals.gapped[cohort];
  });
  const auto since = FitOn(arrivals, arrivals.days(), [&](std::size_t cohort) {
    return cohort >= start && !arrivals.gapped[cohort];
  });
  if (before) {
    reading.median_before = before->MedianDelay();
    if (since && since->Complete()) {
      reading.median_after = since->MedianDelay();
      arrivals.curve_since = since;
    } else if (since) {
      reading.median_after = MedianSince(*since, *before);
    }
    arrivals.curve = before;
  }
  arrivals.delay = reading;
}

}  // namespace

const stats::CompletionCurve& StageArrivals::CurveOfStream(const CubeIndex& index,
                                                           std::size_t stream) const {
  if (!own) return *curve;
  const std::size_t attribute = index.families().front().attributes[own->column];
  for (const CubeIndex::Key& key : index.KeysOf(stream)) {
    if (key.attribute == attribute) return own->curves[key.value];
  }
  return *curve;
}

bool StageArrivals::Trusted(std::size_t base_day) const {
  if (gapped[base_day]) return false;
  return !delay || curve_since || base_day < delay->start.start ||
         AgeOf(base_day) >= triangle.max_delay();
}

std::optional<std::size_t> BaseDayOf(const CubeIndex& index, const cube::CountRow& row) {
  const Day base_day = row.shown + row.base_offset;
  if (base_day < index.snapshot().first_day) return std::nullopt;
  return DayIndex(index, base_day);
}

StageArrivals ReadArrivals(const CubeIndex& index, std::size_t stage, const AlertsConfig& alerts) {
  StageArrivals arrivals = CountArrivals(index, stage);
  arrivals.share_known.assign(arrivals.days(), 1);
  arrivals.curve = FitOn(arrivals, arrivals.days(), [](std::size_t) { return true; });
  if (!arrivals.curve) return arrivals;
  FindSilence(arrivals);
  if (std::find(arrivals.gapped.begin(), arrivals.gapped.end(), true) != arrivals.gapped.end()) {
    auto whole = FitOn(arrivals, arrivals.days(),
                       [&](std::size_t cohort) { return !arrivals.gapped[cohort]; });
    if (whole) arrivals.curve = std::move(whole);
  }
  FindDelay(arrivals, stats::kDelayWeight / static_cast<double>(index.stages()), alerts.watch_days);
  for (std::size_t day = 0; day < arrivals.days(); ++day) {
    arrivals.share_known[day] =
        arrivals.CurveOf(day).ShareKnown(arrivals.AgeOf(day), arrivals.WeekdayOf(day));
  }
  arrivals.own = LearnOwnCurves(index, stage, arrivals);
  return arrivals;
}

std::vector<std::optional<StageArrivals>> ReadAllArrivals(const CubeIndex& index,
                                                          const AlertsConfig& alerts) {
  std::vector<std::optional<StageArrivals>> all(index.stages());
  const cube::Snapshot& snapshot = index.snapshot();
  if (snapshot.truth.empty() || snapshot.families.empty()) return all;
  for (std::size_t stage = 0; stage < index.stages(); ++stage) {
    if (snapshot.stage_given[stage] && snapshot.stage_has_times[stage]) {
      all[stage] = ReadArrivals(index, stage, alerts);
    }
  }
  return all;
}

std::vector<bool> DaysShownOf(const CubeIndex& index, std::size_t stage,
                              const std::vector<bool>& base_days) {
  const auto base_stage = index.snapshot().ladder.BaseOf(stage);
  std::vector<bool> shown_days(index.days());
  if (!base_stage) {
    for (std::size_t day = 0; day < index.days(); ++day) shown_days[day] = base_days[day];
    return shown_days;
  }
  std::vector<double> all(index.days());
  std::vector<double> hit(index.days());
  for (const cube::CountRow& row : index.snapshot().families.front().stages[*base_stage]) {
    const std::size_t base_day = DayIndex(index, row.shown + row.base_offset + row.delay);
    const auto net = static_cast<double>(row.gained - row.lost);
    all[DayIndex(index, row.shown)] += net;
    if (base_day < base_days.size() && base_days[base_day]) {
      hit[DayIndex(index, row.shown)] += net;
    }
  }
  for (std::size_t day = 0; day < index.days(); ++day) {
    shown_days[day] = hit[day] > kLostShare * all[day];
  }
  return shown_days;
}

SliceArrivals ReadSliceArrivals(const CubeIndex& index, std::size_t stage, std::size_t stream,
                                const StageArrivals& arrivals) {
  const Grouping& grouping = index.GroupingOf(stream);
  const FlatFamily& flat = index.families()[grouping.family];
  const cube::Family& family = index.snapshot().families[grouping.family];
  std::vector<bool> inside(flat.cells());
  for (std::size_t cell = 0; cell < flat.cells(); ++cell) {
    inside[cell] = grouping.first_stream + grouping.LocalStream(flat, cell) == stream;
  }
  SliceArrivals slice{stats::ArrivalTriangle(arrivals.days(), arrivals.triangle.max_delay()),
                      std::vector<double>(arrivals.days())};
  for (std::size_t day = 0; day < arrivals.days(); ++day) {
    slice.triangle.SetAge(day, arrivals.AgeOf(day));
  }
  for (const cube::CountRow& row : family.stages[stage]) {
    const auto base_day = BaseDayOf(index, row);
    const auto delay = static_cast<std::size_t>(std::max(row.delay, 0));
    if (!inside[static_cast<std::size_t>(row.cell)] || !base_day ||
        *base_day + delay >= arrivals.days()) {
      continue;
    }
    slice.triangle.Add(*base_day, static_cast<int>(delay),
                       static_cast<double>(row.gained - row.lost));
  }
  if (const auto base_stage = index.snapshot().ladder.BaseOf(stage)) {
    for (const cube::CountRow& row : family.stages[*base_stage]) {
      const std::size_t known = DayIndex(index, row.shown + row.base_offset + row.delay);
      if (!inside[static_cast<std::size_t>(row.cell)] || known >= arrivals.days()) continue;
      slice.trials[known] += static_cast<double>(row.gained - row.lost);
    }
  } else {
    for (std::size_t day = 0; day < index.days(); ++day) {
      slice.trials[day] = index.Shown(stream, day);
    }
  }
  return slice;
}

}  // namespace ripen::monitor
