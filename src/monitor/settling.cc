#include "monitor/settling.h"

#include <algorithm>

namespace ripen::monitor {

using cube::DayTruth;

Settling::Settling(const cube::Snapshot& snapshot) : snapshot_(snapshot) {}

const DayTruth* Settling::TruthOf(Day shown) const {
  const auto found =
      std::lower_bound(snapshot_.truth.begin(), snapshot_.truth.end(), shown,
                       [](const DayTruth& day, Day wanted) { return day.shown < wanted; });
  return found != snapshot_.truth.end() && found->shown == shown ? &*found : nullptr;
}

bool Settling::WindowPassed(std::size_t stage, Day shown) const {
  return snapshot_.as_of - shown >= snapshot_.ladder.SettlingDays(stage);
}

bool Settling::NotYetKnown(std::size_t stage) const {
  const std::optional<Day>& from = snapshot_.stage_known_from[stage];
  return !snapshot_.stage_given[stage] || (from && snapshot_.as_of < *from);
}

bool Settling::Confirmed(std::size_t stage, Day shown) const {
  if (NotYetKnown(stage)) return false;
  const DayTruth* truth = TruthOf(shown);
  if (truth == nullptr) return true;
  if (truth->flagged[stage] >= truth->rows) return true;
  return WindowPassed(stage, shown) && truth->open_unflagged[stage] == 0;
}

Day Settling::SettlesOn(std::size_t stage, Day shown) const {
  return shown + snapshot_.ladder.SettlingDays(stage) + 1;
}

PendingReason Settling::ReasonFor(std::size_t stage, Day shown) const {
  if (!snapshot_.stage_given[stage]) return PendingReason::kStageNotGiven;
  if (NotYetKnown(stage)) return PendingReason::kNotYetSnapshot;
  const DayTruth* truth = TruthOf(shown);
  if (truth != nullptr && truth->open_unflagged[stage] > 0 &&
      (snapshot_.stage_empty_where_unflagged[stage] || WindowPassed(stage, shown))) {
    return PendingReason::kAnswersOfFastOnly;
  }
  if (!snapshot_.stage_has_times[stage]) return PendingReason::kNoOutcomeTimes;
  return PendingReason::kWindowOpen;
}

bool Settling::OnlyWindowsOpen(std::size_t stage) const {
  if (!snapshot_.stage_has_times[stage]) return false;
  return std::all_of(snapshot_.truth.begin(), snapshot_.truth.end(), [&](const DayTruth& day) {
    return Confirmed(stage, day.shown) || ReasonFor(stage, day.shown) == PendingReason::kWindowOpen;
  });
}

std::int64_t Settling::OpenRows(std::size_t stage, Day shown) const {
  if (Confirmed(stage, shown)) return 0;
  const DayTruth* truth = TruthOf(shown);
  if (truth == nullptr) return 0;
  if (NotYetKnown(stage)) return truth->rows;
  if (WindowPassed(stage, shown)) return truth->open_unflagged[stage];
  return truth->rows - truth->flagged[stage] - truth->known_events_unflagged[stage];
}

std::vector<Day> Settling::DetectorDays(std::size_t stage) const {
  std::vector<Day> days;
  if (NotYetKnown(stage)) return days;
  bool all_before_known = true;
  for (const DayTruth& truth : snapshot_.truth) {
    const bool known = OpenRows(stage, truth.shown) == 0;
    all_before_known = all_before_known && known;
    const bool by_window = WindowPassed(stage, truth.shown) && truth.open_unflagged[stage] == 0;
    if (truth.rows > 0 && (by_window || all_before_known)) days.push_back(truth.shown);
  }
  return days;
}

double Settling::SettledShare(std::size_t stage) const {
  if (NotYetKnown(stage)) return 0;
  std::int64_t rows = 0;
  std::int64_t settled = 0;
  for (const DayTruth& truth : snapshot_.truth) {
    rows += truth.rows;
    settled += WindowPassed(stage, truth.shown) ? truth.rows - truth.open_unflagged[stage]
                                                : truth.flagged[stage];
  }
  return rows > 0 ? static_cast<double>(settled) / static_cast<double>(rows) : 0;
}

std::optional<Day> Settling::ConfirmedThrough(std::size_t stage) const {
  std::optional<Day> through;
  for (const DayTruth& truth : snapshot_.truth) {
    if (!Confirmed(stage, truth.shown)) break;
    through = truth.shown;
  }
  return through;
}

}  // namespace ripen::monitor
