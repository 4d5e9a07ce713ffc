#include "stats/run_length_level.h"

#include <algorithm>
#include <cmath>

namespace ripen::stats {
namespace {

constexpr double kLeastEventsPerCohort = 8;

// ln P(x | shape, rate, e) but for what all runs share: negative binomial for a count that need not
// be whole. Of both shapes the logarithm of the gamma function is known from the day before.
double LogPredictive(double events, double exposure, double shape, double rate,
                     double log_gamma_before, double log_gamma_after) {
  if (exposure <= 0) return 0;
  const double share = exposure / (rate + exposure);
  return log_gamma_after - log_gamma_before + shape * std::log1p(-share) + events * std::log(share);
}

}  // namespace

RunLengthLevel::RunLengthLevel(std::span<const double> events, std::span<const double> exposures,
                               double pooled_rate, double dispersion, const LevelOptions& options)
    : cohorts_(events.size()), runs_(cohorts_ * (cohorts_ + 1) / 2) {
  const double prior_rate = options.prior_shape / pooled_rate;
  std::vector<double> logs;
  std::vector<double> log_gammas(cohorts_);  // by start: of the run's shape
  for (std::size_t last = 0; last < cohorts_; ++last) {
    const double tempered_events = events[last] / dispersion;
    const double tempered_exposure = exposures[last] / dispersion;
    Run* runs = &runs_[last * (last + 1) / 2];
    logs.assign(last + 1, 0);
    for (std::size_t start = 0; start <= last; ++start) {
      Run run{1, options.prior_shape, prior_rate};
      if (start < last) {
        run = At(last - 1, start);
        run.weight *= 1 - options.new_run_probability;
      } else if (last > 0) {
        run.weight = options.new_run_probability;
      }
      const double before = start < last ? log_gammas[start] : std::lgamma(options.prior_shape);
      log_gammas[start] = std::lgamma(run.shape + tempered_events);
      logs[start] = std::log(std::max(run.weight, 1e-300)) +
                    LogPredictive(tempered_events, tempered_exposure, run.shape, run.rate, before,
                                  log_gammas[start]);
      runs[start] = {0, run.shape + tempered_events, run.rate + tempered_exposure};
    }
    const double largest = *std::max_element(logs.begin(), logs.end());
    double sum = 0;
    for (std::size_t start = 0; start <= last; ++start) {
      sum += runs[start].weight = std::exp(logs[start] - largest);
    }
    for (std::size_t start = 0; start <= last; ++start) runs[start].weight /= sum;
  }
}

double RunLengthLevel::LastMean() const {
  if (cohorts_ == 0) return 0;
  double mean = 0;
  for (std::size_t start = 0; start < cohorts_; ++start) {
    const Run& run = At(cohorts_ - 1, start);
    mean += run.weight * run.shape / run.rate;
  }
  return mean;
}

RunLengthLevel::Moments RunLengthLevel::Smoothed() const {
  // ends[e]: the probability that a run ends with cohort e. What a run [start, end] adds to its
  // cohorts is kept as differences at its two ends.
  std::vector<double> ends(cohorts_ + 1, 0);
  std::vector<double> first(cohorts_ + 1, 0);
  std::vector<double> second(cohorts_ + 1, 0);
  if (cohorts_ > 0) ends[cohorts_ - 1] = 1;
  for (std::size_t last = cohorts_; last-- > 0;) {
    for (std::size_t start = 0; start <= last; ++start) {
      const Run& run = At(last, start);
      const double probability = ends[last] * run.weight;
      if (start > 0) ends[start - 1] += probability;
      const double mean = run.shape / run.rate;
      const double square = mean * mean + mean / run.rate;
      first[start] += probability * mean;
      first[last + 1] -= probability * mean;
      second[start] += probability * square;
      second[last + 1] -= probability * square;
    }
  }
  Moments moments{std::vector<double>(cohorts_), std::vector<double>(cohorts_)};
  double mean = 0;
  double square = 0;
  for (std::size_t cohort = 0; cohort < cohorts_; ++cohort) {
    mean += first[cohort];
    square += second[cohort];
    moments.mean[cohort] = std::max(mean, 0.0);
    moments.variance[cohort] = std::max(square - mean * mean, 0.0);
  }
  return moments;
}

void RunLengthLevel::DrawPath(Draws& draws, std::span<double> rates) const {
  // Backwards: the run that holds the last cohort, then the run that ends before it began.
  for (std::size_t end = cohorts_; end > 0;) {
    const std::size_t last = end - 1;
    double left = draws.Uniform();
    std::size_t start = last;
    for (std::size_t each = 0; each <= last; ++each) {
      left -= At(last, each).weight;
      if (left < 0) {
        start = each;
        break;
      }
    }
    const Run& run = At(last, start);
    const double level = draws.Gamma(run.shape, run.rate);
    std::fill(rates.begin() + static_cast<std::ptrdiff_t>(start),
              rates.begin() + static_cast<std::ptrdiff_t>(end), level);
    end = start;
  }
}

void DayNoise::AddStream(std::span<const double> events, std::span<const double> exposures) {
  double all_events = 0;
  double all_exposures = 0;
  for (std::size_t cohort = 0; cohort < events.size(); ++cohort) {
    all_events += events[cohort];
    all_exposures += exposures[cohort];
  }
  if (events.empty() || all_exposures <= 0) return;
  if (all_events < kLeastEventsPerCohort * static_cast<double>(events.size())) return;
  const double level = all_events / all_exposures;
  for (std::size_t cohort = 0; cohort + 1 < events.size(); ++cohort) {
    const double first = exposures[cohort];
    const double second = exposures[cohort + 1];
    if (first <= 0 || second <= 0) continue;
    const double difference = events[cohort] / first - events[cohort + 1] / second;
    excess_ += (difference * difference - level * (1 / first + 1 / second)) / 2 / (level * level);
    weight_ += 1;
  }
}

double DayNoise::Estimate() const { return weight_ > 0 ? std::max(0.0, excess_ / weight_) : 0; }

}  // namespace ripen::stats
