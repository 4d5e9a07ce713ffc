// Stratified scores: what came since a start beyond expectation, cell by cell.
//
// Model. A stream is a set of cells c (the cross of the adjustment attributes) with own baselines
// mu_c. For every candidate start nu, with n1_c the trials since nu and r_c = X_c / N_c,
//   q = sum_c sum_{d >= nu} (x_cd - n_cd r_c),   V = sum_c v_c n1_c (N_c - n1_c) / N_c,
//   v_c = p_c (1 - p_c),   p_c = (X_c + 20 p) / (N_c + 20),
// the score and variance of a common shift with a flat prior on every mu_c. So a change of who is
// shown something cannot move q, a change of the rate does. Cost of being wrong. Where cells hold
// under 20 trials the strata eat the evidence: main effects (below) take their place. Fails when.
// The customers change inside cells, by something that is no adjustment attribute. Source. Cochran
// 1954, Biometrics 10:417-451; Mantel & Haenszel 1959; conditional moments of the hypergeometric
// law. Worked value. One cell, days (n, x) = (100, 20), (100, 30): from the second day on q = 5, V
// = .1875 * 50, third cumulant 0.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "stats/shiryaev_roberts.h"

namespace ripen::stats {

// Counts of cells by cohort day, sparse: the entries of cell c are first[c] .. first[c + 1], with
// ascending cohorts. Views: the arrays belong to the caller.
struct CellCounts {
  std::span<const std::uint32_t> first;  // cells + 1 values
  std::span<const std::uint16_t> cohort;
  std::span<const float> trials;
  std::span<const float> events;
  std::size_t cells() const { return first.size() - 1; }
};

// Disjoint streams over the same cells, with their day factors and rates.
struct StreamGroup {
  std::span<const std::int32_t> stream_of_cell;  // -1: in none of these streams
  std::size_t streams = 0;
  std::size_t cohorts = 0;
  std::span<const double> share;  // c_d: streams x cohorts, see overdispersion.h
  std::span<const double> rate;   // p of each stream on effective counts
};

// Score and variance of every stream, each streams x cohorts, as increments: the value for a start
// nu is the sum over the cohorts from nu on.
struct ScoreIncrements {
  ScoreIncrements(std::size_t streams, std::size_t cohorts);
  std::size_t cohorts;
  std::vector<double> score;
  std::vector<double> variance;
};

// Adds the cells' part. Cost: the entries of the cells.
void AddStratifiedScores(const CellCounts& cells, const StreamGroup& group,
                         ScoreIncrements& increments);

// The suffix sums of one stream. `trials`: its effective trials by cohort. The third cumulant is
// that of one hypergeometric draw with the stream's rate and split: cells differ little in both.
StartStatistics SumFromStarts(const ScoreIncrements& increments, std::size_t stream,
                              std::span<const double> trials, double rate);

// One stratum: q = sum_{d >= nu} (x_d - n_d p), V = v n1 (N - n1) / N. With `expected` (by cohort,
// what main effects expect) the mix is taken out first: x'_d = x_d - e_d + n_d (sum e / sum n).
StartStatistics OneStratum(std::span<const double> trials, std::span<const double> events,
                           std::span<const double> expected);

}  // namespace ripen::stats
