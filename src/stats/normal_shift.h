// The Shiryaev-Roberts e-detector for a shift of a normal mean of unknown mean and variance.
//
// Model. One value a day, y = own mean of its block + shift since nu + noise of one unknown
// variance; flat (right-Haar) prior on the means and the scale, shift ~ N(0, (tau sigma)^2). Blocks
// take known cycles out (weekdays). Exact without a change: B has mean 1 for every mean and
// variance. Cost of being wrong. With daily noise of 5 % a lasting move of 15 % is seen within two
// to three days. Fails when. Days are autocorrelated or drift (a growing shop is a shift): so it
// never does more than draw attention. Source. Shin, Ramdas & Rinaldo 2023, arXiv:2203.03532; the
// t-invariant likelihood ratio: Lai & Xing 2010, Sequential Analysis 29:162-175; Rouder et al. 2009
// for the Bayes factor. Worked value. y = (0, 1, 0, 1, 5, 6), one block, nu = the fifth, tau = 1: B
// = 4.7352 (numerical integration over mean, shift and scale).
#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace ripen::stats {

struct NormalShiftOptions {
  std::size_t reference_days = 10;
  std::size_t last_starts = 60;
  // The variance of a day that counting alone makes: constant input is not infinitely sure.
  double least_variance = 0;
};

// What the days show: ln B by start (kNoEvidence where it is no candidate) and, by start, the shift
// of the mean.
struct NormalShift {
  std::vector<double> log_evidence;
  std::vector<double> shift;
};

// `block`: which own mean each day has, 0 .. blocks - 1 (all 0: one mean).
NormalShift FindNormalShift(std::span<const double> values, std::span<const std::size_t> block,
                            std::size_t blocks, const NormalShiftOptions& options);

// ln B for one start and one prior scale. `score`: sum of the values since the start about their
// block means; `information`: sum of squares of the start's step about its block means; `residual`:
// sum of squares of the values about their block means; `freedom`: days less blocks.
double LogNormalShiftEvidence(double score, double information, double residual, double freedom,
                              double shift_scale);

}  // namespace ripen::stats
