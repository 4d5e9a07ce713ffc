#include "monitor/watch_list.h"

#include <algorithm>

#include "stats/budget.h"

namespace ripen::monitor {
namespace {

// Whether every value of the stream was known at the start and the slice itself was shown then.
bool KnownAtStart(const CubeIndex& index, std::size_t stream) {
  for (const CubeIndex::Key& key : index.KeysOf(stream)) {
    const std::vector<bool>& known = index.snapshot().attributes[key.attribute].known_at_start;
    if (!known[key.value] || std::count(known.begin(), known.end(), true) < 2) return false;
  }
  const std::size_t start_days = std::min(index.days(), static_cast<std::size_t>(kStartDays));
  for (std::size_t day = 0; day < start_days; ++day) {
    if (index.Shown(stream, day) > 0) return true;
  }
  return false;
}

bool IsKey(const Slice& slice, const std::vector<Segment>& keys) {
  return slice.segments.size() == 1 &&
         std::find(keys.begin(), keys.end(), slice.segments.front()) != keys.end();
}

}  // namespace

std::vector<double> RateWeights(const CubeIndex& index, const AlertsConfig& alerts,
                                std::size_t stage) {
  constexpr double kLevelShares[] = {stats::kTotalShare, stats::kSingleShare, stats::kPairShare};
  std::vector<double> weights(index.streams());
  const double whole = stats::RateStageWeight(stage, index.stages());
  for (std::size_t level = 0; level < 3; ++level) {
    std::vector<std::size_t> members;
    std::vector<std::size_t> group_of;
    std::vector<std::size_t> keys;
    for (std::size_t group = 0; group < index.groupings().size(); ++group) {
      const Grouping& grouping = index.groupings()[group];
      if (grouping.level() != level) continue;
      for (std::size_t local = 0; local < grouping.streams; ++local) {
        const std::size_t stream = grouping.first_stream + local;
        if (!KnownAtStart(index, stream)) continue;
        if (level == 1 && IsKey(index.SliceOf(stream), alerts.key_segments)) {
          keys.push_back(members.size());
        }
        members.push_back(stream);
        group_of.push_back(group);
      }
    }
    const std::vector<double> split =
        stats::SplitLevel(whole * kLevelShares[level], group_of, index.groupings().size(), keys);
    for (std::size_t at = 0; at < members.size(); ++at) weights[members[at]] = split[at];
  }
  return weights;
}

}  // namespace ripen::monitor
