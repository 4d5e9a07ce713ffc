#include "monitor/epochs.h"

#include <map>
#include <string>

namespace ripen::monitor {

std::vector<Epoch> EpochsOf(std::span<const Annotation> annotations, Day first_day, Day as_of) {
  std::map<Day, std::vector<std::string>> starts;
  starts[first_day];
  for (const Annotation& annotation : annotations) {
    if (!annotation.new_epoch || annotation.day <= first_day || annotation.day > as_of) continue;
    starts[annotation.day].push_back(annotation.id);
  }
  std::vector<Epoch> epochs;
  for (auto& [since, ids] : starts) {
    epochs.push_back({since, EpochState::kPast, since + kReferenceDaysOfEpoch, std::move(ids)});
  }
  Epoch& last = epochs.back();
  last.state = last.first_alert_on > as_of ? EpochState::kCollecting : EpochState::kJudging;
  return epochs;
}

Day EpochStart(std::span<const Annotation> annotations, Day first_day, Day as_of) {
  return EpochsOf(annotations, first_day, as_of).back().since;
}

}  // namespace ripen::monitor
