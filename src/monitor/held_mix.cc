#include "monitor/held_mix.h"

#include <algorithm>
#include <utility>

namespace ripen::monitor {

HeldMix HoldMixSame(const CubeIndex& index, const ValuePair& pair, std::size_t stage,
                    const std::vector<BothCounts>& shown, const std::vector<std::size_t>& days,
                    const HeldMixOptions& options) {
  std::vector<bool> wanted(index.days());
  for (const std::size_t day : days) wanted[day] = true;
  std::vector<bool> first_days(index.days());
  const auto most = std::min(days.size(), static_cast<std::size_t>(options.days_for_strata));
  for (std::size_t at = 0; at < most; ++at) first_days[days[at]] = true;
  const std::size_t trials = index.TrialsColumn(stage);
  HeldMix mix;
  mix.strata = pair.OneStratum();
  const double all = pair.KeptByDay(mix.strata, trials, first_days);
  std::vector<std::pair<double, std::string>> differs;
  for (const std::size_t column : pair.OtherColumns()) {
    const std::string& name = index.snapshot().attributes[pair.AttributeOf(column)].name;
    std::vector<std::uint32_t> finer = pair.Split(mix.strata, column);
    const double kept = pair.KeptByDay(finer, trials, first_days);
    const bool held = kept > 0 && kept >= options.least_kept * all;
    if (held) {
      mix.strata = std::move(finer);
      mix.held_same.push_back(name);
    }
    const ValuePair::Mix apart = pair.MixOf(column, shown, wanted);
    if (!apart.beyond_chance || apart.apart < options.mix_said) continue;
    differs.emplace_back(apart.apart, name);
    if (!held && apart.apart >= options.most_unheld) mix.comparable = false;
  }
  std::stable_sort(differs.begin(), differs.end(),
                   [](const auto& x, const auto& y) { return x.first > y.first; });
  for (auto& [apart, name] : differs) mix.mix_differs.push_back(std::move(name));
  return mix;
}

}  // namespace ripen::monitor
