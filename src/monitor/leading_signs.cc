#include "monitor/leading_signs.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "monitor/rate_shift.h"
#include "monitor/sign_series.h"
#include "stats/dirichlet_shift.h"
#include "stats/drift_effect.h"
#include "stats/normal_shift.h"
#include "stats/shiryaev_roberts.h"
#include "stats/start_posterior.h"
#include "stats/wilson.h"

namespace ripen::monitor {
namespace {

constexpr double kShareOfSign = 1.0 / static_cast<double>(kAllSigns.size());
constexpr double kLeastDivergence = .01;
constexpr double kLeastMeanMove = .1;  // standard deviations of one recommendation
constexpr std::size_t kMinDays = 11;   // ten days of reference and one to judge
constexpr std::size_t kLastDays = 7;

// The counts that are judged: scores by tenth, everything else as it is.
std::vector<double> JudgedCounts(const SignSeries& series) {
  if (series.part_of_bin.empty()) return series.counts;
  std::vector<double> counts(series.days.size() * series.parts.size());
  for (std::size_t day = 0; day < series.days.size(); ++day) {
    for (std::size_t bin = 0; bin < series.bins; ++bin) {
      counts[day * series.parts.size() + series.part_of_bin[bin]] += series.At(day, bin);
    }
  }
  return counts;
}

std::vector<double> SumOfDays(const std::vector<double>& counts, std::size_t bins,
                              std::size_t first, std::size_t last) {
  std::vector<double> sum(bins);
  for (std::size_t day = first; day < last; ++day) {
    for (std::size_t bin = 0; bin < bins; ++bin) sum[bin] += counts[day * bins + bin];
  }
  return sum;
}

double MeanOf(const SignSeries& series, std::size_t first, std::size_t last) {
  double sum = 0;
  double trials = 0;
  for (std::size_t day = first; day < last; ++day) {
    sum += series.ValueOf(day) * series.TrialsOf(day);
    trials += series.TrialsOf(day);
  }
  return sum / trials;
}

double DeviationOf(const SignSeries& series, std::size_t first, std::size_t last) {
  const double mean = MeanOf(series, first, last);
  if (series.position_of.empty()) return std::sqrt(std::max(mean * (1 - mean), 1e-12));
  double squares = 0;
  double trials = 0;
  for (std::size_t day = first; day < last; ++day) {
    for (std::size_t bin = 0; bin < series.bins; ++bin) {
      const double off = series.position_of[bin] - mean;
      squares += series.At(day, bin) * off * off;
      trials += series.At(day, bin);
    }
  }
  return std::sqrt(std::max(squares / trials, 1e-12));
}

// Half of the mean squared difference of neighbouring days.
double VarianceOfDay(const SignSeries& series) {
  double squares = 0;
  for (std::size_t day = 0; day + 1 < series.days.size(); ++day) {
    const double step = series.ValueOf(day + 1) - series.ValueOf(day);
    squares += step * step;
  }
  return squares / (2 * static_cast<double>(series.days.size() - 1));
}

struct Judgement {
  std::vector<double> log_evidence;
  double dispersion = 1;
};

// Evidence of a change of the distribution; of scores also of their daily mean, and both averaged.
Judgement Judge(const SignSeries& series, const std::vector<double>& counts, std::size_t bins) {
  stats::DirichletShift shift = stats::FindDirichletShift({counts, bins}, {});
  Judgement judged{std::move(shift.log_evidence), shift.dispersion};
  if (series.code != SignCode::kScoreDistribution) return judged;
  std::vector<double> means;
  double trials = 0;
  for (std::size_t day = 0; day < series.days.size(); ++day) {
    means.push_back(series.ValueOf(day));
    trials += series.TrialsOf(day);
  }
  const double deviation = DeviationOf(series, 0, series.days.size());
  stats::NormalShiftOptions options;
  options.least_variance =
      deviation * deviation / (trials / static_cast<double>(series.days.size()));
  const std::vector<std::size_t> one_mean(means.size(), 0);
  const stats::NormalShift normal = stats::FindNormalShift(means, one_mean, 1, options);
  for (std::size_t day = 0; day < means.size(); ++day) {
    const std::array<double, 2> logs{judged.log_evidence[day], normal.log_evidence[day]};
    judged.log_evidence[day] = stats::LogSum(logs) - std::log(2.0);
  }
  return judged;
}

SignEffect EffectOf(const SignSeries& series, const std::vector<double>& counts, std::size_t bins,
                    double dispersion, std::pair<std::size_t, std::size_t> ends) {
  const auto [before_end, since_start] = ends;
  const std::size_t days = series.days.size();
  const stats::DriftEffect divergence =
      stats::JensenShannonEffect(SumOfDays(counts, bins, 0, before_end),
                                 SumOfDays(counts, bins, since_start, days), dispersion);
  const stats::DriftEffect mean = stats::StandardisedMean(
      {MeanOf(series, 0, before_end), MeanOf(series, since_start, days),
       DeviationOf(series, 0, before_end), VarianceOfDay(series), static_cast<double>(before_end),
       static_cast<double>(days - since_start)});
  // Whichever lies further beyond its threshold is told.
  const bool by_mean = std::abs(mean.value) / kLeastMeanMove > divergence.value / kLeastDivergence;
  return by_mean ? SignEffect{EffectMeasure::kStandardisedMean, mean.value, mean.low, mean.high,
                              kLeastMeanMove}
                 : SignEffect{EffectMeasure::kJensenShannon, divergence.value, divergence.low,
                              divergence.high, kLeastDivergence};
}

bool IsWorse(SignCode code, Move direction) {
  return (code == SignCode::kFallbackShare && direction == Move::kRise) ||
         (code == SignCode::kEarlyClicks && direction == Move::kFall);
}

Finding FindingFor(const SignSeries& series, const Sign& sign, const stats::StartEstimate& start,
                   std::pair<double, double> values) {
  Finding finding;
  finding.kind = FindingKind::kLeadingSign;
  finding.code = SignCodeName(series.code);
  finding.direction = values.second < values.first ? Move::kFall : Move::kRise;
  const bool worse = IsWorse(series.code, *finding.direction);
  finding.level = worse ? Level::kWatch : Level::kInfo;
  if (worse) finding.worse = true;
  finding.since = series.days[start.start];
  finding.since_earliest = series.days[start.earliest];
  finding.since_latest = series.days[start.latest];
  finding.before = values.first;
  finding.after = values.second;
  finding.evidence_days = PrintedEvidence(*sign.evidence_days);
  // Five signs are episodes of one slice: each has an id of its own.
  finding.id = FindingId(finding, 1 + static_cast<int>(series.code));
  return finding;
}

void FillUsual(const SignSeries& series, std::size_t end, Sign& sign) {
  double squares = 0;
  const double mean = MeanOf(series, 0, end);
  for (std::size_t day = 0; day < end; ++day) {
    const double off = series.ValueOf(day) - mean;
    squares += off * off;
  }
  const double half =
      stats::kNormal90 * std::sqrt(squares / std::max(1.0, static_cast<double>(end) - 1));
  sign.usual = mean;
  sign.usual_low = mean - half;
  sign.usual_high = mean + half;
  if (sign.is_share) {
    sign.usual_low = std::max(0.0, sign.usual_low);
    sign.usual_high = std::min(1.0, sign.usual_high);
  }
}

void FillParts(const SignSeries& series, const std::vector<double>& counts,
               std::pair<std::size_t, std::size_t> ends, Sign& sign) {
  sign.parts = series.parts;
  const std::size_t bins = sign.parts.size();
  if (bins == 0) return;
  const std::vector<double> usual = SumOfDays(counts, bins, 0, ends.first);
  const std::vector<double> now = SumOfDays(counts, bins, ends.second, series.days.size());
  double all_usual = 0;
  double all_now = 0;
  for (std::size_t bin = 0; bin < bins; ++bin) {
    all_usual += usual[bin];
    all_now += now[bin];
  }
  for (std::size_t bin = 0; bin < bins; ++bin) {
    sign.parts[bin].usual = usual[bin] / all_usual;
    sign.parts[bin].share = now[bin] / all_now;
  }
}

Sign ReadSign(const SignSeries& series, const SignOptions& options) {
  Sign sign;
  sign.code = series.code;
  sign.refused = series.refused;
  sign.is_share = series.position_of.empty();
  if (sign.refused) return sign;
  double trials = 0;
  for (std::size_t day = 0; day < series.days.size(); ++day) {
    trials += series.TrialsOf(day);
    sign.days.push_back(
        {series.days[day], std::llround(series.TrialsOf(day)), series.ValueOf(day)});
  }
  if (series.days.size() < kMinDays) {
    sign.refused = NoSign::kTooFewDays;
  } else if (trials < static_cast<double>(options.smallest_group) *
                          static_cast<double>(series.days.size())) {
    sign.refused = NoSign::kTooFew;
  }
  if (sign.refused) {
    sign.days.clear();
    return sign;
  }
  const std::vector<double> counts = JudgedCounts(series);
  const std::size_t bins = series.parts.empty() ? series.bins : series.parts.size();
  const Judgement judged = Judge(series, counts, bins);
  const double log_days = stats::LogSum(judged.log_evidence) + std::log(kShareOfSign);
  sign.evidence_days = std::exp(std::min(log_days, 690.0));
  const auto start = stats::EstimateStart(judged.log_evidence);
  const bool moved = start && *sign.evidence_days >= options.watch_days;
  const std::size_t days = series.days.size();
  const std::pair<std::size_t, std::size_t> ends =
      moved ? std::pair{std::max<std::size_t>(start->earliest, 1), start->latest}
            : std::pair{days - kLastDays, days - kLastDays};
  sign.effect = EffectOf(series, counts, bins, judged.dispersion, ends);
  FillParts(series, counts, ends, sign);
  const bool over = std::abs(sign.effect->value) > sign.effect->threshold;
  FillUsual(series, moved && over ? ends.first : days, sign);
  if (moved && over) {
    sign.finding = FindingFor(series, sign, *start,
                              {MeanOf(series, 0, ends.first), MeanOf(series, ends.second, days)});
  }
  return sign;
}

}  // namespace

SignReport ReadSigns(const cube::Snapshot& snapshot, const cube::SignCounts& counts,
                     const SignOptions& options) {
  SignReport report;
  report.as_of = snapshot.as_of;
  if (snapshot.truth.empty() || snapshot.families.empty()) {
    for (const SignCode code : kAllSigns) {
      report.signs.emplace_back();
      report.signs.back().code = code;
      report.signs.back().refused = NoSign::kTooFewDays;
    }
    return report;
  }
  for (const SignSeries& series :
       {NewItems(counts), Fallbacks(snapshot, options, report.fallback), Scores(counts),
        Positions(counts), EarlyOutcomes(snapshot, report.early_stage)}) {
    report.signs.push_back(ReadSign(series, options));
  }
  return report;
}

std::vector<Finding> FindingsOf(const SignReport& report) {
  std::vector<Finding> findings;
  for (const Sign& sign : report.signs) {
    if (sign.finding) findings.push_back(*sign.finding);
  }
  return findings;
}

}  // namespace ripen::monitor
