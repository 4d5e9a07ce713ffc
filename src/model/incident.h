// Incidents: what becomes of a finding over the days. The fold of one look per local midnight, so
// that it does not matter when anybody looked.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/day.h"
#include "model/finding.h"

namespace ripen {

enum class IncidentState {
  kOpened,
  kGrowing,       // the change goes on, or reaches a wider group
  kAcknowledged,  // somebody has seen it; it is open until it ends
  kAccepted,      // the new level is the usual one: detectors start anew from it
  kRecovered,     // the mirror detector says that the level of before is back
  kJudgedFalse,   // there was nothing: counted in our false-alarm record
  kFaded,         // its evidence went without a recovery
  kMerged,        // turned out to be the shadow of another incident
};
std::string IncidentStateName(IncidentState state);  // "opened", "judged_false", ...
// Whether it still calls for somebody.
bool IsOpen(IncidentState state);

enum class JudgementAction { kAcknowledge, kAccept, kFalse };
std::string JudgementActionName(JudgementAction action);  // "acknowledge", "accept", "false"
std::optional<JudgementAction> ParseJudgementAction(const std::string& name);

// What somebody decided about an incident: an event of the ledger.
struct Judgement {
  std::string incident;
  JudgementAction action = JudgementAction::kAcknowledge;
  Day as_of;  // the look it answers; it counts from the next look on
  Moment at;  // when it was given
  std::string note;
};

// A change that is the usual level now: what came before it is no reference any more. Of an
// exposure shift the customer group counts: what it is shown starts anew, of every item attribute.
struct AcceptedChange {
  FindingKind kind = FindingKind::kRateShift;
  std::optional<std::string> stage;
  Slice slice;
  Day from;  // the first cohort day of the new level
};

// One entry of an incident's history.
struct IncidentStep {
  Day on;                                        // the look's day
  IncidentState state = IncidentState::kOpened;  // what it became
  std::optional<Slice> renamed_from;             // where the group was named anew
};

// What the change may have cost: purchases that were kept, fewer than there would have been.
struct IncidentCost {
  double lost_low = 0;  // kept purchases since the start, 90 % range
  double lost = 0;
  double lost_high = 0;
  // Times the mean value of a purchase; minor units of the currency.
  std::int64_t value_low = 0;
  std::int64_t value = 0;
  std::int64_t value_high = 0;
  std::int64_t value_a_week = 0;
  std::string currency;
  Maturity maturity = Maturity::kProvisional;
};

struct Incident {
  std::string id;
  IncidentState state = IncidentState::kOpened;
  Finding finding;  // as the last look that knew it told it; its slice is the group as named now
  Day opened_on;    // the look that raised it
  Day last_seen;    // the last look that had it at watch or above
  std::optional<Day> acknowledged_on;
  std::optional<Day> closed_on;     // the look that ended it
  std::optional<Day> recovered_on;  // the day since which the old level is back
  std::optional<std::string> merged_into;
  std::vector<IncidentStep> history;
  std::vector<Judgement> judgements;
  std::optional<IncidentCost> cost;  // where values are known
};

// Of the alarms we raised, how many were judged false.
struct FalseAlarmRecord {
  std::int64_t raised = 0;  // incidents of the budget, without those merged into another
  std::int64_t judged = 0;  // accepted, recovered or judged false
  std::int64_t judged_false = 0;
  std::optional<double> share;  // of the judged; absent without any
  std::optional<double> low;    // 90 % Wilson
  std::optional<double> high;
  std::optional<Day> first_look;
  std::int64_t looks = 0;
};

struct IncidentReport {
  Day as_of;
  std::vector<Incident> incidents;  // open ones first, then the newest
  FalseAlarmRecord record;
};

}  // namespace ripen
