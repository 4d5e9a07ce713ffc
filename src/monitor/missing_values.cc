#include "monitor/missing_values.h"

#include <algorithm>
#include <cmath>
#include <optional>

#include "monitor/same_time.h"
#include "monitor/shadows.h"
#include "monitor/shift_judge.h"
#include "stats/budget.h"
#include "stats/overdispersion.h"
#include "stats/shiryaev_roberts.h"
#include "stats/start_posterior.h"
#include "stats/strata.h"

namespace ripen::monitor {
namespace {

constexpr double kLeastMove = .01;
constexpr double kLargestLogEvidence = 690;

// Recommendations and those without the attribute, by day judged.
struct MissingDays {
  std::size_t stream = 0;
  std::vector<double> shown;
  std::vector<double> missing;
};

std::vector<MissingDays> ReadMissing(const CubeIndex& index, std::span<const std::size_t> days) {
  std::vector<MissingDays> all;
  for (const cube::Attribute& attribute : index.snapshot().attributes) {
    const auto stream = index.Find(Slice::Of({{attribute.name, std::nullopt}}));
    if (!stream) continue;
    MissingDays& read = all.emplace_back();
    read.stream = *stream;
    for (const std::size_t day : days) {
      read.shown.push_back(index.Shown(0, day));
      read.missing.push_back(index.Shown(*stream, day));
    }
  }
  return all;
}

double ShareOf(const MissingDays& read, std::size_t from, std::size_t to) {
  double shown = 0;
  double missing = 0;
  for (std::size_t at = from; at < to; ++at) {
    shown += read.shown[at];
    missing += read.missing[at];
  }
  return shown > 0 ? missing / shown : 0;
}

std::optional<Finding> Judge(const CubeIndex& index, const MissingDays& read,
                             std::span<const std::size_t> days, double rho, double weight,
                             const AlertsConfig& alerts) {
  std::vector<double> shown = read.shown;
  std::vector<double> missing = read.missing;
  for (std::size_t at = 0; at < shown.size(); ++at) {
    const double share = stats::EffectiveShare(shown[at], rho);
    shown[at] *= share;
    missing[at] *= share;
  }
  const std::vector<double> logs =
      stats::LogStartEvidences(stats::OneStratum(shown, missing, {}), {});
  const double log_days = stats::LogSum(logs) + std::log(weight);
  if (!(log_days >= std::log(alerts.watch_days))) return std::nullopt;
  const stats::StartEstimate start = *stats::EstimateStart(logs);
  const double before = ShareOf(read, 0, start.earliest);
  const double after = ShareOf(read, start.latest, days.size());
  if (std::abs(after - before) < kLeastMove) return std::nullopt;
  const double evidence = std::exp(std::min(log_days, kLargestLogEvidence));
  Finding finding;
  finding.kind = FindingKind::kDataProblem;
  finding.level = Level::kWatch;
  finding.code = "missing_values";
  finding.slice = index.SliceOf(read.stream);
  finding.direction = after < before ? Move::kFall : Move::kRise;
  finding.since = index.DayAt(days[start.start]);
  finding.since_earliest = index.DayAt(days[start.earliest]);
  finding.since_latest = index.DayAt(days[start.latest]);
  finding.observed = after;
  finding.expected = before;
  finding.evidence_days = PrintedEvidence(evidence);
  finding.certainty = CertaintyOf(evidence, alerts);
  finding.id = FindingId(finding, 1);
  return finding;
}

}  // namespace

std::vector<Finding> FindMissingValues(const CubeIndex& index, const Visibility& visibility,
                                       std::span<const std::size_t> days,
                                       const LookOptions& options) {
  const std::vector<MissingDays> all = ReadMissing(index, days);
  stats::Overdispersion pool;
  for (const MissingDays& read : all) pool.AddStream(read.shown, read.missing);
  const double weight = stats::kExposureWeight * stats::kMissingShare /
                        static_cast<double>(index.snapshot().attributes.size());
  std::vector<Finding> findings;
  for (const MissingDays& read : all) {
    if (!visibility.Shows(read.stream)) continue;
    if (auto finding = Judge(index, read, days, pool.Estimate(), weight, options.alerts)) {
      findings.push_back(std::move(*finding));
    }
  }
  return findings;
}

void ExplainByMissing(std::span<const Finding> missing, std::vector<Finding>& findings) {
  for (const Finding& cause : missing) {
    for (Finding& finding : findings) {
      const bool of_group =
          finding.kind == FindingKind::kRateShift || finding.kind == FindingKind::kExposureShift;
      if (!of_group || finding.explained_by || !finding.slice.IsInside(cause.slice) ||
          !AtTheSameTime(finding, cause)) {
        continue;
      }
      Explain(finding, cause.id);
    }
  }
}

}  // namespace ripen::monitor
