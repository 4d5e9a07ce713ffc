// Why did the total move: because groups changed their rates, or because the mix of groups changed?
//
// Model. R = sum_s w_s r_s. With both orders averaged,
//   rate_s = (w_s0 + w_s1) / 2 * (r_s1 - r_s0)
//   mix_s  = (w_s1 - w_s0) * ((r_s0 + r_s1) / 2 - (R_0 + R_1) / 2)
// and R_1 - R_0 = sum rate_s + sum mix_s exactly. Centring by the overall rate makes the mix term
// of one group meaningful: growing by better-than-average customers counts for it. A group absent
// in one period takes its own rate of the other there, so all of its effect is mix (the same number
// as with the overall rate in its place and both terms counted as mix). With several attributes the
// groups are the cells of their cross; SumToGroups adds them up to one attribute. Cost of being
// wrong. None in the sum (below 1e-12); the split depends on the chosen groups. Fails when. Rates
// move because customers changed inside the groups. Source. Kitagawa 1955, JASA 50:1168-1194,
// doi:10.1080/01621459.1955.10501299; Das Gupta 1993. Worked value. Shares (.15, .18, .25, .22,
// .20) to (.14, .21, .24, .21, .20), rates (.24, .28, .235, .22, .22) with the second falling to
// .15:
// -.02585 = rate -.02535 + mix -.00050.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace ripen::stats {

// Trials and events of one group in the two periods.
struct GroupCounts {
  double trials_before = 0;
  double events_before = 0;
  double trials_after = 0;
  double events_after = 0;
};

struct Decomposition {
  double rate_before = 0;  // overall
  double rate_after = 0;
  double rate_effect = 0;  // sums over the groups
  double mix_effect = 0;
  std::vector<double> rate_effects;  // by group
  std::vector<double> mix_effects;
};

// Requires: trials in both periods (of any group).
Decomposition DecomposeMove(std::span<const GroupCounts> groups);

// The same move with the effects of cells added up to the groups they belong to: rates within the
// cells, so that what looks like a change of a group but is a change of its cells' shares is mix.
// Requires: group_of_cell has the size of the cells' effects, its values lie below `groups`.
Decomposition SumToGroups(const Decomposition& cells, std::span<const std::size_t> group_of_cell,
                          std::size_t groups);

}  // namespace ripen::stats
