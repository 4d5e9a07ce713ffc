// What the calibrated scores would have us expect of a stage, and what came of it so far.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "cube/sign_counts.h"
#include "cube/snapshot.h"
#include "model/config.h"
#include "model/expected.h"
#include "model/finding.h"

namespace ripen::monitor {

struct ExpectedRequest {
  std::string stage;
  Slice slice;
};

// What came of scores: everything, the slice asked for (the same where it is everything), and that
// of the finding which may be blind to them.
struct ScoredHistory {
  const cube::ScoredOutcomes& all;
  const cube::ScoredOutcomes& slice;
  const cube::ScoredOutcomes* of_finding = nullptr;
};

// The unexplained alert of the stage's rate that the scores are asked about: the strongest one that
// concerns the slice. Null where there is none.
const Finding* ChangeToSee(const std::vector<Finding>& findings, const ExpectedRequest& request);

// Calibrates on the settled days of all customers that lie before the change and before the last
// seven days shown: by isotonic regression from 2,000 records on, else by a logistic line; for a
// slice scaled to what came of its own scores on those days. The line of a span is the mean of its
// records' calibrated scores; its range that of a sum of Bernoullis, widened by how restless the
// calibration's days were and by how many outcomes it rests on. Requires: a stage of the ladder;
// the snapshot's as-of day is that of the histories. Cost: days times bins.
ExpectedReport ReadExpected(const cube::Snapshot& snapshot, const ScoredHistory& history,
                            const ExpectedRequest& request, const Finding* change,
                            const AlertsConfig& alerts);

}  // namespace ripen::monitor
