#include "stats/kitagawa.h"

namespace ripen::stats {
namespace {

// The group's rate in a period, or the other period's where it was absent.
double RateOr(double other, double trials, double events) {
  return trials > 0 ? events / trials : other;
}

}  // namespace

Decomposition DecomposeMove(std::span<const GroupCounts> groups) {
  GroupCounts all;
  for (const GroupCounts& group : groups) {
    all.trials_before += group.trials_before;
    all.events_before += group.events_before;
    all.trials_after += group.trials_after;
    all.events_after += group.events_after;
  }
  Decomposition move;
  if (all.trials_before <= 0 || all.trials_after <= 0) return move;
  move.rate_before = all.events_before / all.trials_before;
  move.rate_after = all.events_after / all.trials_after;
  const double centre = (move.rate_before + move.rate_after) / 2;
  for (const GroupCounts& group : groups) {
    const double share_before = group.trials_before / all.trials_before;
    const double share_after = group.trials_after / all.trials_after;
    const double rate_after = RateOr(0, group.trials_after, group.events_after);
    const double before = RateOr(rate_after, group.trials_before, group.events_before);
    const double after = RateOr(before, group.trials_after, group.events_after);
    move.rate_effects.push_back((share_before + share_after) / 2 * (after - before));
    move.mix_effects.push_back((share_after - share_before) * ((before + after) / 2 - centre));
    move.rate_effect += move.rate_effects.back();
    move.mix_effect += move.mix_effects.back();
  }
  return move;
}

Decomposition SumToGroups(const Decomposition& cells, std::span<const std::size_t> group_of_cell,
                          std::size_t groups) {
  Decomposition move = cells;
  move.rate_effects.assign(groups, 0);
  move.mix_effects.assign(groups, 0);
  for (std::size_t cell = 0; cell < group_of_cell.size(); ++cell) {
    move.rate_effects[group_of_cell[cell]] += cells.rate_effects[cell];
    move.mix_effects[group_of_cell[cell]] += cells.mix_effects[cell];
  }
  return move;
}

}  // namespace ripen::stats
