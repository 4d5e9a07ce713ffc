#include "monitor/shift_judge.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <optional>
#include <span>

#include "monitor/shift_figures.h"
#include "stats/slope.h"

namespace ripen::monitor {
namespace {

constexpr std::size_t kMaxCauses = 8;
constexpr double kGradualDeviates = 2.33;      // one step in a hundred is called gradual
constexpr std::size_t kRecoveryReference = 3;  // cohort days of the new level before a recovery

// What is known of one stream that reached `watch` on the counts as they are.
struct Verdict {
  Reading raw;
  std::optional<Reading> current;  // on the counts with causes undone; absent: fell silent
  std::optional<std::string> explained_by;
  bool named = false;
};

// The days since the start of a cause, on effective counts, with what the reference expects.
struct DaysSince {
  std::vector<double> trials;
  std::vector<double> events;
  std::vector<double> expected;
};

DaysSince SinceStart(const RateStreams& streams, const FamilyEvents& events,
                     const Reading& reading) {
  const std::vector<double> shares = streams.Shares(reading.stream);
  const std::span<const double> trials = streams.Trials(reading.stream);
  const std::vector<double> counted = streams.SumEvents(reading.stream, events);
  const std::vector<double> expected =
      ExpectedEvents(streams, events, reading.stream, reading.start.start);
  DaysSince since;
  for (std::size_t cohort = reading.start.start; cohort < trials.size(); ++cohort) {
    since.trials.push_back(shares[cohort] * trials[cohort]);
    since.events.push_back(shares[cohort] * counted[cohort]);
    since.expected.push_back(shares[cohort] * expected[cohort]);
  }
  return since;
}

bool IsGradual(const DaysSince& since, Move direction) {
  const auto slope = stats::StandardizedSlope(since.trials, since.events, since.expected);
  if (!slope) return false;
  return direction == Move::kFall ? *slope < -kGradualDeviates : *slope > kGradualDeviates;
}

// The mirror detector: did the level come back since the change? Returns its reading, with cohorts
// counted from the first day of the span.
std::optional<Reading> Recovery(const RateStreams& streams, const DaysSince& since,
                                const Reading& reading, double alert_days) {
  stats::DetectorOptions mirror;
  mirror.reference_cohorts = kRecoveryReference;
  const stats::StartStatistics statistics =
      stats::OneStratum(since.trials, since.events, since.expected);
  const std::vector<double> logs = stats::LogStartEvidences(statistics, mirror);
  const double log_evidence = stats::LogSum(logs) + std::log(streams.weight(reading.stream));
  if (!(log_evidence >= std::log(alert_days))) return std::nullopt;
  Reading recovery = reading;
  recovery.evidence_days = std::exp(std::min(log_evidence, 690.0));
  recovery.start = *stats::EstimateStart(logs);
  recovery.direction = statistics.score[recovery.start.start] < 0 ? Move::kFall : Move::kRise;
  if (recovery.direction == reading.direction) return std::nullopt;
  recovery.start.start += reading.start.start;
  recovery.start.earliest += reading.start.start;
  recovery.start.latest += reading.start.start;
  return recovery;
}

class Judge {
 public:
  Judge(const RateStreams& streams, ShiftSubject& subject, const AlertsConfig& alerts)
      : streams_(streams), subject_(subject), alerts_(alerts) {
    shifts_.undone = streams.events();
    for (const Reading& reading : streams.Read(shifts_.undone, {}, alerts.watch_days)) {
      if (subject.Shows(reading.stream)) verdicts_.push_back({reading, reading, {}, false});
    }
  }

  JudgedShifts Run(const std::vector<Cause>& earlier) {
    for (const Cause& cause : earlier) UndoCause(streams_, cause, shifts_.undone);
    for (const Cause& cause : earlier) {
      // The last one explains what fell silent only after all were undone.
      if (&cause == &earlier.back()) Refresh(cause.finding_id);
    }
    while (shifts_.causes.size() < kMaxCauses && NameNext()) {
    }
    for (const Verdict& verdict : verdicts_) {
      if (!verdict.named) ReportRest(verdict);
    }
    return std::move(shifts_);
  }

 private:
  // Reads the remaining streams on the undone counts; those that fall silent are explained.
  void Refresh(const std::string& explained_by) {
    std::vector<bool> wanted(streams_.index().streams());
    bool any = false;
    for (const Verdict& verdict : verdicts_) {
      if (!verdict.current || verdict.named) continue;
      wanted[verdict.raw.stream] = true;
      any = true;
    }
    if (!any) return;
    const std::vector<Reading> readings = streams_.Read(shifts_.undone, wanted, alerts_.watch_days);
    for (Verdict& verdict : verdicts_) {
      if (!verdict.current || verdict.named) continue;
      const auto found = std::find_if(
          readings.begin(), readings.end(),
          [&](const Reading& reading) { return reading.stream == verdict.raw.stream; });
      if (found == readings.end()) {
        verdict.current.reset();
        verdict.explained_by = explained_by;
      } else {
        verdict.current = *found;
      }
    }
  }

  bool NameNext() {
    std::vector<Reading> alarmed;
    for (const Verdict& verdict : verdicts_) {
      if (verdict.current && !verdict.named &&
          verdict.current->evidence_days >= alerts_.false_alarm_every_days) {
        alarmed.push_back(*verdict.current);
      }
    }
    if (alarmed.empty()) return false;
    const Naming naming = NameCause(streams_, shifts_.undone, alarmed);
    Verdict& named = *std::find_if(verdicts_.begin(), verdicts_.end(), [&](const Verdict& verdict) {
      return verdict.raw.stream == naming.stream;
    });
    named.named = true;
    const std::string id = ReportCause(*named.current, naming);
    Refresh(id);
    return true;
  }

  Finding Describe(const Reading& reading, Level level) const {
    const FiguresSince figures = ChooseFigures(streams_, reading.stream, reading.start.latest);
    Finding finding;
    finding.level = level;
    finding.direction = reading.direction;
    subject_.Name(reading.stream, finding);
    finding.since = streams_.DayOf(reading.start.start);
    finding.since_earliest = streams_.DayOf(reading.start.earliest);
    finding.since_latest = streams_.DayOf(reading.start.latest);
    finding.before = subject_.RateOf(reading.stream, 0, reading.start.earliest);
    finding.after = subject_.RateOf(reading.stream, reading.start.latest, figures.end);
    finding.maturity = figures.confirmed ? Maturity::kConfirmed : Maturity::kProvisional;
    finding.evidence_days = PrintedEvidence(reading.evidence_days);
    finding.certainty = CertaintyOf(reading.evidence_days, alerts_);
    double since = 0;
    for (std::size_t cohort = reading.start.start; cohort < figures.end; ++cohort) {
      since += subject_.TrialsOf(reading.stream, cohort);
    }
    finding.trials_since = static_cast<std::int64_t>(std::llround(since));
    finding.id = FindingId(finding, 1);
    return finding;
  }

  std::string ReportCause(const Reading& reading, const Naming& naming) {
    Finding finding = Describe(reading, Level::kAlert);
    const DaysSince since = SinceStart(streams_, shifts_.undone, reading);
    finding.gradual = IsGradual(since, reading.direction);
    finding.same_in = AttributesWithSameChange(streams_, shifts_.undone, reading);
    for (const std::size_t competitor : naming.competitors) {
      finding.competitors.push_back(streams_.index().SliceOf(competitor));
    }
    const auto recovery = Recovery(streams_, since, reading, alerts_.false_alarm_every_days);
    if (recovery) {
      finding.level = Level::kInfo;
      Finding back = Describe(*recovery, Level::kInfo);
      back.before = subject_.RateOf(reading.stream, reading.start.start, recovery->start.earliest);
      back.code = "recovered";
      back.id = FindingId(back, 2);
      shifts_.findings.push_back(std::move(back));
    }
    Cause cause = subject_.Undo(reading, finding, shifts_.undone);
    cause.finding_id = finding.id;
    shifts_.causes.push_back(cause);
    shifts_.findings.push_back(std::move(finding));
    return cause.finding_id;
  }

  void ReportRest(const Verdict& verdict) {
    Finding finding = Describe(verdict.current ? *verdict.current : verdict.raw, Level::kWatch);
    finding.explained_by = verdict.explained_by;
    shifts_.findings.push_back(std::move(finding));
  }

  const RateStreams& streams_;
  ShiftSubject& subject_;
  const AlertsConfig& alerts_;
  std::vector<Verdict> verdicts_;
  JudgedShifts shifts_;
};

}  // namespace

double PrintedEvidence(double evidence_days) {
  constexpr double kCap = 36500;
  if (evidence_days >= kCap) return kCap;
  if (evidence_days <= 0) return 0;
  // The number nearest to the three digits: rounding by arithmetic prints 9.620000000000001.
  return std::strtod(fmt::format("{:.2e}", evidence_days).c_str(), nullptr);
}

Certainty CertaintyOf(double evidence_days, const AlertsConfig& alerts) {
  if (evidence_days >= 40 * alerts.false_alarm_every_days) return Certainty::kVerySure;
  if (evidence_days >= alerts.false_alarm_every_days) return Certainty::kFairlySure;
  return Certainty::kTooEarly;
}

JudgedShifts JudgeShifts(const RateStreams& streams, ShiftSubject& subject,
                         const AlertsConfig& alerts, const std::vector<Cause>& earlier) {
  return Judge(streams, subject, alerts).Run(earlier);
}

}  // namespace ripen::monitor
