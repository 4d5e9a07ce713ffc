#include "stats/budget.h"

#include <algorithm>

namespace ripen::stats {

double RateStageWeight(std::size_t stage, std::size_t stages) {
  constexpr double kLadderOfThree[] = {.35, .22, .13};
  constexpr double kAllStages = .70;
  return stages == 3 ? kLadderOfThree[stage] : kAllStages / static_cast<double>(stages);
}

std::vector<double> SplitLevel(double level_weight, std::span<const std::size_t> group_of,
                               std::size_t groups, std::span<const std::size_t> keys) {
  std::vector<double> members(groups);
  for (const std::size_t group : group_of) members[group] += 1;
  const auto used = static_cast<double>(
      std::count_if(members.begin(), members.end(), [](double count) { return count > 0; }));
  const double key_part = keys.empty() ? 0 : level_weight / 2;
  std::vector<double> weights(group_of.size());
  for (std::size_t member = 0; member < group_of.size(); ++member) {
    weights[member] = (level_weight - key_part) / used / members[group_of[member]];
  }
  for (const std::size_t key : keys) weights[key] += key_part / static_cast<double>(keys.size());
  return weights;
}

}  // namespace ripen::stats
