#include "model/stage.h"

#include <fmt/format.h>

#include <utility>

namespace ripen {

StageLadder StageLadder::Default() {
  StageLadder ladder;
  ladder.stages_ = {{"click", "shown", 1, 0, Direction::kMoreIsBetter},
                    {"purchase", "shown", 14, 0, Direction::kMoreIsBetter},
                    {"return", "purchase", 30, 0, Direction::kMoreIsWorse}};
  return ladder;
}

Result<StageLadder> StageLadder::Make(std::vector<Stage> stages) {
  if (stages.empty()) {
    return Fail(ErrorCode::kInvalidArgument, "Stages: at least one stage is needed, got none.");
  }
  StageLadder ladder;
  for (Stage& stage : stages) {
    if (stage.name.empty() || stage.name == "shown" || stage.name == "kept" ||
        ladder.IndexOf(stage.name)) {
      return Fail(
          ErrorCode::kInvalidArgument,
          fmt::format("Stages: '{}' cannot name a stage; it is empty, reserved or used twice.",
                      stage.name));
    }
    if (stage.of != "shown" && !ladder.IndexOf(stage.of)) {
      return Fail(
          ErrorCode::kInvalidArgument,
          fmt::format("Stages: '{}' is of '{}', which is no earlier stage.", stage.name, stage.of));
    }
    if (stage.window_days < 1 || stage.window_days > 400) {
      return Fail(ErrorCode::kInvalidArgument,
                  fmt::format("Stages: the window of '{}' must be 1 to 400 days, got {}.",
                              stage.name, stage.window_days));
    }
    ladder.stages_.push_back(std::move(stage));
  }
  return ladder;
}

std::optional<std::size_t> StageLadder::IndexOf(const std::string& name) const {
  for (std::size_t index = 0; index < stages_.size(); ++index) {
    if (stages_[index].name == name) return index;
  }
  return std::nullopt;
}

std::optional<std::size_t> StageLadder::BaseOf(std::size_t index) const {
  return IndexOf(stages_[index].of);
}

int StageLadder::SettlingDays(std::size_t index) const {
  int days = stages_[index].lateness_days;
  for (std::optional<std::size_t> at = index; at; at = BaseOf(*at)) {
    days += stages_[*at].window_days;
  }
  return days;
}

}  // namespace ripen
