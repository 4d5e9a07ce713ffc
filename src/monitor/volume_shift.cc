#include "monitor/volume_shift.h"

#include <algorithm>
#include <cmath>
#include <optional>

#include "monitor/rate_shift.h"
#include "monitor/watch_list.h"
#include "stats/budget.h"
#include "stats/normal_shift.h"
#include "stats/shiryaev_roberts.h"
#include "stats/start_posterior.h"

namespace ripen::monitor {
namespace {

constexpr std::size_t kDaysForWeekdays = 21;
constexpr std::size_t kWeek = 7;
constexpr double kMinDailyMean = 5;  // smaller counts have no logarithm worth the name

struct WatchedStream {
  std::size_t stream;
  double weight;
};

std::vector<WatchedStream> WatchedStreams(const CubeIndex& index) {
  std::vector<WatchedStream> watched{{0, stats::kVolumeWeight / 2}};
  std::vector<std::size_t> members;
  std::vector<std::size_t> group_of;
  for (std::size_t group = 0; group < index.groupings().size(); ++group) {
    const Grouping& grouping = index.groupings()[group];
    if (grouping.level() != 1) continue;
    for (std::size_t local = 0; local < grouping.streams; ++local) {
      const std::size_t stream = grouping.first_stream + local;
      const CubeIndex::Key key = index.KeysOf(stream).front();
      const cube::Attribute& attribute = index.snapshot().attributes[key.attribute];
      if (attribute.kind != AttributeKind::kItem || !attribute.known_at_start[key.value]) continue;
      members.push_back(stream);
      group_of.push_back(group);
    }
  }
  const std::vector<double> split =
      stats::SplitLevel(stats::kVolumeWeight / 2, group_of, index.groupings().size(), {});
  for (std::size_t at = 0; at < members.size(); ++at) watched.push_back({members[at], split[at]});
  return watched;
}

double MeanOf(const std::vector<double>& counts, std::size_t from, std::size_t to) {
  double sum = 0;
  for (std::size_t at = from; at < to; ++at) sum += counts[at];
  return to > from ? sum / static_cast<double>(to - from) : 0;
}

std::optional<Finding> Judge(const CubeIndex& index, const WatchedStream& watched,
                             const std::vector<std::size_t>& days, const LookOptions& options) {
  std::vector<double> counts;
  std::vector<double> logs;
  std::vector<std::size_t> block;
  const bool weekdays = days.size() >= kDaysForWeekdays;
  for (const std::size_t day : days) {
    counts.push_back(index.Shown(watched.stream, day));
    logs.push_back(std::log(counts.back() + .5));
    block.push_back(weekdays ? index.DayAt(day).iso_weekday() - 1 : 0);
  }
  const double mean = MeanOf(counts, 0, counts.size());
  if (mean < kMinDailyMean) return std::nullopt;
  stats::NormalShiftOptions detector;
  detector.least_variance = 1 / mean;
  const stats::NormalShift shift =
      stats::FindNormalShift(logs, block, weekdays ? kWeek : 1, detector);
  const double log_days = stats::LogSum(shift.log_evidence) + std::log(watched.weight);
  if (!(log_days >= std::log(options.alerts.watch_days))) return std::nullopt;
  const stats::StartEstimate start = *stats::EstimateStart(shift.log_evidence);
  // What began before the starts that are looked at is no news any more, and its day is not known.
  const std::size_t starts = detector.last_starts;
  if (days.size() > detector.reference_days + starts && start.earliest <= days.size() - starts) {
    return std::nullopt;
  }
  const double evidence = std::exp(std::min(log_days, 690.0));
  Finding finding;
  finding.kind = FindingKind::kVolumeShift;
  finding.level = Level::kWatch;
  finding.slice = index.SliceOf(watched.stream);
  finding.direction = shift.shift[start.start] < 0 ? Move::kFall : Move::kRise;
  finding.since = index.DayAt(days[start.start]);
  finding.since_earliest = index.DayAt(days[start.earliest]);
  finding.since_latest = index.DayAt(days[start.latest]);
  finding.before = MeanOf(counts, 0, start.earliest);
  finding.after = MeanOf(counts, start.latest, counts.size());
  finding.maturity = Maturity::kConfirmed;
  finding.evidence_days = PrintedEvidence(evidence);
  finding.certainty = CertaintyOf(evidence, options.alerts);
  finding.id = FindingId(finding, 1);
  return finding;
}

}  // namespace

std::vector<Finding> FindVolumeShifts(const CubeIndex& index, const Visibility& visibility,
                                      std::size_t first_judged, const LookOptions& options) {
  std::vector<std::size_t> days;
  for (std::size_t day = first_judged; day < index.days(); ++day) {
    if (index.Shown(0, day) > 0) days.push_back(day);
  }
  std::vector<Finding> findings;
  for (const WatchedStream& watched : WatchedStreams(index)) {
    if (!visibility.Shows(watched.stream)) continue;
    if (auto finding = Judge(index, watched, days, options)) {
      findings.push_back(std::move(*finding));
    }
  }
  // Item groups that moved with everything else say nothing of their own.
  if (!findings.empty() && findings.front().slice.IsTotal()) {
    for (std::size_t at = 1; at < findings.size(); ++at) {
      Finding& group = findings[at];
      const double total_ratio = *findings.front().after / *findings.front().before;
      const double ratio = *group.before > 0 ? *group.after / *group.before : 0;
      if (group.direction == findings.front().direction &&
          std::abs(std::log(std::max(ratio, 1e-9) / total_ratio)) <
              .5 * std::abs(std::log(total_ratio))) {
        group.explained_by = findings.front().id;
      }
    }
  }
  return findings;
}

}  // namespace ripen::monitor
