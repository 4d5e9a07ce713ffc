#include "monitor/position_curve.h"

#include <algorithm>
#include <map>

#include "stats/clustered_mean.h"

namespace ripen::monitor {
namespace {

constexpr std::size_t kMostDays = 28;
constexpr std::int32_t kLastPosition = 50;

}  // namespace

PositionCurve ReadPositionCurve(const cube::Snapshot& snapshot, const Settling& settling,
                                const cube::ShownRows& rows, std::size_t stage) {
  PositionCurve curve;
  curve.stage = snapshot.ladder[stage].name;
  std::vector<Day> settled = settling.DetectorDays(stage);
  std::erase_if(settled, [&](Day day) { return day < rows.first || day > rows.last; });
  if (settled.size() > kMostDays) {
    settled.erase(settled.begin(), settled.end() - static_cast<std::ptrdiff_t>(kMostDays));
  }
  if (settled.empty()) {
    curve.reason = settling.Confirmed(stage, rows.last) ? PendingReason::kTooFew
                                                        : settling.ReasonFor(stage, rows.last);
    return curve;
  }
  curve.from = settled.front();
  curve.to = settled.back();
  std::vector<bool> wanted(static_cast<std::size_t>(rows.last - rows.first) + 1);
  for (const Day day : settled) wanted[static_cast<std::size_t>(day - rows.first)] = true;
  struct AtPosition {
    std::int64_t shown = 0;
    std::int64_t events = 0;
    std::map<std::int32_t, stats::ClusterSum> customers;
    std::int32_t unnamed = 0;  // rows of no customer stand for themselves
  };
  std::map<std::int32_t, AtPosition> positions;
  for (std::size_t at = 0; at < rows.rows.size(); ++at) {
    const cube::ShownRow& row = rows.rows[at];
    if (!wanted[static_cast<std::size_t>(row.day)]) continue;
    if (!row.position) {
      ++curve.without_position;
    } else if (*row.position > kLastPosition) {
      ++curve.beyond;
    } else {
      AtPosition& here = positions[*row.position];
      const bool event = rows.known_at_age[stage][at] >= 0;
      ++here.shown;
      here.events += event ? 1 : 0;
      stats::ClusterSum& cluster =
          here.customers[row.customer >= 0 ? row.customer : --here.unnamed];
      cluster.sum += event ? 1 : 0;
      ++cluster.records;
    }
  }
  for (const auto& [position, here] : positions) {
    std::vector<stats::ClusterSum> clusters;
    for (const auto& [customer, sum] : here.customers) clusters.push_back(sum);
    const stats::MeanRange range = stats::ClusteredMean(clusters);
    curve.points.push_back({position, here.shown, here.events, range.mean, range.low, range.high});
  }
  if (curve.points.empty()) curve.reason = PendingReason::kTooFew;
  return curve;
}

}  // namespace ripen::monitor
