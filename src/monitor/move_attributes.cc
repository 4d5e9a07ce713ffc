#include "monitor/move_attributes.h"

#include <algorithm>
#include <cmath>
#include <map>

#include "stats/mix_by_attribute.h"

namespace ripen::monitor {
namespace {

// How much of the move the groups set apart.
double Surplus(const std::vector<stats::GroupCounts>& groups) {
  const stats::Decomposition move = stats::DecomposeMove(groups);
  double before = 0;
  double after = 0;
  for (const stats::GroupCounts& group : groups) {
    before += group.trials_before;
    after += group.trials_after;
  }
  double most = 0;
  for (std::size_t at = 0; at < move.rate_effects.size(); ++at) {
    const double share = (groups[at].trials_before / before + groups[at].trials_after / after) / 2;
    most = std::max(most, std::abs(move.rate_effects[at] - share * move.rate_effect));
  }
  return most + std::abs(move.mix_effect);
}

}  // namespace

const Grouping* GroupingThatSaysMost(const CubeIndex& index, const Visibility& visibility,
                                     std::size_t stage, MoveDays before, MoveDays after) {
  const Grouping* best = nullptr;
  double most = 0;
  for (const Grouping& grouping : index.groupings()) {
    if (grouping.level() != 1) continue;
    std::vector<stats::GroupCounts> groups;
    for (const MoveLine& line : LinesOf(index, visibility, stage, grouping, before, after)) {
      stats::GroupCounts& group = groups.emplace_back();
      for (const std::size_t stream : line.streams) {
        for (std::size_t day = before.from; day <= before.to; ++day) {
          group.trials_before += index.Trials(stage, stream, day);
          group.events_before += index.Events(stage, stream, day);
        }
        for (std::size_t day = after.from; day <= after.to; ++day) {
          group.trials_after += index.Trials(stage, stream, day);
          group.events_after += index.Events(stage, stream, day);
        }
      }
    }
    const double surplus = Surplus(groups);
    if (best != nullptr && surplus <= most) continue;
    best = &grouping;
    most = surplus;
  }
  return best;
}

std::vector<MixOfAttribute> MixOfCross(const CubeIndex& index, std::size_t stage, MoveDays before,
                                       MoveDays after, std::array<double, 2> rates) {
  const FlatFamily& family = index.families().front();
  const std::size_t attributes = std::min(family.columns(), stats::kMostMixAttributes);
  if (attributes < 2) return {};
  const std::size_t width = 1 + index.stages();
  const std::size_t trials_column = index.TrialsColumn(stage);
  std::map<std::vector<std::uint16_t>, stats::GroupCounts> cells;
  stats::GroupCounts known;
  for (std::size_t cell = 0; cell < family.cells(); ++cell) {
    stats::GroupCounts counts;
    for (std::uint32_t at = family.first[cell]; at < family.first[cell + 1]; ++at) {
      const auto trials = static_cast<double>(family.counts[at * width + trials_column]);
      const auto events = static_cast<double>(family.counts[at * width + 1 + stage]);
      if (family.day[at] >= before.from && family.day[at] <= before.to) {
        counts.trials_before += trials;
        counts.events_before += events;
      } else if (family.day[at] >= after.from && family.day[at] <= after.to) {
        counts.trials_after += trials;
        counts.events_after += events;
      }
    }
    if (counts.trials_before + counts.trials_after <= 0) continue;
    const auto* values = &family.values[cell * family.columns()];
    stats::GroupCounts& sum = cells[{values, values + attributes}];
    sum.trials_before += counts.trials_before;
    sum.events_before += counts.events_before;
    sum.trials_after += counts.trials_after;
    sum.events_after += counts.events_after;
    known.trials_before += counts.trials_before;
    known.events_before += counts.events_before;
    known.trials_after += counts.trials_after;
    known.events_after += counts.events_after;
  }
  // What a period's outcomes will be over what they are; trials that are still to come change no
  // share here.
  const auto factor = [](double rate, double trials, double events) {
    return events > 0 && trials > 0 ? rate * trials / events : 1;
  };
  const double more_before = factor(rates[0], known.trials_before, known.events_before);
  const double more_after = factor(rates[1], known.trials_after, known.events_after);
  std::vector<stats::GroupCounts> counts;
  std::vector<std::uint16_t> values;
  for (auto& [key, cell] : cells) {
    cell.events_before *= more_before;
    cell.events_after *= more_after;
    counts.push_back(cell);
    values.insert(values.end(), key.begin(), key.end());
  }
  const std::vector<double> effects = stats::MixByAttribute(counts, values, attributes);
  std::vector<MixOfAttribute> mix;
  for (std::size_t at = 0; at < attributes; ++at) {
    mix.push_back({index.snapshot().attributes[family.attributes[at]].name, effects[at]});
  }
  return mix;
}

}  // namespace ripen::monitor
