// Judges the watched streams of one detector: the strongest explanation of what has alarmed is
// named and undone; what falls silent with it is its shadow; what still alarms names the next cause
// (at most eight).
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "model/finding.h"
#include "monitor/causes.h"
#include "monitor/look.h"
#include "monitor/privacy.h"
#include "monitor/rate_streams.h"

namespace ripen::monitor {

// What the streams are counts of: how a finding of one is told, and how a named change is undone.
class ShiftSubject {
 public:
  virtual ~ShiftSubject() = default;
  // Sets what the finding of a stream is about (kind, stage, slices, worse). The direction is
  // known.
  virtual void Name(std::size_t stream, Finding& finding) const = 0;
  // Whether the stream may be spoken of.
  virtual bool Shows(std::size_t stream) const = 0;
  // Events over trials of the cohorts from..to - 1, as printed; 0 without trials.
  virtual double RateOf(std::size_t stream, std::size_t from, std::size_t to) const = 0;
  // Trials of a cohort, as printed.
  virtual double TrialsOf(std::size_t stream, std::size_t cohort) const = 0;
  // Measures the change of a named stream and takes it out of the counts. May qualify the finding,
  // whose level is kInfo where the level of before is back.
  virtual Cause Undo(const Reading& reading, Finding& finding, FamilyEvents& undone) = 0;
};

// The findings of a detector and what its counts look like without them.
struct JudgedShifts {
  std::vector<Finding> findings;
  std::vector<Cause> causes;  // strongest first
  FamilyEvents undone;        // events with the earlier and these causes undone
};

// `earlier`: causes of other streams over the same cells that are undone first. Cost: the entries
// of the families, a few times for each cause.
JudgedShifts JudgeShifts(const RateStreams& streams, ShiftSubject& subject,
                         const AlertsConfig& alerts, const std::vector<Cause>& earlier);

// Evidence as printed: 3 significant digits, capped at 36500.
double PrintedEvidence(double evidence_days);
// very_sure from 40 times the budget on, fairly_sure from the budget on.
Certainty CertaintyOf(double evidence_days, const AlertsConfig& alerts);

}  // namespace ripen::monitor
