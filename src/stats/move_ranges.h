// How sure is the split of a move into rate and mix, and is it Simpson's paradox?
//
// Model. A draw is one possible truth of all groups in both periods; every draw is decomposed by
// itself (kitagawa.h), so that its terms add up exactly, and the range of a term is 5 % to 95 % of
// its draws. The printed value is not the mean of draws but the decomposition of the point counts:
// it adds up exactly too, and equals the figures that are printed elsewhere. What was counted is a
// sample of what the groups do: group s has p_s ~ Beta(x' + R, n' - x' + 1 - R) on its effective
// counts n' = n c_d (day noise, overdispersion.h), one pseudo-trial at the overall rate R; likewise
// the total on its own. Each group is moved by V_s / sum V of the difference between the drawn
// total and the sum of the drawn groups, V_s = n_s^2 var p_s. That leaves the groups' law as it was
// where groups are independent, and lets days that are good for everybody widen the total.
// Simpson's paradox: at least one group's rate effect lies beyond its own range, and all of those
// have the other sign than the total's move. What is still to come of a young period is added to
// the draws by the caller. Cost of being wrong. The split is a description; the flag turns a
// sentence around, so that a group within its range never decides it. Fails when. Groups of a few
// trials: their law is that of the prior. Source. Kitagawa 1955 as there; Simpson 1951, J. R. Stat.
// Soc. B 13:238-241; Bickel, Hammel & O'Connell 1975, Science 187:398-404,
// doi:10.1126/science.187.4175.398. Worked value. Berkeley's admissions, men to women by
// department: .44519 to .30354 = rate +.03603 + mix -.17767, Simpson's paradox.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "stats/draws.h"
#include "stats/kitagawa.h"

namespace ripen::stats {

// A term of a move with its 90 % range.
struct EffectRange {
  double value = 0;
  double low = 0;
  double high = 0;

  bool BeyondItsRange() const { return low > 0 || high < 0; }
};

struct MoveRanges {
  Decomposition point;
  EffectRange move;  // rate_after - rate_before
  EffectRange rate;  // sums over the groups
  EffectRange mix;
  std::vector<EffectRange> rates;  // by group
  std::vector<EffectRange> mixes;
  bool simpson = false;
};

// `draws`: each with the groups of `point`, in the same order. Requires: trials in both periods, of
// the point and of every draw; at least one draw.
MoveRanges RangesOfMove(std::span<const GroupCounts> point,
                        std::span<const std::vector<GroupCounts>> draws);

// The flag alone. `rates`: the groups' rate effects.
bool IsSimpson(double move, std::span<const EffectRange> rates);

// What one group showed in one period.
struct CountedGroup {
  double trials = 0;
  double events = 0;
  double effective_trials = 0;
};

// One draw of the events of each group under the sampling law above. `total_effective_trials`: of
// all groups together, with the day noise of the total. `of_group`: one generator for each group.
std::vector<double> DrawCounted(std::span<const CountedGroup> groups, double total_effective_trials,
                                std::span<Draws> of_group, Draws& of_total);

// Moves the parts so that they sum to `total`, each by its share of the weights. Requires: equally
// many of both; weights >= 0. Without any weight the parts stay as they are.
void MoveToTotal(std::span<double> parts, std::span<const double> weights, double total);

}  // namespace ripen::stats
