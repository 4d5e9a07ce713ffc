#include "monitor/relevance.h"

#include <algorithm>

namespace ripen::monitor {
namespace {

// A week shows whether a stage with a long window goes well; shorter windows are waited for.
constexpr int kLongestSameAge = 7;

int SameAgeOf(const cube::Snapshot& snapshot, std::size_t stage) {
  return std::min(snapshot.ladder.SettlingDays(stage), kLongestSameAge);
}

constexpr stats::GainSet kNothing = 1;

stats::GainSet Level(std::size_t level) { return static_cast<stats::GainSet>(1U << level); }

}  // namespace

std::vector<std::size_t> Relevance::AllStages() const {
  std::vector<std::size_t> all = stages;
  if (kept) all.push_back(kept->second);
  return all;
}

std::vector<Relevance> RelevancesOf(const cube::Snapshot& snapshot, const KeptStages& kept) {
  std::vector<Relevance> relevances;
  std::vector<std::size_t> stages;
  for (std::size_t stage = 0; stage < snapshot.ladder.size(); ++stage) {
    if (!snapshot.stage_given[stage] || snapshot.ladder.BaseOf(stage) ||
        snapshot.ladder[stage].direction == Direction::kMoreIsWorse) {
      continue;
    }
    stages.push_back(stage);
    relevances.push_back({snapshot.ladder[stage].name,
                          RelevanceKind::kStage,
                          {stage},
                          {},
                          {0, 1},
                          SameAgeOf(snapshot, stage)});
  }
  if (kept) {
    relevances.push_back({"kept",
                          RelevanceKind::kKept,
                          {kept->first},
                          kept,
                          {0, 1},
                          SameAgeOf(snapshot, kept->first)});
  }
  if (stages.size() < 2 || stages.size() + (kept ? 2 : 1) > stats::kMostLevels) return relevances;
  Relevance graded{"graded", RelevanceKind::kGraded, stages, kept, {0}, 1};
  for (std::size_t at = 0; at < stages.size() + (kept ? 1 : 0); ++at) {
    graded.levels.push_back(static_cast<double>(2 * at + 1));
  }
  for (const std::size_t stage : stages) {
    graded.same_age_days = std::max(graded.same_age_days, SameAgeOf(snapshot, stage));
  }
  relevances.push_back(std::move(graded));
  return relevances;
}

std::vector<RankingGain> GainsOf(const std::vector<Relevance>& relevances) {
  std::vector<RankingGain> gains;
  if (relevances.empty() || relevances.back().kind != RelevanceKind::kGraded) return gains;
  const Relevance& graded = relevances.back();
  for (std::size_t at = 0; at + 1 < graded.levels.size(); ++at) {
    gains.push_back(
        {at < graded.stages.size() ? relevances[at].name : "kept", graded.levels[at + 1]});
  }
  return gains;
}

RowTruth::RowTruth(const cube::Snapshot& snapshot, const Settling& settling,
                   const cube::ShownRows& rows)
    : rows_(rows) {
  for (std::size_t stage = 0; stage < snapshot.ladder.size(); ++stage) {
    std::vector<bool>& open = open_.emplace_back();
    for (Day day = rows.first; day <= rows.last; day = day + 1) {
      open.push_back(!settling.Confirmed(stage, day));
    }
  }
}

bool RowTruth::DayOpen(const Relevance& relevance, std::int32_t day) const {
  const std::vector<std::size_t> stages = relevance.AllStages();
  return std::any_of(stages.begin(), stages.end(),
                     [&](std::size_t stage) { return DayOpen(stage, day); });
}

stats::GainSet RowTruth::Possible(const Relevance& relevance, std::size_t row) const {
  const std::int32_t day = rows_.rows[row].day;
  // Levels below kept: the furthest known, and all that are open beyond it.
  stats::GainSet below = kNothing;
  for (std::size_t at = 0; at < relevance.stages.size(); ++at) {
    if (Known(relevance.stages[at], row)) {
      below = Level(at + 1);
    } else if (DayOpen(relevance.stages[at], day)) {
      below |= Level(at + 1);
    }
  }
  if (!relevance.kept) return below;
  const auto [bought, returned] = *relevance.kept;
  const stats::GainSet kept = Level(relevance.levels.size() - 1);
  if (relevance.kind == RelevanceKind::kKept) {
    if (!Known(bought, row)) return DayOpen(bought, day) ? kNothing | kept : kNothing;
    if (Known(returned, row)) return kNothing;
    return DayOpen(returned, day) ? kNothing | kept : kept;
  }
  if (!Known(bought, row)) return DayOpen(bought, day) ? below | kept : below;
  if (Known(returned, row)) return below;
  return DayOpen(returned, day) ? below | kept : kept;
}

double RowTruth::GainOf(const Relevance& relevance, const std::vector<bool>& reached,
                        bool sent_back) {
  double gain = 0;
  for (std::size_t at = 0; at < relevance.stages.size(); ++at) {
    if (!reached[at]) continue;
    if (relevance.kept && relevance.stages[at] == relevance.kept->first && !sent_back) {
      return relevance.levels.back();
    }
    if (relevance.kind != RelevanceKind::kKept) gain = relevance.levels[at + 1];
  }
  return gain;
}

double RowTruth::GainAt(const Relevance& relevance, std::size_t row, int age) const {
  double gain = 0;
  for (std::size_t at = 0; at < relevance.stages.size(); ++at) {
    if (KnownAt(relevance.stages[at], row, age)) gain = relevance.levels[at + 1];
  }
  // Whether it stays is not known at this age, only whether it was sent back by then.
  if (relevance.kind == RelevanceKind::kKept && KnownAt(relevance.kept->second, row, age)) return 0;
  return gain;
}

}  // namespace ripen::monitor
