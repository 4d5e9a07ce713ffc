#include "monitor/expected_rate.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "monitor/arrivals.h"
#include "monitor/cube_index.h"
#include "monitor/settling.h"
#include "stats/isotonic.h"
#include "stats/wilson.h"

namespace ripen::monitor {
namespace {

constexpr double kRecordsForIsotonic = 2000;
constexpr double kRecordsForPlatt = 200;
constexpr double kEventsForPlatt = 20;
constexpr int kLastDays = 7;
constexpr double kMostOutside = .2;  // of the last seven days' scores
constexpr double kEventsOfNoDifference = 20;
constexpr double kLeastExpected = 5;  // outcomes by now, for a ratio
// A ratio so many standard errors off is no chance, though it is read every day.
constexpr double kSureDeviate = 4;
// Of the move that a change makes: an expectation that follows it by less does not see it.
constexpr double kLeastSeen = .5;

// Records and outcomes of one group by day shown and bin of the score.
class Table {
 public:
  Table(const cube::Snapshot& snapshot, const cube::ScoredOutcomes& scored, std::size_t stage)
      : first_(snapshot.first_day),
        bins_(scored.bins.size()),
        days_(static_cast<std::size_t>(snapshot.last_day - snapshot.first_day) + 1),
        shown_(days_ * bins_),
        events_(days_ * bins_) {
    Add(scored.shown, shown_);
    if (stage < scored.stages.size()) Add(scored.stages[stage], events_);
  }
  std::size_t days() const { return days_; }
  std::size_t bins() const { return bins_; }
  Day DayAt(std::size_t day) const { return first_ + static_cast<int>(day); }
  double Shown(std::size_t day, std::size_t bin) const { return shown_[day * bins_ + bin]; }
  double Events(std::size_t day, std::size_t bin) const { return events_[day * bins_ + bin]; }
  double EventsOf(std::size_t day) const {
    double sum = 0;
    for (std::size_t bin = 0; bin < bins_; ++bin) sum += Events(day, bin);
    return sum;
  }
  // The sum over a day's records of a function of their bin.
  template <typename Of>
  double SumOf(std::size_t day, const Of& of) const {
    double sum = 0;
    for (std::size_t bin = 0; bin < bins_; ++bin) sum += Shown(day, bin) * of(bin);
    return sum;
  }

 private:
  void Add(const std::vector<cube::CountRow>& rows, std::vector<double>& out) const {
    for (const cube::CountRow& row : rows) {
      const int day = row.shown - first_;
      if (day < 0 || day >= static_cast<int>(days_)) continue;
      out[static_cast<std::size_t>(day) * bins_ + static_cast<std::size_t>(row.cell)] +=
          static_cast<double>(row.gained - row.lost);
    }
  }
  Day first_;
  std::size_t bins_;
  std::size_t days_;
  std::vector<double> shown_;
  std::vector<double> events_;
};

// Rates of the bins, learned on some days.
struct Calibration {
  std::vector<double> rate;
  double dispersion = 1;
  double relative_variance = 0;  // of the level, which was learned from so many outcomes only
  ScoreCalibration printed;
};

std::vector<stats::ScoreBin> BinsOf(const Table& table, const cube::ScoreBins& bins,
                                    const std::vector<std::size_t>& days) {
  std::vector<stats::ScoreBin> sums(table.bins());
  for (std::size_t bin = 0; bin < sums.size(); ++bin) {
    sums[bin].score = bins.typical[bin];
    for (const std::size_t day : days) {
      sums[bin].trials += table.Shown(day, bin);
      sums[bin].events += table.Events(day, bin);
    }
  }
  return sums;
}

// The printed tenths: neighbouring bins together, of about equal numbers of records.
std::vector<CalibrationPart> PartsOf(const std::vector<stats::ScoreBin>& bins,
                                     const std::vector<double>& rate) {
  constexpr double kParts = 10;
  double all = 0;
  for (const stats::ScoreBin& bin : bins) all += bin.trials;
  std::vector<CalibrationPart> parts;
  stats::ScoreBin part;
  double score = 0;
  double calibrated = 0;
  const auto close = [&] {
    if (part.trials <= 0) return;
    parts.push_back({score / part.trials, std::llround(part.trials), part.events / part.trials,
                     calibrated / part.trials});
    part = {};
    score = calibrated = 0;
  };
  for (std::size_t bin = 0; bin < bins.size(); ++bin) {
    part.trials += bins[bin].trials;
    part.events += bins[bin].events;
    score += bins[bin].trials * bins[bin].score;
    calibrated += bins[bin].trials * rate[bin];
    if (part.trials >= all / kParts * (1 - 1e-9)) close();
  }
  close();
  return parts;
}

std::optional<Calibration> Calibrate(const Table& table, const cube::ScoreBins& score_bins,
                                     const std::vector<std::size_t>& days) {
  const std::vector<stats::ScoreBin> bins = BinsOf(table, score_bins, days);
  double trials = 0;
  double events = 0;
  for (const stats::ScoreBin& bin : bins) {
    trials += bin.trials;
    events += bin.events;
  }
  if (trials < kRecordsForPlatt || events < kEventsForPlatt) return std::nullopt;
  Calibration made;
  made.printed.isotonic = trials >= kRecordsForIsotonic;
  if (made.printed.isotonic) {
    made.rate = stats::FitIsotonic(bins);
  } else {
    const auto line = stats::FitPlatt(bins);
    if (!line) return std::nullopt;
    for (const stats::ScoreBin& bin : bins) made.rate.push_back(line->At(bin.score));
  }
  double chi = 0;
  for (const std::size_t day : days) {
    const double expected = table.SumOf(day, [&](std::size_t bin) { return made.rate[bin]; });
    const double variance =
        table.SumOf(day, [&](std::size_t bin) { return made.rate[bin] * (1 - made.rate[bin]); });
    const double off = table.EventsOf(day) - expected;
    if (variance > 0) chi += off * off / variance;
  }
  made.dispersion = std::max(1.0, chi / static_cast<double>(days.size()));
  made.printed.from = table.DayAt(days.front());
  made.printed.to = table.DayAt(days.back());
  made.printed.scored = std::llround(trials);
  const bool are_rates = score_bins.edges.front() >= 0 && score_bins.edges.back() <= 1;
  if (are_rates) made.printed.error = stats::CalibrationError(bins);
  made.printed.parts = PartsOf(bins, made.rate);
  return made;
}

// By day shown the share of its outcomes that is known; absent where that cannot be told.
std::vector<std::optional<double>> ShareKnown(const cube::Snapshot& snapshot, std::size_t stage,
                                              const AlertsConfig& alerts, std::size_t days) {
  std::vector<std::optional<double>> share(days);
  const Settling settling(snapshot);
  std::optional<StageArrivals> arrivals;
  const CubeIndex index(snapshot);
  if (snapshot.stage_has_times[stage]) arrivals = ReadArrivals(index, stage, alerts);
  for (std::size_t day = 0; day < days; ++day) {
    if (settling.Confirmed(stage, snapshot.first_day + static_cast<int>(day))) {
      share[day] = 1;
    } else if (arrivals && arrivals->curve && arrivals->Trusted(day)) {
      share[day] = arrivals->share_known[day];
    }
  }
  return share;
}

class Spans {
 public:
  Spans(const Table& table, const Calibration& calibration,
        const std::vector<std::optional<double>>& share_known)
      : table_(table), calibration_(calibration), share_known_(share_known) {}

  // Requires: first <= last, both days of the table.
  ExpectedSpan Of(std::size_t first, std::size_t last) const {
    ExpectedSpan span;
    span.from = table_.DayAt(first);
    span.to = table_.DayAt(last);
    double trials = 0;
    double expected = 0;
    double variance = 0;
    double so_far = 0;
    double variance_so_far = 0;
    double outcomes = 0;
    bool told = true;
    for (std::size_t day = first; day <= last; ++day) {
      const double scored = table_.SumOf(day, [](std::size_t) { return 1.0; });
      const double of_day = Expected(day);
      trials += scored;
      expected += of_day;
      variance += table_.SumOf(day, [&](std::size_t bin) {
        return calibration_.rate[bin] * (1 - calibration_.rate[bin]);
      });
      outcomes += table_.EventsOf(day);
      told = told && (scored <= 0 || share_known_[day]);
      const double known = share_known_[day].value_or(0);
      so_far += of_day * known;
      variance_so_far += table_.SumOf(day, [&](std::size_t bin) {
        return calibration_.rate[bin] * known * (1 - calibration_.rate[bin] * known);
      });
    }
    span.scored = std::llround(trials);
    span.outcomes_so_far = std::llround(outcomes);
    if (trials <= 0) return span;
    const double of_level = calibration_.relative_variance;
    const double half =
        stats::kNormal90 *
        std::sqrt(calibration_.dispersion * variance + of_level * expected * expected) / trials;
    span.expected = expected / trials;
    span.low = std::max(0.0, *span.expected - half);
    span.high = std::min(1.0, *span.expected + half);
    if (!told) return span;
    span.expected_so_far = so_far;
    if (so_far < kLeastExpected) return span;
    const double error =
        std::sqrt(calibration_.dispersion * variance_so_far / (so_far * so_far) + of_level);
    span.ratio = outcomes / so_far;
    span.ratio_low = std::max(0.0, *span.ratio - stats::kNormal90 * error);
    span.ratio_high = *span.ratio + stats::kNormal90 * error;
    return span;
  }

 private:
  double Expected(std::size_t day) const {
    return table_.SumOf(day, [&](std::size_t bin) { return calibration_.rate[bin]; });
  }
  const Table& table_;
  const Calibration& calibration_;
  const std::vector<std::optional<double>>& share_known_;
};

double ShareOutside(const Table& table, std::size_t first) {
  double outside = 0;
  double all = 0;
  for (std::size_t day = first; day < table.days(); ++day) {
    outside += table.Shown(day, 0) + table.Shown(day, table.bins() - 1);
    all += table.SumOf(day, [](std::size_t) { return 1.0; });
  }
  return all > 0 ? outside / all : 0;
}

double MeanExpected(const Table& table, const Calibration& calibration, std::size_t first,
                    std::size_t last) {
  double expected = 0;
  double trials = 0;
  for (std::size_t day = first; day < last; ++day) {
    expected += table.SumOf(day, [&](std::size_t bin) { return calibration.rate[bin]; });
    trials += table.SumOf(day, [](std::size_t) { return 1.0; });
  }
  return trials > 0 ? expected / trials : 0;
}

// The rates of a group whose scores have always meant more or less than those of everybody: scaled
// to what came of them on the calibration's days, with the weight of a few outcomes on no
// difference.
void FitGroup(const Table& table, const std::vector<std::size_t>& days, Calibration& calibration) {
  std::vector<double>& rate = calibration.rate;
  double expected = kEventsOfNoDifference;
  double observed = kEventsOfNoDifference;
  double variance = kEventsOfNoDifference;
  for (const std::size_t day : days) {
    expected += table.SumOf(day, [&](std::size_t bin) { return rate[bin]; });
    observed += table.EventsOf(day);
    variance += table.SumOf(day, [&](std::size_t bin) { return rate[bin] * (1 - rate[bin]); });
  }
  calibration.relative_variance = calibration.dispersion * variance / (observed * observed);
  for (double& each : rate) each = std::min(1.0, each * observed / expected);
}

// What a ratio far from 1 means where no alert says what changed: the rate left the scores behind,
// or the scores left the rate.
void JudgeRatio(const Table& table, const std::vector<std::size_t>& days,
                const std::vector<double>& rate, ExpectedReport& report) {
  const ExpectedSpan& recent = *report.recent;
  if (!recent.ratio || !recent.expected) return;
  const double error = (recent.ratio_high - *recent.ratio) / stats::kNormal90;
  if (std::abs(*recent.ratio - 1) <= kSureDeviate * error) return;
  double usual = 0;
  double trials = 0;
  for (const std::size_t day : days) {
    usual += table.SumOf(day, [&](std::size_t bin) { return rate[bin]; });
    trials += table.SumOf(day, [](std::size_t) { return 1.0; });
  }
  const double followed = std::log(*recent.expected * trials / usual);
  const double moved = followed + std::log(*recent.ratio);
  report.scores_cannot_see = std::abs(followed) < kLeastSeen * std::abs(moved);
  report.scores_mean_other = !report.scores_cannot_see;
}

// Whether the expectation of the changed group followed its rate by less than half.
bool IsBlindTo(const Finding& change, const Table& table, const Calibration& calibration) {
  const auto start = static_cast<std::size_t>(
      std::clamp(*change.since - table.DayAt(0), 0, static_cast<int>(table.days())));
  const double before = MeanExpected(table, calibration, 0, start);
  const double after = MeanExpected(table, calibration, start, table.days());
  if (before <= 0 || after <= 0 || *change.before <= 0 || *change.after <= 0) return false;
  const double moved = std::log(*change.after / *change.before);
  return std::log(after / before) / moved < kLeastSeen;
}

std::vector<ExpectedSpan> WeeksOf(const Spans& spans, const Table& table) {
  std::vector<ExpectedSpan> weeks;
  for (std::size_t first = 0; first < table.days();) {
    std::size_t last = first;
    while (last + 1 < table.days() && table.DayAt(last + 1).iso_weekday() != 1) ++last;
    weeks.push_back(spans.Of(first, last));
    first = last + 1;
  }
  return weeks;
}

// Settled days before the change and before the last seven; all settled ones where they are few.
std::vector<std::size_t> CalibrationDays(const cube::Snapshot& snapshot, const Table& table,
                                         std::size_t stage, const Finding* change) {
  const Settling settling(snapshot);
  std::vector<std::size_t> settled;
  std::vector<std::size_t> early;
  double records = 0;
  for (std::size_t day = 0; day < table.days(); ++day) {
    const double scored = table.SumOf(day, [](std::size_t) { return 1.0; });
    if (scored <= 0 || !settling.Confirmed(stage, table.DayAt(day))) continue;
    settled.push_back(day);
    const bool is_last = day + kLastDays >= table.days();
    if (is_last || (change != nullptr && table.DayAt(day) >= *change->since)) continue;
    early.push_back(day);
    records += scored;
  }
  return records >= kRecordsForPlatt ? early : settled;
}

ExpectedReport Refuse(ExpectedReport report, NoExpectation reason) {
  report.refused = reason;
  return report;
}

}  // namespace

const Finding* ChangeToSee(const std::vector<Finding>& findings, const ExpectedRequest& request) {
  const auto found = std::find_if(findings.begin(), findings.end(), [&](const Finding& finding) {
    return finding.kind == FindingKind::kRateShift && finding.level == Level::kAlert &&
           finding.stage == request.stage && !finding.explained_by && finding.since &&
           finding.before && finding.after &&
           (finding.slice.IsInside(request.slice) || request.slice.IsInside(finding.slice));
  });
  return found == findings.end() ? nullptr : &*found;
}

ExpectedReport ReadExpected(const cube::Snapshot& snapshot, const ScoredHistory& history,
                            const ExpectedRequest& request, const Finding* change,
                            const AlertsConfig& alerts) {
  ExpectedReport report;
  report.as_of = snapshot.as_of;
  report.stage = request.stage;
  report.slice = request.slice;
  const auto stage = snapshot.ladder.IndexOf(request.stage);
  if (!stage || !snapshot.stage_given[*stage]) {
    return Refuse(std::move(report), NoExpectation::kStageNotGiven);
  }
  if (snapshot.ladder.BaseOf(*stage)) {
    return Refuse(std::move(report), NoExpectation::kStageOfStage);
  }
  if (history.all.bins.edges.empty() || snapshot.truth.empty()) {
    return Refuse(std::move(report), NoExpectation::kNoScores);
  }
  const Table all(snapshot, history.all, *stage);
  const Table table(snapshot, history.slice, *stage);
  const std::vector<std::size_t> days = CalibrationDays(snapshot, all, *stage, change);
  auto calibration = days.empty() ? std::nullopt : Calibrate(all, history.all.bins, days);
  if (!calibration) return Refuse(std::move(report), NoExpectation::kTooFewSettled);
  const std::size_t recent = all.days() > kLastDays ? all.days() - kLastDays : 0;
  if (ShareOutside(table, recent) > kMostOutside) {
    return Refuse(std::move(report), NoExpectation::kOutsideRange);
  }
  const std::vector<std::optional<double>> share_known =
      ShareKnown(snapshot, *stage, alerts, all.days());
  FitGroup(table, days, *calibration);
  const Spans spans(table, *calibration, share_known);
  report.calibration = calibration->printed;
  report.recent = spans.Of(recent, all.days() - 1);
  for (std::size_t day = 0; day < all.days(); ++day) report.days.push_back(spans.Of(day, day));
  report.weeks = WeeksOf(spans, table);
  if (change != nullptr && history.of_finding != nullptr) {
    report.scores_cannot_see =
        IsBlindTo(*change, Table(snapshot, *history.of_finding, *stage), *calibration);
    if (report.scores_cannot_see) report.finding = change->id;
  } else {
    JudgeRatio(table, days, calibration->rate, report);
  }
  return report;
}

}  // namespace ripen::monitor
