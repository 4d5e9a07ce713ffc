// From scores to rates: isotonic regression on settled records, or a logistic line where they are
// few.
//
// Model. The rate is a non-decreasing function of the score and nothing more; the least squares fit
// pools adjacent bins that are out of order. Cost of being wrong. With 50 bins and 2,000 records
// the fitted rate of a bin has a standard error of some 15 % at 10 %; averages over many records
// are far surer. Fails when. The rate falls with the score (the fit is then flat), items that are
// shown are the best of many (their scores are too high: so only shown ones are fitted), or the
// relation has changed since: nothing here can know. The logistic line is Platt's, with his
// smoothed targets. Source. Ayer et al. 1955, Ann. Math. Stat. 26:641-647; Zadrozny & Elkan 2002,
// KDD, doi:10.1145/775047.775151; Platt 1999, Advances in Large Margin Classifiers, 61-74. Worked
// value. Rates .1, .3, .2, .4 with weights 1, 1, 3, 1: fitted .1, .225, .225, .4.
#pragma once

#include <optional>
#include <span>
#include <vector>

namespace ripen::stats {

// Records of about one score.
struct ScoreBin {
  double score = 0;
  double trials = 0;
  double events = 0;
};

// The fitted rate of each bin, in their order, which is that of the score. A bin without trials
// takes the rate of the bin below it (the first ones that of the first with trials). Requires: some
// trials.
std::vector<double> FitIsotonic(std::span<const ScoreBin> bins);

// rate = 1 / (1 + exp(-(intercept + slope (score - centre) / scale)))
struct LogisticLine {
  double intercept = 0;
  double slope = 0;
  double centre = 0;
  double scale = 1;
  double At(double score) const;
};
// nullopt without both events and records without one.
std::optional<LogisticLine> FitPlatt(std::span<const ScoreBin> bins);

// Mean distance of scores that are meant as rates from what came of them, less what chance alone
// makes (sqrt(2 / pi) standard errors a bin), at least 0. Requires: some trials.
double CalibrationError(std::span<const ScoreBin> bins);

}  // namespace ripen::stats
