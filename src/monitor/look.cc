#include "monitor/look.h"

#include <algorithm>
#include <cstdlib>
#include <span>
#include <utility>

#include "monitor/arrivals.h"
#include "monitor/backtest.h"
#include "monitor/cube_index.h"
#include "monitor/data_problem.h"
#include "monitor/delay_shift.h"
#include "monitor/epochs.h"
#include "monitor/exposure_shift.h"
#include "monitor/exposures.h"
#include "monitor/fairness_gap.h"
#include "monitor/launch_shift.h"
#include "monitor/missing_values.h"
#include "monitor/mix_shift.h"
#include "monitor/privacy.h"
#include "monitor/rate_shift.h"
#include "monitor/responsible.h"
#include "monitor/same_time.h"
#include "monitor/settling.h"
#include "monitor/shadows.h"
#include "monitor/volume_shift.h"
#include "monitor/watch_list.h"

namespace ripen::monitor {
namespace {

constexpr std::size_t kMinCohorts = 11;  // ten days of reference and one to judge

// The days on which the rates of a stage are judged: all that have seen a part of their outcomes
// where the curve completes them, else those that are settled.
std::vector<std::size_t> UsableDays(const CubeIndex& index, const Settling& settling,
                                    std::size_t stage, const StageArrivals* arrivals,
                                    const Exposures& exposures, const std::vector<bool>& unusable) {
  std::vector<bool> usable(index.days());
  if (arrivals != nullptr && arrivals->curve && settling.OnlyWindowsOpen(stage)) {
    std::vector<bool> changed(arrivals->days());
    for (std::size_t day = 0; day < changed.size(); ++day) changed[day] = !arrivals->Trusted(day);
    const std::vector<bool> waits = DaysShownOf(index, stage, changed);
    for (std::size_t day = 0; day < index.days(); ++day) {
      usable[day] =
          exposures.At(0, day) > 0 && (!waits[day] || settling.Confirmed(stage, index.DayAt(day)));
    }
  } else {
    for (const Day shown : settling.DetectorDays(stage)) {
      usable[static_cast<std::size_t>(shown - index.snapshot().first_day)] = true;
    }
  }
  std::vector<std::size_t> days;
  for (std::size_t day = 0; day < index.days(); ++day) {
    if (usable[day] && !unusable[day]) days.push_back(day);
  }
  return days;
}

// The first day that detectors may rest on: what was shown before is no reference any more.
std::size_t FirstOfEpoch(const CubeIndex& index, const LookOptions& options) {
  const cube::Snapshot& snapshot = index.snapshot();
  return static_cast<std::size_t>(
      EpochStart(options.annotations, snapshot.first_day, snapshot.as_of) - snapshot.first_day);
}

void LeaveOutBefore(std::size_t first, std::vector<std::size_t>& days) {
  days.erase(days.begin(), std::lower_bound(days.begin(), days.end(), first));
}

// A change of delay that somebody took for the new usual is not said again; its curves stay apart.
bool IsAccepted(const Finding& delay, std::span<const AcceptedChange> accepted) {
  return std::any_of(accepted.begin(), accepted.end(), [&](const AcceptedChange& change) {
    return change.kind == FindingKind::kDelayShift && change.stage == delay.stage &&
           std::abs(change.from - *delay.since) <= kSameTimeDays;
  });
}

// A fall of the rate that begins when outcomes begin to come later is not told apart from it.
void ExplainByDelay(const Finding& delay, std::vector<Finding>& shifts) {
  for (Finding& shift : shifts) {
    const bool same_sign = (shift.direction == Move::kFall) == (delay.direction == Move::kRise);
    if (shift.explained_by || !same_sign || !AtTheSameTime(shift, delay)) continue;
    Explain(shift, delay.id);
  }
}

// Whether a stage bears on what is said of the only one asked for: itself, and stages of shown
// before one of shown, whose causes are undone in it.
bool Bears(const StageLadder& ladder, std::size_t stage, std::optional<std::size_t> only) {
  if (!only || stage == *only) return true;
  return stage < *only && !ladder.BaseOf(stage) && !ladder.BaseOf(*only);
}

// Whether a cause speaks of recommendations among which are those of the volume. A volume is of
// everybody: what a group is shown of an item moves the item's.
bool Moves(const Finding& cause, const Slice& volume) {
  if (cause.kind == FindingKind::kRateShift) return volume.IsInside(cause.slice);
  return cause.kind == FindingKind::kExposureShift && volume == *cause.item_slice;
}

// A volume that moved when the rate of the same or a wider group was named, or when its items were
// shown more or less, is a side effect.
void ExplainVolumes(std::vector<Finding>& volumes, const std::vector<Finding>& findings) {
  for (Finding& volume : volumes) {
    for (const Finding& cause : findings) {
      if (cause.level != Level::kAlert || volume.explained_by || !Moves(cause, volume.slice)) {
        continue;
      }
      if (AtTheSameTime(volume, cause)) volume.explained_by = cause.id;
    }
  }
}

// The days on which exposure is judged: nothing has to arrive, and only where every stage has lost
// a day is the day's logging in doubt.
std::vector<std::size_t> ExposureDays(const CubeIndex& index, const DataProblems& problems,
                                      std::size_t first) {
  std::vector<std::size_t> days;
  for (std::size_t day = first; day < index.days(); ++day) {
    const bool in_doubt = std::all_of(problems.unusable.begin(), problems.unusable.end(),
                                      [&](const auto& stage) { return stage[day]; });
    if (index.Shown(0, day) > 0 && !in_doubt) days.push_back(day);
  }
  return days;
}

// Days before the change that the search for the responsible group takes as reference.
constexpr int kReferenceDays = 42;

// What a look knows when it asks for the responsible groups of a stage's alerts.
struct StageContext {
  const RateStreams& streams;
  const StageArrivals* arrivals;
  const Visibility& visibility;
  std::vector<Cause> causes;  // those of earlier stages first
};

// Finds the responsible group of every unexplained alert, the other causes undone. A cross that
// cannot be read leaves the alerts as they are.
void FindResponsibleGroups(const StageContext& context, const LookOptions& options,
                           std::vector<Finding>& findings) {
  const CubeIndex& index = context.streams.index();
  std::vector<Slice> alarmed;
  std::optional<Day> first;
  for (const Finding& finding : findings) {
    if (finding.evidence_days.value_or(0) < options.alerts.false_alarm_every_days) continue;
    alarmed.push_back(finding.slice);
    if (finding.level != Level::kAlert || finding.explained_by) continue;
    first = first ? std::min(*first, *finding.since) : *finding.since;
  }
  if (!first) return;
  const auto cross = options.cross(std::max(index.snapshot().first_day, *first - kReferenceDays),
                                   index.snapshot().last_day);
  if (!cross) return;
  for (Finding& finding : findings) {
    if (finding.level != Level::kAlert || finding.explained_by) continue;
    std::vector<OtherCause> others;
    for (const Cause& cause : context.causes) {
      if (cause.finding_id == finding.id) continue;
      others.push_back({index.SliceOf(cause.stream), cause.start, cause.ratio});
    }
    const auto stream = index.Find(finding.slice);
    std::size_t start = 0;
    while (start + 1 < context.streams.cohorts() && context.streams.DayOf(start) < *finding.since) {
      ++start;
    }
    finding.responsible = FindResponsible(
        context.streams, context.arrivals, context.visibility, *cross, finding, others,
        {options.alerts.slice_attributes,
         std::max(1.0, Dispersion(context.streams, stream.value_or(0), start)), alarmed});
  }
}

// What was shown to whom, and of whom nothing is known any more.
void AddExposures(const CubeIndex& index, const Visibility& visibility,
                  std::span<const std::size_t> days, const LookOptions& options,
                  std::span<const Finding> launches, std::vector<Finding>& findings) {
  if (days.size() < kMinCohorts) return;
  std::vector<Finding> exposures = FindExposureShifts(index, visibility, days, options);
  ExplainByRates(findings, exposures);
  for (const Finding& launch : launches) ExplainByLaunch(launch, exposures);
  for (Finding& exposure : exposures) findings.push_back(std::move(exposure));
  std::vector<Finding> missing = FindMissingValues(index, visibility, days, options);
  ExplainByMissing(missing, findings);
  for (Finding& problem : missing) findings.push_back(std::move(problem));
}

}  // namespace

Look TakeLook(const cube::Snapshot& snapshot, const InputSummary& input,
              const LookOptions& options) {
  Look look;
  if (snapshot.truth.empty() || snapshot.families.empty()) return look;
  const CubeIndex index(snapshot);
  const Settling settling(snapshot);
  const Visibility visibility(index, options.smallest_group);
  const auto arrivals = ReadAllArrivals(index, options.alerts);
  DataProblems problems = FindDataProblems(index, arrivals, input);
  look.findings = std::move(problems.findings);

  const std::size_t first_judged = FirstOfEpoch(index, options);
  const std::vector<Finding> launches = FindLaunchFindings(index, visibility, options.annotations);
  std::vector<bool> watched(index.streams());
  std::vector<Cause> of_shown;
  for (std::size_t stage = 0; stage < index.stages(); ++stage) {
    if (!snapshot.stage_given[stage] || !Bears(snapshot.ladder, stage, options.only_stage))
      continue;
    const StageArrivals* arriving = arrivals[stage] ? &*arrivals[stage] : nullptr;
    auto delay = FindDelayShift(index, stage, arriving, options);
    if (delay && IsAccepted(*delay, options.accepted)) delay.reset();
    if (delay) look.findings.push_back(*delay);
    const Exposures exposures = arriving != nullptr && arriving->curve
                                    ? Exposures::Arrived(index, stage, *arriving)
                                    : Exposures::Whole(index, stage);
    std::vector<std::size_t> days =
        UsableDays(index, settling, stage, arriving, exposures, problems.unusable[stage]);
    LeaveOutBefore(first_judged, days);
    if (days.size() < kMinCohorts) continue;
    std::vector<double> weights = RateWeights(index, options.alerts, stage);
    for (std::size_t stream = 1; stream < weights.size(); ++stream) {
      if (weights[stream] > 0) watched[stream] = true;
    }
    const RateStreams streams(index, stage, exposures, std::move(days), std::move(weights),
                              AcceptedFor(options.accepted, snapshot.ladder, stage));
    const bool is_of_shown = !snapshot.ladder.BaseOf(stage);
    JudgedShifts shifts = FindRateShifts(streams, visibility, options,
                                         is_of_shown ? of_shown : std::vector<Cause>{}, arriving);
    if (delay) ExplainByDelay(*delay, shifts.findings);
    ExplainRatesByLaunches(launches, streams, shifts.findings);
    if (options.cross) {
      StageContext context{streams, arriving, visibility, {}};
      if (is_of_shown) context.causes = of_shown;
      context.causes.insert(context.causes.end(), shifts.causes.begin(), shifts.causes.end());
      FindResponsibleGroups(context, options, shifts.findings);
    }
    for (Finding& finding : shifts.findings) look.findings.push_back(std::move(finding));
    if (is_of_shown) of_shown.insert(of_shown.end(), shifts.causes.begin(), shifts.causes.end());
    if (options.only_stage) continue;
    std::vector<Cause> undone_causes = is_of_shown ? of_shown : shifts.causes;
    std::vector<Finding> gaps = FindFairnessGaps(streams, settling, visibility, options,
                                                 {undone_causes, shifts.undone}, arriving);
    if (delay) ExplainByDelay(*delay, gaps);
    for (Finding& gap : gaps) look.findings.push_back(std::move(gap));
    if (auto mix = FindMixShift(streams, shifts.undone, visibility, options)) {
      look.findings.push_back(std::move(*mix));
    }
  }
  if (!options.only_stage) {
    AddExposures(index, visibility, ExposureDays(index, problems, first_judged), options, launches,
                 look.findings);
    std::vector<Finding> volumes = FindVolumeShifts(index, visibility, first_judged, options);
    ExplainVolumes(volumes, look.findings);
    ExplainVolumesByLaunches(launches, volumes);
    look.findings.insert(look.findings.end(), launches.begin(), launches.end());
    for (Finding& volume : volumes) look.findings.push_back(std::move(volume));
  }
  if (options.backtest != nullptr) {
    for (Finding& finding : options.backtest->Findings()) look.findings.push_back(finding);
  }
  look.groups_checked = static_cast<int>(std::count(watched.begin(), watched.end(), true));
  SortFindings(look.findings);
  return look;
}

}  // namespace ripen::monitor
