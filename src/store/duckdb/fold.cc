#include "store/duckdb/fold.h"

#include <algorithm>
#include <limits>
#include <optional>
#include <tuple>

#include "base/day.h"
#include "store/duckdb/schema.h"

namespace ripen::store {
namespace {

constexpr std::int32_t kNever = std::numeric_limits<std::int32_t>::max();

CellState CellOf(std::uint64_t flags, int code) {
  return static_cast<CellState>(flags >> (static_cast<unsigned>(code) * kBitsPerStage) & 7);
}

bool IsYes(CellState state) { return state == CellState::kTrue || state == CellState::kTimed; }

// Over five minutes before it was shown (days compare with days): set aside, not an outcome.
bool IsTooEarly(const FoldEvent& event, const FoldRecommendation& recommendation) {
  if (event.happened == kNone) return false;
  if ((event.bits & kEventWholeDay) != 0 || recommendation.whole_day) {
    return event.happened_day < recommendation.day;
  }
  return event.happened < recommendation.shown - kEarlyMicros;
}

// A retraction without event_id takes back what it names: no time or value means any.
bool Retracts(const FoldEvent& retraction, const FoldEvent& event) {
  return retraction.event == 0 && event.event == 0 &&
         std::tuple(retraction.arrival_day, retraction.arrival) >=
             std::tuple(event.arrival_day, event.arrival) &&
         (retraction.stage < 0 || retraction.stage == event.stage) &&
         (retraction.happened == kNone || retraction.happened == event.happened) &&
         (retraction.value == kNone || retraction.value == event.value);
}

// By content, so that a fold does not depend on the order in which rows were read.
auto SightingKey(const FoldEvent& event) {
  return std::tuple(event.arrival, event.arrival_day, event.bits, event.happened_day, event.seen);
}

// Whether an earlier snapshot shows the same outcome.
bool IsSeenAgain(const FoldEvent& event, const std::vector<FoldEvent>& events) {
  if ((event.bits & kOfObservation) == 0) return false;
  for (const FoldEvent& other : events) {
    if ((other.bits & kOfObservation) != 0 && other.stage == event.stage &&
        other.happened == event.happened &&
        std::tuple(SightingKey(other), &other) < std::tuple(SightingKey(event), &event)) {
      return true;
    }
  }
  return false;
}

// The order of versions of one event_id; at the same moment a retraction comes last.
auto VersionKey(const FoldEvent& event) {
  return std::tuple(event.arrival_day, event.arrival, event.kind, event.stage, event.happened,
                    event.value, event.happened_day, event.bits);
}

}  // namespace

RecordFolder::RecordFolder(FoldLadder ladder)
    : ladder_(std::move(ladder)), denials_(ladder_.ladder.size()) {}

void RecordFolder::Fold(const FoldRecommendation& recommendation,
                        const std::vector<FoldEvent>& events,
                        const std::vector<FoldObservation>& observations) {
  stage_changes_.clear();
  day_changes_.clear();
  if (events.empty() && observations.empty()) return;
  candidates_.clear();
  CollectLong(events);
  CollectObserved(events, observations);
  CountArrivals(recommendation, events);
  days_.clear();
  const auto add_day = [&](std::int32_t day) {
    if (day != kNever) days_.push_back(std::max(day, recommendation.arrival_day));
  };
  for (const Candidate& candidate : candidates_) {
    add_day(candidate.from_day);
    add_day(candidate.until_day);
  }
  for (const FoldObservation& observation : observations) add_day(observation.seen_day);
  std::sort(days_.begin(), days_.end());
  days_.erase(std::unique(days_.begin(), days_.end()), days_.end());
  before_.assign(ladder_.ladder.size(), StageState());
  truth_before_.assign(ladder_.ladder.size(), TruthState());
  for (const std::int32_t day : days_) {
    FindState(recommendation, day);
    EmitStages(recommendation, day);
    EmitTruth(day, observations);
    before_.swap(now_);
  }
}

void RecordFolder::CollectLong(const std::vector<FoldEvent>& events) {
  versions_.clear();
  for (const FoldEvent& event : events) {
    if ((event.bits & kOfObservation) != 0) continue;
    if (event.event != 0) {
      versions_.push_back(&event);
      continue;
    }
    if (event.kind != kOutcomeEvent) continue;
    std::int32_t until = kNever;
    for (const FoldEvent& other : events) {
      if (other.kind == kRetractionEvent && Retracts(other, event)) {
        until = std::min(until, other.arrival_day);
      }
    }
    candidates_.push_back({event.stage, event.happened != kNone, (event.bits & kEventWholeDay) != 0,
                           event.happened, event.happened_day, event.arrival_day, until});
  }
  std::sort(versions_.begin(), versions_.end(), [](const FoldEvent* a, const FoldEvent* b) {
    return a->event != b->event ? a->event < b->event : VersionKey(*a) < VersionKey(*b);
  });
  for (std::size_t i = 0; i < versions_.size(); ++i) {
    const FoldEvent& event = *versions_[i];
    if (event.kind != kOutcomeEvent) continue;
    const bool replaced = i + 1 < versions_.size() && versions_[i + 1]->event == event.event;
    candidates_.push_back({event.stage, event.happened != kNone, (event.bits & kEventWholeDay) != 0,
                           event.happened, event.happened_day, event.arrival_day,
                           replaced ? versions_[i + 1]->arrival_day : kNever});
  }
}

std::int32_t RecordFolder::DeniedAfter(std::size_t stage, std::int64_t seen) const {
  for (const Denial& denial : denials_[stage]) {
    if (denial.seen > seen && !denial.confirmed) return denial.day;
  }
  return kNever;
}

void RecordFolder::AddUntimed(std::int32_t stage, std::int64_t seen, std::int32_t from_day) {
  candidates_.push_back({stage, false, false, kNone, 0, from_day,
                         DeniedAfter(static_cast<std::size_t>(stage), seen)});
}

void RecordFolder::CollectObserved(const std::vector<FoldEvent>& events,
                                   const std::vector<FoldObservation>& observations) {
  if (observations.empty()) return;
  for (std::size_t stage = 0; stage < denials_.size(); ++stage) {
    std::vector<Denial>& denials = denials_[stage];
    denials.clear();
    const int code = ladder_.code_of[stage];
    for (const FoldObservation& observation : observations) {
      if (CellOf(observation.flags, code) != CellState::kFalse) continue;
      bool confirmed = false;
      for (const FoldObservation& other : observations) {
        confirmed =
            confirmed || (other.seen == observation.seen && IsYes(CellOf(other.flags, code)));
      }
      denials.push_back({observation.seen, observation.seen_day, confirmed});
    }
    std::sort(denials.begin(), denials.end(),
              [](const Denial& a, const Denial& b) { return a.seen < b.seen; });
    for (const FoldObservation& observation : observations) {
      const CellState cell = CellOf(observation.flags, code);
      if (cell != CellState::kNoColumn && cell != CellState::kTimed) {
        day_changes_.push_back(
            {DayKind::kObserved, static_cast<std::int32_t>(stage), observation.seen_day, 0, 1});
      }
      if (cell == CellState::kTrue) {
        AddUntimed(static_cast<std::int32_t>(stage), observation.seen, observation.seen_day);
      }
    }
  }
  for (const FoldEvent& event : events) {
    if ((event.bits & kOfObservation) == 0) continue;
    candidates_.push_back({event.stage, true, (event.bits & kEventWholeDay) != 0, event.happened,
                           event.happened_day, event.arrival_day,
                           DeniedAfter(static_cast<std::size_t>(event.stage), event.seen)});
  }
}

// Counts every outcome once, on the day from which it is known, and the days it had to wait.
void RecordFolder::CountArrivals(const FoldRecommendation& recommendation,
                                 const std::vector<FoldEvent>& events) {
  for (const FoldEvent& event : events) {
    if (event.kind != kOutcomeEvent || IsSeenAgain(event, events)) continue;
    const std::int32_t known_on = std::max(event.arrival_day, recommendation.arrival_day);
    if (event.arrival_day < recommendation.arrival_day && (event.bits & kOfObservation) == 0) {
      day_changes_.push_back({DayKind::kWaiting, event.stage, event.arrival_day, 0, 1});
      day_changes_.push_back({DayKind::kWaiting, event.stage, recommendation.arrival_day, 0, -1});
    }
    if (IsTooEarly(event, recommendation)) continue;
    std::int32_t extra = kArrivalNotGiven;
    if (event.happened == kNone) {
      extra = kWithoutTime;
    } else if ((event.bits & kArrivalGiven) != 0) {
      extra = std::max(0, event.arrival_day - event.happened_day);
    }
    day_changes_.push_back({DayKind::kArrived, event.stage, known_on, extra, 1});
  }
  for (const Candidate& candidate : candidates_) {
    if (candidate.timed) continue;
    bool of_event = false;
    for (const FoldEvent& event : events) {
      of_event = of_event || (event.kind == kOutcomeEvent && event.happened == kNone &&
                              event.stage == candidate.stage);
    }
    if (!of_event) {
      day_changes_.push_back({DayKind::kArrived, candidate.stage,
                              std::max(candidate.from_day, recommendation.arrival_day),
                              kWithoutTime, 1});
    }
  }
}

bool RecordFolder::InWindow(const Candidate& event, bool base_timed, bool base_whole,
                            std::int64_t base_micros, std::int32_t base_day, int window_days) {
  if (!event.timed || !base_timed) return true;
  if (event.whole_day || base_whole) {
    return event.happened_day >= base_day && event.happened_day - base_day <= window_days;
  }
  return event.happened >= base_micros - kEarlyMicros &&
         event.happened <= base_micros + window_days * kMicrosPerDay;
}

void RecordFolder::FindState(const FoldRecommendation& recommendation, std::int32_t day) {
  std::vector<StageState>& states = now_;
  states.assign(ladder_.ladder.size(), StageState());
  // Timed before untimed, then by day, exact times before whole days, then by time.
  const auto key = [](const Candidate& candidate) {
    return std::tuple(!candidate.timed, candidate.happened_day, candidate.whole_day,
                      candidate.happened);
  };
  for (std::size_t stage = 0; stage < states.size(); ++stage) {
    const std::optional<std::size_t> base = ladder_.ladder.BaseOf(stage);
    const Candidate* base_event = nullptr;
    if (base) {
      if (!states[*base].present) continue;
      base_event = states[*base].chosen;
    }
    const bool base_timed = base_event == nullptr || base_event->timed;
    const bool base_whole =
        base_event == nullptr ? recommendation.whole_day : base_event->whole_day;
    const std::int64_t base_micros =
        base_event == nullptr ? recommendation.shown : base_event->happened;
    const std::int32_t base_day =
        base_event == nullptr ? recommendation.day : base_event->happened_day;
    StageState& state = states[stage];
    for (const Candidate& candidate : candidates_) {
      if (candidate.stage != static_cast<std::int32_t>(stage) || candidate.from_day > day ||
          candidate.until_day <= day) {
        continue;
      }
      if (!InWindow(candidate, base_timed, base_whole, base_micros, base_day,
                    ladder_.ladder[stage].window_days)) {
        continue;
      }
      if (state.chosen == nullptr || key(candidate) < key(*state.chosen)) {
        state.chosen = &candidate;
      }
    }
    state.present = state.chosen != nullptr;
    if (base_event != nullptr && base_event->timed) {
      state.base_offset = std::max(0, base_day - recommendation.day);
    }
  }
}

void RecordFolder::EmitStages(const FoldRecommendation& recommendation, std::int32_t day) {
  for (std::size_t stage = 0; stage < now_.size(); ++stage) {
    const StageState& was = before_[stage];
    const StageState& is = now_[stage];
    if (was.present == is.present && (!is.present || was.base_offset == is.base_offset)) continue;
    const auto delay = [&](const StageState& state) {
      return std::max(0, day - recommendation.day - state.base_offset);
    };
    const auto index = static_cast<std::int32_t>(stage);
    if (was.present) stage_changes_.push_back({index, was.base_offset, delay(was), 0, 1});
    if (is.present) stage_changes_.push_back({index, is.base_offset, delay(is), 1, 0});
  }
}

void RecordFolder::Emit(DayKind kind, std::size_t stage, std::int32_t day, bool before,
                        bool after) {
  if (before == after) return;
  day_changes_.push_back({kind, static_cast<std::int32_t>(stage), day, 0, after ? 1 : -1});
}

void RecordFolder::EmitTruth(std::int32_t day, const std::vector<FoldObservation>& observations) {
  bool flagged = false;
  for (const FoldObservation& observation : observations) {
    flagged = flagged || (observation.seen_day <= day &&
                          observation.truth == static_cast<std::uint8_t>(CellState::kTrue));
  }
  for (std::size_t stage = 0; stage < now_.size(); ++stage) {
    bool empty = false;
    bool filled = false;
    for (const FoldObservation& observation : observations) {
      if (observation.seen_day > day) continue;
      const CellState cell = CellOf(observation.flags, ladder_.code_of[stage]);
      empty = empty || cell == CellState::kEmpty;
      filled = filled || IsYes(cell) || cell == CellState::kFalse;
    }
    empty = empty && !filled;
    TruthState state;
    state.flagged = flagged;
    state.open = !flagged && empty && !now_[stage].present;
    state.known_unflagged = !flagged && !state.open && now_[stage].present;
    state.empty_flagged = flagged && empty;
    state.filled_unflagged = !flagged && filled;
    TruthState& before = truth_before_[stage];
    Emit(DayKind::kFlagged, stage, day, before.flagged, state.flagged);
    Emit(DayKind::kOpen, stage, day, before.open, state.open);
    Emit(DayKind::kKnownUnflagged, stage, day, before.known_unflagged, state.known_unflagged);
    Emit(DayKind::kEmptyFlagged, stage, day, before.empty_flagged, state.empty_flagged);
    Emit(DayKind::kFilledUnflagged, stage, day, before.filled_unflagged, state.filled_unflagged);
    before = state;
  }
}

}  // namespace ripen::store
