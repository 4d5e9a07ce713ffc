#include "stats/concentration.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <numeric>
#include <vector>

namespace ripen::stats {

std::optional<Concentration> ConcentrationOf(std::span<const std::int64_t> counts) {
  if (counts.empty()) return std::nullopt;
  std::vector<std::int64_t> sorted(counts.begin(), counts.end());
  std::sort(sorted.begin(), sorted.end());
  const auto items = static_cast<double>(sorted.size());
  const auto all =
      static_cast<double>(std::accumulate(sorted.begin(), sorted.end(), std::int64_t{0}));
  double weighted = 0;
  double entropy = 0;
  for (std::size_t at = 0; at < sorted.size(); ++at) {
    const double share = static_cast<double>(sorted[at]) / all;
    weighted += (2 * static_cast<double>(at + 1) - items - 1) * share;
    entropy -= share * std::log(share);
  }
  const std::size_t tenth = (sorted.size() + 9) / 10;
  const std::int64_t top = std::accumulate(sorted.end() - static_cast<std::ptrdiff_t>(tenth),
                                           sorted.end(), std::int64_t{0});
  return Concentration{weighted / items, std::exp(entropy), static_cast<double>(top) / all};
}

std::optional<double> NoveltyOf(std::span<const std::int64_t> now,
                                std::span<const std::int64_t> before) {
  double shown = 0;
  double shown_before = 0;
  double items = 0;
  for (std::size_t item = 0; item < now.size(); ++item) {
    shown += static_cast<double>(now[item]);
    shown_before += static_cast<double>(before[item]);
    if (now[item] > 0 || before[item] > 0) ++items;
  }
  if (shown == 0 || shown_before == 0) return std::nullopt;
  double bits = 0;
  for (std::size_t item = 0; item < now.size(); ++item) {
    if (now[item] == 0) continue;
    const double share = (static_cast<double>(before[item]) + 1) / (shown_before + items);
    bits -= static_cast<double>(now[item]) / shown * std::log2(share);
  }
  return bits;
}

}  // namespace ripen::stats
