#include "stats/start_posterior.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <vector>

#include "stats/shiryaev_roberts.h"

namespace ripen::stats {

std::optional<StartEstimate> EstimateStart(std::span<const double> log_evidences, double share) {
  const double log_total = LogSum(log_evidences);
  if (log_total == kNoEvidence) return std::nullopt;
  std::vector<std::size_t> order(log_evidences.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    return log_evidences[a] > log_evidences[b];
  });
  StartEstimate estimate{order[0], order[0], order[0]};
  double covered = 0;
  for (const std::size_t cohort : order) {
    estimate.earliest = std::min(estimate.earliest, cohort);
    estimate.latest = std::max(estimate.latest, cohort);
    covered += std::exp(log_evidences[cohort] - log_total);
    if (covered >= share) break;
  }
  return estimate;
}

}  // namespace ripen::stats
