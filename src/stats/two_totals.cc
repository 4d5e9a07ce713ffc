#include "stats/two_totals.h"

#include <algorithm>
#include <cmath>

namespace ripen::stats {
namespace {

constexpr double kFewPairs = 8;  // as in two_sample.cc: few increments tell little of their spread

}  // namespace

double TwoTotals::phi() const {
  if (looks_ < 2 || given_ <= 0) return 1;
  const double caution = 1 + kFewPairs / static_cast<double>(looks_ - 1);
  return std::max(1.0, (squares_ + caution * std::sqrt(excess_squared_)) / given_);
}

void TwoTotals::LookAt(const ArmMean& a, const ArmMean& b) {
  if (a.count <= 0 || b.count <= 0 || a.variance <= 0 || b.variance <= 0) return;
  const double information = a.count * b.count / (a.count + b.count);
  const double score = information * (a.mean - b.mean);
  const double variance = information * information * (a.variance / a.count + b.variance / b.count);
  if (looks_ > 0) {
    // Totals may shrink when records are taken back: that adds no variance.
    const double added = std::max(variance - variance_, 0.0);
    const double step = score - score_ - score_ / information_ * (information - information_);
    squares_ += step * step;
    given_ += added;
    excess_squared_ += (step * step - added) * (step * step - added);
  }
  ++looks_;
  score_ = score;
  variance_ = variance;
  information_ = information;
  state_.level_a = a.mean;
  state_.level_b = b.mean;
  state_.difference = a.mean - b.mean;
  if (looks_ <= options_.learning_days) return;
  const double spread = phi();
  const double fewest = std::min(a.count, b.count) / spread;
  state_.low.reset();
  state_.high.reset();
  if (fewest < options_.min_outcomes) return;
  state_.log_evidence =
      LogMixtureEvidence(score / spread, variance / spread, information / spread, options_);
  state_.highest_log_evidence = std::max(state_.highest_log_evidence, state_.log_evidence);
  const double half =
      MixtureDeviate(information / spread, options_) * std::sqrt(variance * spread) / information;
  state_.low = state_.difference - half;
  state_.high = state_.difference + half;
  if (!first_claim_ && state_.RangeLeavesOutZero()) first_claim_ = looks_ - 1;
}

}  // namespace ripen::stats
