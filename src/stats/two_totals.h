// Two arms of which only totals are known, look after look: counts, means and variances so far.
//
// Model. S = n_a n_b / (n_a + n_b) (mean_a - mean_b) of the totals; what a look adds to it came
// from records since the last one, or changed in records that were counted before (a customer who
// buys later), so an increment has no number of trials of its own. Without a difference every
// increment has mean 0 whatever happened before. Its variance is learned: phi = (sum e^2 + g) / sum
// dV, at least 1, with e = dS - D dW (D the difference so far, W = n_a n_b / (n_a + n_b)), dV what
// the given variances add, and g = (1 + 8 / k) sqrt(sum (e^2 - dV)^2) of k increments. Everything
// is that of the normal mixture (two_sample.h) at variance phi V and information W / phi. Cost of
// being wrong. Records that belong together (several visits of one customer) make the given
// variance too small: of 248 published experiments 59 would ever have claimed a difference without
// phi, 25 with it, 20 and 3 of which were no difference at the end (docs/methods/side-by-side.md).
// Fails when. The looks are few: nothing is claimed on the first `learning_days` of them. Source.
// As two_sample.h; the realised variance of a martingale: Waudby-Smith, Arbour, Sinha, Kennedy &
// Ramdas, Time-uniform central limit theory, arXiv:2103.06476. Worked value. 500 and 500 records of
// variance 1, means .1 and 0: S = 25, V = 250, W = 250, phi = 1.
#pragma once

#include <cstddef>
#include <optional>

#include "stats/two_sample.h"

namespace ripen::stats {

class TwoTotals {
 public:
  explicit TwoTotals(const TwoSampleOptions& options) : options_(options) {}

  // The totals so far. A look without records in an arm, or with a variance of 0, is passed over.
  void LookAt(const ArmMean& a, const ArmMean& b);

  // Looks that were not passed over.
  std::size_t looks() const { return looks_; }
  const TwoSampleState& state() const { return state_; }
  std::optional<std::size_t> first_claim() const { return first_claim_; }
  // How much wider increments spread than the given variances say; at least 1.
  double phi() const;

 private:
  TwoSampleOptions options_;
  std::size_t looks_ = 0;
  double score_ = 0;
  double variance_ = 0;
  double information_ = 0;
  double squares_ = 0;         // sum e^2
  double given_ = 0;           // sum dV
  double excess_squared_ = 0;  // sum (e^2 - dV)^2
  TwoSampleState state_;
  std::optional<std::size_t> first_claim_;
};

}  // namespace ripen::stats
