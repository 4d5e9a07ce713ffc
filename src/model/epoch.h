// Reference epochs: after a planned change what was shown before is no reference any more, and
// everything is judged anew.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/day.h"

namespace ripen {

enum class EpochState {
  kPast,        // another began after it
  kCollecting,  // too few days yet to compare a day with: nothing can be said, good or bad
  kJudging,
};
std::string EpochStateName(EpochState state);  // "past", "collecting", "judging"

struct Epoch {
  Day since;  // the first day shown that belongs to it
  EpochState state = EpochState::kJudging;
  // The first look that can alarm, about a stage whose outcomes are known after a day; later stages
  // follow when their days do.
  Day first_alert_on;
  std::vector<std::string> annotations;  // ids of those that opened it; none of the data's start
};

}  // namespace ripen
