#include "monitor/look.h"

#include <algorithm>
#include <utility>

#include "monitor/cube_index.h"
#include "monitor/data_problem.h"
#include "monitor/mix_shift.h"
#include "monitor/privacy.h"
#include "monitor/rate_shift.h"
#include "monitor/settling.h"
#include "monitor/volume_shift.h"
#include "monitor/watch_list.h"

namespace ripen::monitor {
namespace {

constexpr std::size_t kMinCohorts = 11;  // ten days of reference and one to judge
constexpr int kOverlapDays = 7;          // by which ranges of starts are widened

std::vector<std::size_t> UsableDays(const CubeIndex& index, const Settling& settling,
                                    std::size_t stage, const std::vector<bool>& unusable) {
  std::vector<std::size_t> days;
  for (const Day shown : settling.DetectorDays(stage)) {
    const auto day = static_cast<std::size_t>(shown - index.snapshot().first_day);
    if (!unusable[day]) days.push_back(day);
  }
  return days;
}

// A volume that moved when the rate of the same or a wider group was named is its side effect.
void ExplainVolumes(std::vector<Finding>& volumes, const std::vector<Finding>& findings) {
  for (Finding& volume : volumes) {
    for (const Finding& cause : findings) {
      if (cause.kind != FindingKind::kRateShift || cause.level != Level::kAlert ||
          volume.explained_by || !volume.slice.IsInside(cause.slice)) {
        continue;
      }
      if (*volume.since_earliest - kOverlapDays <= *cause.since_latest + kOverlapDays &&
          *cause.since_earliest - kOverlapDays <= *volume.since_latest + kOverlapDays) {
        volume.explained_by = cause.id;
      }
    }
  }
}

}  // namespace

Look TakeLook(const cube::Snapshot& snapshot, const InputSummary& input,
              const LookOptions& options) {
  Look look;
  if (snapshot.truth.empty() || snapshot.families.empty()) return look;
  const CubeIndex index(snapshot);
  const Settling settling(snapshot);
  const Visibility visibility(index, options.smallest_group);
  DataProblems problems = FindDataProblems(index, input);
  look.findings = std::move(problems.findings);

  std::vector<bool> watched(index.streams());
  std::vector<Cause> of_shown;
  for (std::size_t stage = 0; stage < index.stages(); ++stage) {
    if (!snapshot.stage_given[stage]) continue;
    std::vector<std::size_t> days = UsableDays(index, settling, stage, problems.unusable[stage]);
    if (days.size() < kMinCohorts) continue;
    std::vector<double> weights = RateWeights(index, options.alerts, stage);
    for (std::size_t stream = 1; stream < weights.size(); ++stream) {
      if (weights[stream] > 0) watched[stream] = true;
    }
    const RateStreams streams(index, stage, std::move(days), std::move(weights));
    const bool is_of_shown = !snapshot.ladder.BaseOf(stage);
    StageShifts shifts =
        FindRateShifts(streams, visibility, options, is_of_shown ? of_shown : std::vector<Cause>{});
    for (Finding& finding : shifts.findings) look.findings.push_back(std::move(finding));
    if (is_of_shown) of_shown.insert(of_shown.end(), shifts.causes.begin(), shifts.causes.end());
    if (auto mix = FindMixShift(streams, shifts.undone, visibility, options)) {
      look.findings.push_back(std::move(*mix));
    }
  }
  std::vector<Finding> volumes = FindVolumeShifts(index, visibility, options);
  ExplainVolumes(volumes, look.findings);
  for (Finding& volume : volumes) look.findings.push_back(std::move(volume));
  look.groups_checked = static_cast<int>(std::count(watched.begin(), watched.end(), true));
  SortFindings(look.findings);
  return look;
}

}  // namespace ripen::monitor
