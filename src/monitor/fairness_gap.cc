#include "monitor/fairness_gap.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <optional>
#include <utility>

#include "monitor/fairness_pairs.h"
#include "monitor/rate_shift.h"
#include "monitor/shift_figures.h"
#include "stats/main_effects.h"
#include "stats/overdispersion.h"
#include "stats/shiryaev_roberts.h"
#include "stats/start_posterior.h"
#include "stats/strata.h"

namespace ripen::monitor {
namespace {

// A group's days, with the mix of its customers taken out.
struct GroupDays {
  std::vector<double> trials;
  std::vector<double> events;
  double rate = 0;
};

GroupDays DaysOf(const RateStreams& streams, std::size_t stream, const FamilyEvents& events) {
  const CubeIndex& index = streams.index();
  const Grouping& grouping = index.GroupingOf(stream);
  const FlatFamily& flat = index.families()[grouping.family];
  const stats::CellCounts cells = streams.Cells(grouping.family, events[grouping.family]);
  std::vector<std::int32_t> inside(flat.cells(), -1);
  std::vector<double> cell_trials(flat.cells());
  std::vector<double> cell_events(flat.cells());
  for (std::size_t cell = 0; cell < flat.cells(); ++cell) {
    if (grouping.first_stream + grouping.LocalStream(flat, cell) != stream) continue;
    inside[cell] = 0;
    for (std::uint32_t at = cells.first[cell]; at < cells.first[cell + 1]; ++at) {
      cell_trials[cell] += static_cast<double>(cells.trials[at]);
      cell_events[cell] += static_cast<double>(cells.events[at]);
    }
  }
  const std::vector<double> expected =
      stats::MainEffectRates({flat.values, flat.sizes}, cell_trials, cell_events, inside, 1);
  GroupDays days{std::vector<double>(streams.cohorts()), std::vector<double>(streams.cohorts()), 0};
  std::vector<double> due(streams.cohorts());
  for (std::size_t cell = 0; cell < flat.cells(); ++cell) {
    if (inside[cell] < 0) continue;
    for (std::uint32_t at = cells.first[cell]; at < cells.first[cell + 1]; ++at) {
      const auto trials = static_cast<double>(cells.trials[at]);
      days.trials[cells.cohort[at]] += trials;
      days.events[cells.cohort[at]] += static_cast<double>(cells.events[at]);
      due[cells.cohort[at]] += trials * expected[cell];
    }
  }
  const double trials = std::accumulate(days.trials.begin(), days.trials.end(), 0.0);
  if (trials <= 0) return days;
  days.rate = std::accumulate(days.events.begin(), days.events.end(), 0.0) / trials;
  const double due_rate = std::accumulate(due.begin(), due.end(), 0.0) / trials;
  for (std::size_t cohort = 0; cohort < streams.cohorts(); ++cohort) {
    days.events[cohort] += days.trials[cohort] * due_rate - due[cohort];
    const double narrowing = streams.Narrowing(stream, cohort);
    days.trials[cohort] *= narrowing;
    days.events[cohort] *= narrowing;
  }
  return days;
}

// The days of a pair as counts: `trials` w_d, `events` w_d (p + p y_d), so that their rate moves by
// p y_d and their variance is that of binomial counts with the rate p.
struct PairDays {
  std::vector<double> trials;
  std::vector<double> events;
  std::vector<double> third;  // cumulant of the events
};

std::optional<PairDays> Compare(const GroupDays& group, const GroupDays& against) {
  if (group.rate <= 0 || group.rate >= 1 || against.rate <= 0 || against.rate >= 1) {
    return std::nullopt;
  }
  const std::size_t cohorts = group.trials.size();
  const double rate = std::sqrt(group.rate * against.rate);
  PairDays days{std::vector<double>(cohorts), std::vector<double>(cohorts),
                std::vector<double>(cohorts)};
  for (std::size_t day = 0; day < cohorts; ++day) {
    if (group.trials[day] <= 0 || against.trials[day] <= 0) continue;
    const double one = group.rate * group.trials[day];
    const double other = against.rate * against.trials[day];
    const double apart = group.events[day] / one - against.events[day] / other;
    const double variance = (1 - group.rate) / one + (1 - against.rate) / other;
    days.trials[day] = (1 - rate) / rate / variance;
    days.events[day] = days.trials[day] * rate * (1 + apart);
    days.third[day] = std::pow(days.trials[day] * rate, 3) *
                      ((1 - group.rate) * (1 - 2 * group.rate) / (one * one) -
                       (1 - against.rate) * (1 - 2 * against.rate) / (other * other));
  }
  return days;
}

// The evidence of a pair on some counts.
struct GapReading {
  double evidence_days = 0;
  stats::StartEstimate start;
  bool group_falls = false;
};

class GapReader {
 public:
  GapReader(const RateStreams& streams, std::vector<GroupPair> pairs, double weight)
      : streams_(streams), pairs_(std::move(pairs)), log_weight_(std::log(weight)) {
    stats::Overdispersion pool;
    for (const GroupPair& pair : pairs_) {
      if (const auto days = DaysOfPair(pair, streams.events())) {
        pool.AddStream(days->trials, days->events);
      }
    }
    rho_ = pool.Estimate();
  }

  const std::vector<GroupPair>& pairs() const { return pairs_; }

  std::optional<GapReading> Read(const GroupPair& pair, const FamilyEvents& events,
                                 double min_evidence_days) const {
    auto days = DaysOfPair(pair, events);
    if (!days) return std::nullopt;
    for (std::size_t day = 0; day < days->trials.size(); ++day) {
      const double share = stats::EffectiveShare(days->trials[day], rho_);
      days->trials[day] *= share;
      days->events[day] *= share;
      days->third[day] *= share;
    }
    stats::StartStatistics statistics = stats::OneStratum(days->trials, days->events, {});
    TakeSkew(days->third, statistics);
    const std::vector<double> logs = stats::LogStartEvidences(statistics, {});
    const double log_evidence = stats::LogSum(logs) + log_weight_;
    if (!(log_evidence >= std::log(min_evidence_days))) return std::nullopt;
    constexpr double kLargest = 688;
    const stats::StartEstimate start = *stats::EstimateStart(logs);
    return GapReading{std::exp(std::min(log_evidence, kLargest)), start,
                      statistics.score[start.start] < 0};
  }

 private:
  std::optional<PairDays> DaysOfPair(const GroupPair& pair, const FamilyEvents& events) const {
    return Compare(DaysOf(streams_, pair.group, events), DaysOf(streams_, pair.against, events));
  }

  // q(nu) is what came since, less its part of the whole.
  static void TakeSkew(const std::vector<double>& third, stats::StartStatistics& statistics) {
    const double all = std::accumulate(third.begin(), third.end(), 0.0);
    double since = 0;
    for (std::size_t day = third.size(); day-- > 0;) {
      since += third[day];
      const double part = statistics.trials[day] / std::max(statistics.all_trials, 1e-9);
      statistics.skew[day] = std::pow(1 - part, 3) * since - std::pow(part, 3) * (all - since);
    }
  }

  const RateStreams& streams_;
  std::vector<GroupPair> pairs_;
  double log_weight_;
  double rho_ = 0;
};

// The finding, or nothing where the gap closed.
std::optional<Finding> Describe(const RateStreams& streams, const GroupPair& pair,
                                const GapReading& reading, const LookOptions& options) {
  const CubeIndex& index = streams.index();
  const Stage& stage = index.snapshot().ladder[streams.stage()];
  const bool more_is_worse = stage.direction == Direction::kMoreIsWorse;
  const bool group_loses = reading.group_falls != more_is_worse;
  const std::size_t behind = group_loses ? pair.group : pair.against;
  const std::size_t ahead = group_loses ? pair.against : pair.group;
  const FiguresSince figures = ChooseFigures(streams, behind, reading.start.latest);
  Finding finding;
  finding.kind = FindingKind::kFairnessGap;
  finding.stage = stage.name;
  finding.slice = index.SliceOf(behind);
  finding.against = index.SliceOf(ahead);
  finding.against_before = RateOf(streams, ahead, 0, reading.start.earliest);
  finding.against_after = RateOf(streams, ahead, reading.start.latest, figures.end);
  finding.before = RateOf(streams, behind, 0, reading.start.earliest) - *finding.against_before;
  finding.after =
      RateOf(streams, behind, reading.start.latest, figures.end) - *finding.against_after;
  if (more_is_worse ? *finding.after <= 0 : *finding.after >= 0) return std::nullopt;
  finding.direction = more_is_worse ? Move::kRise : Move::kFall;
  finding.worse = true;
  finding.since = streams.DayOf(reading.start.start);
  finding.since_earliest = streams.DayOf(reading.start.earliest);
  finding.since_latest = streams.DayOf(reading.start.latest);
  finding.maturity = figures.confirmed ? Maturity::kConfirmed : Maturity::kProvisional;
  finding.evidence_days = PrintedEvidence(reading.evidence_days);
  finding.certainty = CertaintyOf(reading.evidence_days, options.alerts);
  double since = 0;
  for (std::size_t cohort = reading.start.start; cohort < figures.end; ++cohort) {
    since += streams.CountedTrials(behind, cohort);
  }
  finding.trials_since = static_cast<std::int64_t>(std::llround(since));
  finding.id = FindingId(finding, 1);
  return finding;
}

// The first cause after whose undoing the gap is silent.
std::string ExplainedBy(const RateStreams& streams, const GapReader& reader, const GroupPair& pair,
                        const std::vector<Cause>& causes, double watch_days) {
  FamilyEvents undone = streams.events();
  for (const Cause& cause : causes) {
    UndoCause(streams, cause, undone);
    if (!reader.Read(pair, undone, watch_days)) return cause.finding_id;
  }
  return causes.back().finding_id;
}

// Whether the group's fall may be a mere delay.
bool MayBeLater(const RateStreams& streams, const StageArrivals* arrivals, const Finding& gap,
                const GapReading& reading) {
  const auto stream = streams.index().Find(gap.slice);
  if (arrivals == nullptr || gap.direction != Move::kFall || !stream) return false;
  const double before = *gap.before + *gap.against_before;
  const double after = *gap.after + *gap.against_after;
  if (before <= 0 || *gap.against_after <= 0 || *gap.against_before <= 0) return false;
  const double ratio = after / before / (*gap.against_after / *gap.against_before);
  return ratio < 1 && CouldBeLater(streams, *arrivals, *stream, reading.start.start, ratio);
}

}  // namespace

std::vector<Finding> FindFairnessGaps(const RateStreams& streams, const Settling& settling,
                                      const Visibility& visibility, const LookOptions& options,
                                      const NamedCauses& named, const StageArrivals* arrivals) {
  const CubeIndex& index = streams.index();
  std::vector<GroupPair> watched =
      WatchedPairs(index, settling, visibility, streams.stage(), options.fairness);
  std::vector<Finding> findings;
  if (watched.empty()) return findings;
  const double watch = options.alerts.watch_days;
  const GapReader reader(streams, std::move(watched), FairnessPairWeight(index, options.fairness));
  for (const GroupPair& pair : reader.pairs()) {
    const auto raw = reader.Read(pair, streams.events(), watch);
    if (!raw) continue;
    const auto rest = named.causes.empty() ? raw : reader.Read(pair, named.undone, watch);
    auto finding = Describe(streams, pair, rest ? *rest : *raw, options);
    if (!finding) continue;
    finding->level = Level::kWatch;
    if (!rest) {
      finding->explained_by = ExplainedBy(streams, reader, pair, named.causes, watch);
    } else if (rest->evidence_days >= options.alerts.false_alarm_every_days) {
      if (MayBeLater(streams, arrivals, *finding, *rest)) {
        finding->code = kFewerOrLater;
      } else {
        finding->level = Level::kAlert;
      }
    }
    findings.push_back(*std::move(finding));
  }
  return findings;
}

}  // namespace ripen::monitor
