// data_problem: rules, outside the false-alarm budget, for data that cannot be what they claim.
#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "model/check_report.h"
#include "model/finding.h"
#include "monitor/arrivals.h"
#include "monitor/cube_index.h"
#include "monitor/look.h"

namespace ripen::monitor {

struct DataProblems {
  std::vector<Finding> findings;
  // By stage and day of the index: days on which no rate of the stage is judged.
  std::vector<std::vector<bool>> unusable;
};

// too_many_rejected: over 1 % of the rows were set aside (watch), over 5 % (alert).
// many_orphans: over 5 % of a stage's outcomes wait for their recommendation (watch).
// stage_silent: on a complete day no outcome of a stage arrived although its completion curve
//   expects at least 20 (alert while within the last week, else info); stages with outcome times
//   only. Cohort days that lost a twentieth of their outcomes are not judged.
// volume_jump: the recommendations a day multiply or divide by 2.5 or more from one day on while
// the
//   outcomes of the first stage do not follow (watch): the same things are logged more often or
//   less. The days since are not judged.
DataProblems FindDataProblems(const CubeIndex& index,
                              const std::vector<std::optional<StageArrivals>>& arrivals,
                              const InputSummary& input);

}  // namespace ripen::monitor
