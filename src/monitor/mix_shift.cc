#include "monitor/mix_shift.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "monitor/rate_shift.h"
#include "stats/kitagawa.h"

namespace ripen::monitor {
namespace {

constexpr double kLeastPart = .5;  // of the move that the mix must explain
constexpr std::size_t kLargestMovers = 3;

// What the values of one attribute did before and since the start.
std::vector<stats::GroupCounts> CountsByValue(const RateStreams& streams,
                                              const FamilyEvents& events, const Grouping& grouping,
                                              std::size_t start) {
  const FlatFamily& flat = streams.index().families()[grouping.family];
  const stats::CellCounts cells = streams.Cells(grouping.family, events[grouping.family]);
  std::vector<stats::GroupCounts> groups(grouping.streams);
  for (std::size_t cell = 0; cell < flat.cells(); ++cell) {
    stats::GroupCounts& group = groups[grouping.LocalStream(flat, cell)];
    for (std::uint32_t at = cells.first[cell]; at < cells.first[cell + 1]; ++at) {
      const auto trials = static_cast<double>(cells.trials[at]);
      const auto counted = static_cast<double>(cells.events[at]);
      const bool after = cells.cohort[at] >= start;
      (after ? group.trials_after : group.trials_before) += trials;
      (after ? group.events_after : group.events_before) += counted;
    }
  }
  return groups;
}

}  // namespace

std::optional<Finding> FindMixShift(const RateStreams& streams, const FamilyEvents& undone,
                                    const Visibility& visibility, const LookOptions& options) {
  const CubeIndex& index = streams.index();
  const auto unadjusted = streams.ReadTotalUnadjusted(undone);
  if (!unadjusted || unadjusted->evidence_days < options.alerts.watch_days) return std::nullopt;
  std::vector<bool> total_only(index.streams());
  total_only[0] = true;
  if (!streams.Read(undone, total_only, options.alerts.false_alarm_every_days).empty()) {
    return std::nullopt;
  }
  std::optional<stats::Decomposition> best;
  const Grouping* best_grouping = nullptr;
  std::vector<stats::GroupCounts> best_counts;
  for (const Grouping& grouping : index.groupings()) {
    if (grouping.level() != 1) continue;
    auto counts = CountsByValue(streams, undone, grouping, unadjusted->start.start);
    stats::Decomposition move = stats::DecomposeMove(counts);
    if (best && std::abs(move.mix_effect) <= std::abs(best->mix_effect)) continue;
    best = std::move(move);
    best_grouping = &grouping;
    best_counts = std::move(counts);
  }
  if (!best) return std::nullopt;
  const double move = best->rate_after - best->rate_before;
  if (best->mix_effect * move <= 0 || std::abs(best->mix_effect) < kLeastPart * std::abs(move)) {
    return std::nullopt;
  }

  const Stage& stage = index.snapshot().ladder[streams.stage()];
  Finding finding;
  finding.kind = FindingKind::kMixShift;
  finding.level = Level::kInfo;
  finding.stage = stage.name;
  finding.direction = move < 0 ? Move::kFall : Move::kRise;
  finding.worse = (move < 0) == (stage.direction == Direction::kMoreIsBetter);
  finding.since = streams.DayOf(unadjusted->start.start);
  finding.since_earliest = streams.DayOf(unadjusted->start.earliest);
  finding.since_latest = streams.DayOf(unadjusted->start.latest);
  finding.before = best->rate_before;
  finding.after = best->rate_after;
  finding.maturity = Maturity::kConfirmed;
  finding.evidence_days = PrintedEvidence(unadjusted->evidence_days);
  finding.certainty = CertaintyOf(unadjusted->evidence_days, options.alerts);
  finding.mix_effect = best->mix_effect;

  const std::size_t attribute = index.KeysOf(best_grouping->first_stream).front().attribute;
  finding.mix_attribute = index.snapshot().attributes[attribute].name;
  stats::GroupCounts all;
  for (const stats::GroupCounts& group : best_counts) {
    all.trials_before += group.trials_before;
    all.trials_after += group.trials_after;
  }
  finding.trials_since = static_cast<std::int64_t>(all.trials_after);
  for (std::size_t value = 0; value < best_counts.size(); ++value) {
    if (!visibility.Shows(best_grouping->first_stream + value)) continue;
    finding.mix_terms.push_back({index.snapshot().attributes[attribute].values[value],
                                 best_counts[value].trials_before / all.trials_before,
                                 best_counts[value].trials_after / all.trials_after});
  }
  std::stable_sort(
      finding.mix_terms.begin(), finding.mix_terms.end(), [](const MixTerm& a, const MixTerm& b) {
        return std::abs(a.share_after - a.share_before) > std::abs(b.share_after - b.share_before);
      });
  if (finding.mix_terms.size() > kLargestMovers) finding.mix_terms.resize(kLargestMovers);
  finding.id = FindingId(finding, 1);
  return finding;
}

}  // namespace ripen::monitor
