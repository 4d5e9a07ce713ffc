#include "stats/two_sample.h"

#include <algorithm>
#include <cmath>

#include "base/check.h"

namespace ripen::stats {
namespace {

constexpr double kMaxRho = .2;  // as in overdispersion.h
// Of k pairs of days the standard error itself is little known: it is taken 1 + 8/k times. Without
// it days that differ much break the level in the first two weeks.
constexpr double kFewPairs = 8;

double Logit(double rate) { return std::log(rate / (1 - rate)); }
double Expit(double logit) { return 1 / (1 + std::exp(-logit)); }

// events ln(rate / null) + misses ln((1 - rate) / (1 - null))
double LogRatio(const ArmCount& arm, double rate, double null_rate) {
  return arm.events * std::log(rate / null_rate) +
         (arm.trials - arm.events) * std::log((1 - rate) / (1 - null_rate));
}

// ln of the mixture at a squared deviate.
double LogMixture(double squared_deviate, double information, const TwoSampleOptions& options) {
  std::array<double, 3> terms{};
  for (std::size_t at = 0; at < terms.size(); ++at) {
    const double spread = options.effect_scales[at] * options.effect_scales[at] * information;
    terms[at] = -.5 * std::log1p(spread) + .5 * squared_deviate * spread / (1 + spread);
  }
  const double largest = *std::max_element(terms.begin(), terms.end());
  double sum = 0;
  for (const double term : terms) sum += std::exp(term - largest);
  return largest + std::log(sum / static_cast<double>(terms.size()));
}

}  // namespace

double LogBlockEvidence(const ArmCount& a, const ArmCount& b, double rate_a, double rate_b) {
  if (a.trials <= 0 || b.trials <= 0) return 0;
  const double null_rate = (a.trials * rate_a + b.trials * rate_b) / (a.trials + b.trials);
  return LogRatio(a, rate_a, null_rate) + LogRatio(b, rate_b, null_rate);
}

double LogMixtureEvidence(double score, double variance, double information,
                          const TwoSampleOptions& options) {
  return LogMixture(score * score / variance, information, options);
}

double MixtureDeviate(double information, const TwoSampleOptions& options) {
  const double wanted = -std::log(options.alpha);
  double low = 0;
  double high = 1;
  while (LogMixture(high, information, options) < wanted) high *= 2;
  // The evidence rises with the squared deviate: 60 halvings leave nothing of a double.
  for (int halving = 0; halving < 60; ++halving) {
    const double middle = (low + high) / 2;
    (LogMixture(middle, information, options) < wanted ? low : high) = middle;
  }
  return std::sqrt(high);
}

void DifferenceDispersion::AddDay(double difference, double chance_variance,
                                  double record_variance) {
  if (started_ && record_variance > 0) {
    const double step = difference - last_difference_;
    const double chance = (chance_variance + last_chance_) / record_variance;
    if (chance > 0) {
      // Two days differ by v (1/W + 1/W' + 4 rho).
      const double weight = 1 / chance;
      const double excess = .25 * (step * step / record_variance - chance) * weight;
      weight_ += weight;
      excess_ += excess;
      squared_excess_ += excess * excess;
      ++pairs_;
    }
  }
  started_ = true;
  last_difference_ = difference;
  last_chance_ = chance_variance;
}

double DifferenceDispersion::Estimate() const {
  if (weight_ <= 0) return 0;
  const double caution = 1 + kFewPairs / static_cast<double>(pairs_);
  return std::clamp((excess_ + caution * std::sqrt(squared_excess_)) / weight_, 0.0, kMaxRho);
}

double TwoSampleWatch::PredictableShare(double information) const {
  return 1 / (1 + 2 * dispersion_.Estimate() * information);
}

void TwoSampleWatch::Sum(const DaySums& day, double share, DaySums& sums) const {
  sums.information += share * day.information;
  sums.score += share * day.score;
  sums.variance += share * day.variance;
  sums.linear += share * day.linear;
  sums.square += share * day.square;
  sums.level_a += share * day.level_a;
  sums.level_b += share * day.level_b;
  sums.outcomes_a += share * day.outcomes_a;
  sums.outcomes_b += share * day.outcomes_b;
  sums.misses_a += share * day.misses_a;
  sums.misses_b += share * day.misses_b;
}

void TwoSampleWatch::Close(const DaySums& day, std::optional<double> log_evidence) {
  days_.push_back(day);
  if (day.information > 0) {
    known_variance_ += day.variance;
    known_information_ += day.information;
    dispersion_.AddDay(day.score / day.information,
                       day.variance / (day.information * day.information),
                       known_variance_ / known_information_);
  }
  const double rho = dispersion_.Estimate();
  DaySums sums;
  for (const DaySums& each : days_) Sum(each, 1 / (1 + 2 * rho * each.information), sums);
  state_.rho = rho;
  state_.low.reset();
  state_.high.reset();
  if (sums.information > 0) {
    state_.level_a = sums.level_a / sums.information;
    state_.level_b = sums.level_b / sums.information;
    const double difference = sums.score / sums.information;
    state_.difference = difference;
    const double variance = std::max(
        sums.variance + difference * (sums.linear + difference * sums.square), sums.variance / 2);
    const double fewest =
        std::min({sums.outcomes_a, sums.outcomes_b, sums.misses_a, sums.misses_b});
    if (variance > 0 && fewest >= options_.min_outcomes && days_.size() > options_.learning_days) {
      const double half =
          MixtureDeviate(sums.information, options_) * std::sqrt(variance) / sums.information;
      state_.low = difference - half;
      state_.high = difference + half;
    }
    if (!log_evidence && state_.low && days_.size() > options_.learning_days) {
      log_evidence = LogMixtureEvidence(sums.score, variance, sums.information, options_);
    }
  }
  state_.log_evidence = log_evidence.value_or(0);
  state_.highest_log_evidence = std::max(state_.highest_log_evidence, state_.log_evidence);
  if (!first_claim_ && state_.highest_log_evidence >= -std::log(options_.alpha) &&
      state_.RangeLeavesOutZero()) {
    first_claim_ = days_.size() - 1;
  }
}

TwoRates::TwoRates(std::size_t strata, const TwoSampleOptions& options)
    : TwoSampleWatch(options), past_(strata) {}

double TwoRates::StratumRate(const ArmCount& past) const {
  // Half an event and half a non-event keep the rate inside 0..1.
  const double common = (all_past_.events + .5) / (all_past_.trials + 1);
  return (past.events + options_.prior_trials * common) / (past.trials + options_.prior_trials);
}

void TwoRates::AddDay(std::span<const TwoArmCell> cells) {
  DaySums day;
  double day_evidence = 0;
  const double apart = score_ / (information_ + 1 / (options_.shift_scale * options_.shift_scale));
  for (const TwoArmCell& cell : cells) {
    RIPEN_CHECK(cell.stratum < past_.size(), "TwoRates: stratum {} of {}", cell.stratum,
                past_.size());
    const double trials = cell.a.trials + cell.b.trials;
    if (cell.a.trials <= 0 || cell.b.trials <= 0) continue;
    const double share_a = cell.a.trials / trials;
    const double share_b = cell.b.trials / trials;
    const double level = Logit(StratumRate(past_[cell.stratum]));
    day_evidence += LogBlockEvidence(cell.a, cell.b, Expit(level + apart * share_b),
                                     Expit(level - apart * share_a));
    const double information = cell.a.trials * share_b;
    const double rate_a = cell.a.events / cell.a.trials;
    const double rate_b = cell.b.events / cell.b.trials;
    const double rate = (cell.a.events + cell.b.events) / trials;
    const double finite = trials / (trials - 1);
    day.information += information;
    day.score += information * (rate_a - rate_b);
    day.variance += information * rate * (1 - rate) * finite;
    const double squared = information * information * finite;
    day.linear += squared * (1 - 2 * rate) * (share_b / cell.a.trials - share_a / cell.b.trials);
    day.square -= squared * (share_b * share_b / cell.a.trials + share_a * share_a / cell.b.trials);
    day.level_a += information * rate_a;
    day.level_b += information * rate_b;
    day.outcomes_a += cell.a.events;
    day.outcomes_b += cell.b.events;
    day.misses_a += cell.a.trials - cell.a.events;
    day.misses_b += cell.b.trials - cell.b.events;
  }
  const double share = PredictableShare(day.information);
  const bool teaches_only = days_so_far() < options_.learning_days || all_past_.events <= 0;
  const double before = days_so_far() > 0 ? state().log_evidence : 0;
  for (const TwoArmCell& cell : cells) {
    const double trials = cell.a.trials + cell.b.trials;
    const double events = cell.a.events + cell.b.events;
    past_[cell.stratum].trials += trials;
    past_[cell.stratum].events += events;
    all_past_.trials += trials;
    all_past_.events += events;
  }
  score_ += share * day.score;
  information_ += share * day.variance;
  Close(day, before + (teaches_only ? 0 : share * day_evidence));
}

void TwoMeans::AddDay(const ArmMean& a, const ArmMean& b) {
  DaySums day;
  if (a.count > 0 && b.count > 0) {
    const double information = a.count * b.count / (a.count + b.count);
    day.information = information;
    day.score = information * (a.mean - b.mean);
    day.variance = information * information * (a.variance / a.count + b.variance / b.count);
    day.level_a = information * a.mean;
    day.level_b = information * b.mean;
    // Every record is as good as an outcome and a miss: what matters is their number.
    day.outcomes_a = day.misses_a = a.count;
    day.outcomes_b = day.misses_b = b.count;
  }
  Close(day, std::nullopt);
}

}  // namespace ripen::stats
