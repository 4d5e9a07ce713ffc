#include "monitor/data_problem.h"

#include <algorithm>
#include <cmath>
#include <optional>

namespace ripen::monitor {
namespace {

constexpr double kRejectedWatch = .01;
constexpr double kRejectedAlert = .05;
constexpr double kOrphansWatch = .05;
constexpr double kMinExpected = 20;  // recommendations or outcomes, for a rule to speak
constexpr int kRecentDays = 7;
constexpr double kJump = 2.5;  // ratio of daily volumes
constexpr std::size_t kJumpReference = 10;
constexpr std::size_t kJumpWindow = 7;

Finding Problem(const char* code, Level level) {
  Finding finding;
  finding.kind = FindingKind::kDataProblem;
  finding.level = level;
  finding.code = code;
  finding.certainty = Certainty::kVerySure;
  return finding;
}

void AddRejected(const InputSummary& input, std::vector<Finding>& findings) {
  std::int64_t rejected = 0;
  for (const RejectedRows& rows : input.rejected) rejected += rows.count;
  if (input.rows <= 0) return;
  const double share = static_cast<double>(rejected) / static_cast<double>(input.rows);
  if (share <= kRejectedWatch) return;
  Finding finding =
      Problem("too_many_rejected", share > kRejectedAlert ? Level::kAlert : Level::kWatch);
  finding.observed = share;
  finding.expected = 0;
  finding.id = FindingId(finding, 1);
  findings.push_back(std::move(finding));
}

void AddSilence(const CubeIndex& index, std::size_t stage, const StageArrivals& arrivals,
                DataProblems& problems) {
  const cube::Snapshot& snapshot = index.snapshot();
  if (std::find(arrivals.silent.begin(), arrivals.silent.end(), true) == arrivals.silent.end()) {
    return;
  }
  const std::size_t days = arrivals.days();
  const std::vector<bool> unusable = DaysShownOf(index, stage, arrivals.gapped);
  for (std::size_t day = 0; day < index.days(); ++day) {
    if (unusable[day]) problems.unusable[stage][day] = true;
  }

  // The last run of silent days.
  std::size_t last = days - 1;
  while (!arrivals.silent[last]) --last;
  std::size_t first = last;
  while (first > 0 && arrivals.silent[first - 1]) --first;
  double expected = 0;
  for (std::size_t day = first; day <= last; ++day) expected += arrivals.expected[day];
  const bool recent = static_cast<int>(days - last) <= kRecentDays;
  Finding finding = Problem("stage_silent", recent ? Level::kAlert : Level::kInfo);
  finding.stage = snapshot.ladder[stage].name;
  finding.since = snapshot.first_day + static_cast<int>(first);
  finding.observed = 0;
  finding.expected = expected;
  finding.id = FindingId(finding, 1);
  problems.findings.push_back(std::move(finding));
}

void AddOrphans(const CubeIndex& index, std::size_t stage, std::vector<Finding>& findings) {
  const cube::Snapshot& snapshot = index.snapshot();
  double events = 0;
  for (std::size_t day = 0; day < index.days(); ++day) events += index.Events(stage, 0, day);
  const auto orphans = static_cast<double>(snapshot.orphans[stage]);
  if (orphans < kMinExpected || orphans <= kOrphansWatch * (orphans + events)) return;
  Finding finding = Problem("many_orphans", Level::kWatch);
  finding.stage = snapshot.ladder[stage].name;
  finding.observed = orphans / (orphans + events);
  finding.expected = 0;
  finding.id = FindingId(finding, 1);
  findings.push_back(std::move(finding));
}

double Median(std::vector<double> values) {
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::nth_element(values.begin(), middle, values.end());
  return *middle;
}

struct Jump {
  std::size_t day = 0;
  double before = 0;
  double after = 0;
};

// The sharpest lasting jump of the daily volume, if any multiplies or divides it by kJump.
std::optional<Jump> FindJump(const std::vector<double>& volume) {
  std::optional<Jump> sharpest;
  for (std::size_t day = kJumpReference; day < volume.size(); ++day) {
    const std::size_t from = day - std::min(day, 2 * kJumpWindow);
    const double before = Median({volume.begin() + static_cast<std::ptrdiff_t>(from),
                                  volume.begin() + static_cast<std::ptrdiff_t>(day)});
    const std::size_t to = std::min(day + kJumpWindow, volume.size());
    const double after = Median({volume.begin() + static_cast<std::ptrdiff_t>(day),
                                 volume.begin() + static_cast<std::ptrdiff_t>(to)});
    // The day itself must be part of the jump, not only the median after it.
    const double smaller = std::min({before, after, volume[day]});
    if (std::min(before, after) < kMinExpected || smaller <= 0) continue;
    const bool up = after >= kJump * before && volume[day] >= kJump * before;
    const bool down = before >= kJump * after && before >= kJump * volume[day];
    if (!up && !down) continue;
    const double size = std::abs(std::log(after / before));
    if (!sharpest || size > std::abs(std::log(sharpest->after / sharpest->before)) + 1e-9) {
      sharpest = Jump{day, before, after};
    }
  }
  return sharpest;
}

void AddVolumeJump(const CubeIndex& index, DataProblems& problems) {
  std::vector<std::size_t> days;
  std::vector<double> volume;
  for (std::size_t day = 0; day < index.days(); ++day) {
    if (index.Shown(0, day) <= 0) continue;
    days.push_back(day);
    volume.push_back(index.Shown(0, day));
  }
  const auto jump = FindJump(volume);
  if (!jump) return;
  // Do the outcomes follow? The first stage that the data hold decides; its youngest day is left
  // out.
  std::size_t stage = 0;
  while (stage < index.stages() && !index.snapshot().stage_given[stage]) ++stage;
  if (stage == index.stages()) return;
  double before = 0;
  double trials_before = 0;
  double after = 0;
  double trials_after = 0;
  for (std::size_t at = 0; at + 1 < days.size(); ++at) {
    (at < jump->day ? before : after) += index.Events(stage, 0, days[at]);
    (at < jump->day ? trials_before : trials_after) += volume[at];
  }
  if (before <= 0 || trials_after <= 0) return;
  const double rate_ratio = (after / trials_after) / (before / trials_before);
  const double volume_ratio = jump->after / jump->before;
  const bool follows = volume_ratio > 1 ? rate_ratio > 1 / std::sqrt(volume_ratio)
                                        : rate_ratio < 1 / std::sqrt(volume_ratio);
  if (follows) return;
  for (std::vector<bool>& stage_days : problems.unusable) {
    for (std::size_t at = jump->day; at < days.size(); ++at) stage_days[days[at]] = true;
  }
  Finding finding = Problem("volume_jump", Level::kWatch);
  finding.since = index.DayAt(days[jump->day]);
  finding.observed = jump->after;
  finding.expected = jump->before;
  finding.id = FindingId(finding, 1);
  problems.findings.push_back(std::move(finding));
}

}  // namespace

DataProblems FindDataProblems(const CubeIndex& index,
                              const std::vector<std::optional<StageArrivals>>& arrivals,
                              const InputSummary& input) {
  DataProblems problems;
  problems.unusable.assign(index.stages(), std::vector<bool>(index.days()));
  AddRejected(input, problems.findings);
  for (std::size_t stage = 0; stage < index.stages(); ++stage) {
    if (!index.snapshot().stage_given[stage]) continue;
    AddOrphans(index, stage, problems.findings);
    if (arrivals[stage]) AddSilence(index, stage, *arrivals[stage], problems);
  }
  AddVolumeJump(index, problems);
  return problems;
}

}  // namespace ripen::monitor
