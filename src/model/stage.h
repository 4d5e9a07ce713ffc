// Stages: the steps of the outcome ladder, as configured.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/result.h"

namespace ripen {

enum class Direction { kMoreIsBetter, kMoreIsWorse };

// One step of the ladder. `of` names the stage whose events are its trials; "shown" is the
// recommendation itself. Windows of nested stages add up: a return settles 14 + 30 days after the
// recommendation was shown.
struct Stage {
  std::string name;          // "click", "purchase", "return", or the user's own
  std::string of = "shown";  // "shown" or an earlier stage's name
  int window_days = 1;       // exactly window_days x 24 h after the base event
  int lateness_days = 0;     // L: how late a message of this stage may still arrive
  Direction direction = Direction::kMoreIsBetter;
};

// The ladder in order; every `of` is "shown" or the name of an earlier stage.
class StageLadder {
 public:
  // click of shown (1 day), purchase of shown (14 days), return of purchase (30 days, worse).
  static StageLadder Default();
  // Errors: kInvalidArgument for an empty ladder, a repeated name, the name "shown" or "kept",
  // an `of` that is no earlier stage, or a window outside 1..400 days.
  [[nodiscard]] static Result<StageLadder> Make(std::vector<Stage> stages);

  const std::vector<Stage>& stages() const { return stages_; }
  std::size_t size() const { return stages_.size(); }
  const Stage& operator[](std::size_t index) const { return stages_[index]; }
  Stage& operator[](std::size_t index) { return stages_[index]; }
  std::optional<std::size_t> IndexOf(const std::string& name) const;
  // The stage that `index` counts from; nullopt for shown.
  std::optional<std::size_t> BaseOf(std::size_t index) const;
  // Days from the day shown until the stage is settled: all windows down to shown, then its
  // lateness.
  int SettlingDays(std::size_t index) const;

 private:
  std::vector<Stage> stages_;
};

}  // namespace ripen
