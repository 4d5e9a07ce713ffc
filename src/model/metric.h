// A figure with its maturity. The three states are different types, so that a provisional or
// pending figure has no field that could be printed as if it were final.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>

#include "base/day.h"
#include "model/slice.h"

namespace ripen {

enum class Maturity { kConfirmed, kProvisional, kPending };

// Why nothing honest can be said yet. Wording turns it into a sentence; JSON prints the name.
enum class PendingReason {
  kWindowOpen,         // the days are too young: outcomes may still come
  kNoOutcomeTimes,     // the file gives no outcome times, so the delay curve is unknown
  kAnswersOfFastOnly,  // only flagged rows are known and they are the fast deciders
  kNotYetSnapshot,     // before the file's snapshot moment nothing of it was known
  kTooFew,             // under smallest_group or too few trials
  kDelayChanged,       // an open delay_shift covers these days
  kNoBaseEvents,       // a stage of a stage without any base event yet
  kStageNotGiven,      // the data hold no such stage
};
std::string PendingReasonName(PendingReason reason);  // "window_open", ...

// Settled for good, but for later corrections. `low`/`high`: 90 % Wilson on effective counts.
struct ConfirmedRate {
  double rate = 0;
  double low = 0;
  double high = 0;
  std::optional<double> revised_from;  // the earlier confirmed rate, if a later change moved it
};

// The calibrated 90 % predictive range of the eventual figure.
struct ProvisionalRate {
  double rate = 0;
  double low = 0;
  double high = 0;
  double arrived_share = 0;  // of the eventual outcomes
  Day settles_on;
  // The group is so small that its level is that of all customers; the range is wide accordingly.
  bool borrowed = false;
};

struct PendingRate {
  PendingReason reason = PendingReason::kWindowOpen;
  std::optional<Day> first_estimate_on;
  std::optional<Day> settles_on;
  // Hard bounds of the eventual rate: all open trials fail, or all succeed. Absent with no trials.
  std::optional<double> least;
  std::optional<double> most;
};

using RateState = std::variant<ConfirmedRate, ProvisionalRate, PendingRate>;

// One figure: the rate of a stage in a slice over the cohort days from..to (inclusive).
struct Metric {
  std::string stage;
  Slice slice;
  Day from;
  Day to;
  std::int64_t trials = 0;         // shown, or base events known so far
  std::int64_t events_so_far = 0;  // outcomes known so far; final when confirmed
  RateState state;

  Maturity maturity() const { return static_cast<Maturity>(state.index()); }
};

}  // namespace ripen
