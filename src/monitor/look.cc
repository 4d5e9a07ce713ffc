#include "monitor/look.h"

#include <algorithm>
#include <set>

#include "monitor/cube_index.h"
#include "monitor/privacy.h"
#include "monitor/rate_shift.h"
#include "monitor/settling.h"
#include "monitor/watch_list.h"

namespace ripen::monitor {
namespace {

constexpr std::size_t kMinCohorts = 11;  // ten days of reference and one to judge

}  // namespace

Look TakeLook(const cube::Snapshot& snapshot, const InputSummary& /*input*/,
              const LookOptions& options) {
  Look look;
  if (snapshot.truth.empty() || snapshot.families.empty()) return look;
  const CubeIndex index(snapshot);
  const Settling settling(snapshot);
  const Visibility visibility(index, options.smallest_group);
  std::vector<bool> watched(index.streams());
  std::vector<Cause> of_shown;
  for (std::size_t stage = 0; stage < index.stages(); ++stage) {
    if (!snapshot.stage_given[stage]) continue;
    std::vector<std::size_t> days;
    for (const Day day : settling.DetectorDays(stage)) {
      days.push_back(static_cast<std::size_t>(day - snapshot.first_day));
    }
    if (days.size() < kMinCohorts) continue;
    std::vector<double> weights = RateWeights(index, options.alerts, stage);
    for (std::size_t stream = 1; stream < weights.size(); ++stream) {
      if (weights[stream] > 0) watched[stream] = true;
    }
    const RateStreams streams(index, stage, std::move(days), std::move(weights));
    const bool is_of_shown = !snapshot.ladder.BaseOf(stage);
    StageShifts shifts =
        FindRateShifts(streams, visibility, options, is_of_shown ? of_shown : std::vector<Cause>{});
    look.findings.insert(look.findings.end(), shifts.findings.begin(), shifts.findings.end());
    if (is_of_shown) of_shown.insert(of_shown.end(), shifts.causes.begin(), shifts.causes.end());
  }
  look.groups_checked = static_cast<int>(std::count(watched.begin(), watched.end(), true));
  SortFindings(look.findings);
  return look;
}

}  // namespace ripen::monitor
