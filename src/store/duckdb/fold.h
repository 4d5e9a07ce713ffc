// The one law: the history of what was known about a recommendation, from all events about it in
// any order.
#pragma once

#include <cstdint>
#include <vector>

#include "model/stage.h"

namespace ripen::store {

struct FoldRecommendation {
  std::int32_t day = 0;  // the day shown
  std::int64_t shown = 0;
  bool whole_day = false;
  std::int32_t arrival_day = 0;
};

// A row of ev; the stage is the ladder's index, -1 for a retraction of any stage.
struct FoldEvent {
  std::int64_t happened = 0;  // kNone without a time
  std::int64_t arrival = 0;
  std::int64_t value = 0;
  std::int64_t seen = 0;    // of an observation: its snapshot
  std::uint64_t event = 0;  // 0 without event_id
  std::int32_t happened_day = 0;
  std::int32_t arrival_day = 0;
  std::int32_t stage = 0;
  std::uint8_t kind = 0;
  std::uint8_t bits = 0;
};

// A row of obs; flags by stored stage code.
struct FoldObservation {
  std::int64_t seen = 0;
  std::int32_t seen_day = 0;
  std::uint64_t flags = 0;
  std::uint8_t truth = 0;
};

// What cube_day counts beside the cells.
enum class DayKind : std::uint8_t {
  kFlagged,          // the truth flag is known to be true
  kOpen,             // no flag, and the stage's boolean is empty
  kKnownUnflagged,   // no flag, not open, and the outcome is known
  kEmptyFlagged,     // a flag, and the boolean is empty
  kFilledUnflagged,  // no flag, and the boolean says yes or no
  kArrived,          // an outcome became known; extra = days from event to arrival, or below
  kWaiting,          // an outcome waits for its recommendation
  kObserved,         // a snapshot has a boolean of the stage and no time of it
};
// `extra` of kArrived where no arrival time was given, or no time at all.
constexpr std::int32_t kArrivalNotGiven = -1;
constexpr std::int32_t kWithoutTime = -2;

struct StageChange {
  std::int32_t stage = 0;
  std::int32_t base_offset = 0;
  std::int32_t delay = 0;
  std::int32_t gained = 0;
  std::int32_t lost = 0;
};
struct DayChange {
  DayKind kind = DayKind::kFlagged;
  std::int32_t stage = 0;
  std::int32_t known_on = 0;
  std::int32_t extra = 0;
  std::int32_t change = 0;
};

// Windows and bases of a ladder, with the stored codes of its stages.
struct FoldLadder {
  StageLadder ladder;
  std::vector<int> code_of;  // by stage
};

// Folds one recommendation after the other; keeps its buffers. Not thread safe.
class RecordFolder {
 public:
  explicit RecordFolder(FoldLadder ladder);
  // The changes stay until the next call.
  void Fold(const FoldRecommendation& recommendation, const std::vector<FoldEvent>& events,
            const std::vector<FoldObservation>& observations);
  const std::vector<StageChange>& stage_changes() const { return stage_changes_; }
  const std::vector<DayChange>& day_changes() const { return day_changes_; }

 private:
  // An outcome as known from one day until another (exclusive).
  struct Candidate {
    std::int32_t stage;
    bool timed;
    bool whole_day;
    std::int64_t happened;
    std::int32_t happened_day;
    std::int32_t from_day;
    std::int32_t until_day;
  };
  struct StageState {
    bool present = false;
    std::int32_t base_offset = 0;
    const Candidate* chosen = nullptr;
  };
  struct TruthState {
    bool flagged = false;
    bool open = false;
    bool known_unflagged = false;
    bool empty_flagged = false;
    bool filled_unflagged = false;
  };
  void CollectLong(const std::vector<FoldEvent>& events);
  void CollectObserved(const std::vector<FoldEvent>& events,
                       const std::vector<FoldObservation>& observations);
  void CountArrivals(const FoldRecommendation& recommendation,
                     const std::vector<FoldEvent>& events);
  void AddUntimed(std::int32_t stage, std::int64_t seen, std::int32_t from_day);
  // The first snapshot after `seen` that only denies the stage; INT32_MAX if none.
  std::int32_t DeniedAfter(std::size_t stage, std::int64_t seen) const;
  void FindState(const FoldRecommendation& recommendation, std::int32_t day);
  void EmitStages(const FoldRecommendation& recommendation, std::int32_t day);
  void EmitTruth(std::int32_t day, const std::vector<FoldObservation>& observations);
  void Emit(DayKind kind, std::size_t stage, std::int32_t day, bool before, bool after);
  static bool InWindow(const Candidate& event, bool base_timed, bool base_whole,
                       std::int64_t base_micros, std::int32_t base_day, int window_days);

  FoldLadder ladder_;
  std::vector<Candidate> candidates_;
  struct Denial {
    std::int64_t seen;
    std::int32_t day;
    bool confirmed;  // the same snapshot also says yes
  };
  std::vector<std::vector<Denial>> denials_;  // by stage, sorted by seen
  std::vector<std::int32_t> days_;
  std::vector<const FoldEvent*> versions_;
  std::vector<StageState> before_;
  std::vector<StageState> now_;
  std::vector<TruthState> truth_before_;
  std::vector<StageChange> stage_changes_;
  std::vector<DayChange> day_changes_;
};

}  // namespace ripen::store
