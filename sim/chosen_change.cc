#include "sim/chosen_change.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <string>
#include <string_view>

namespace ripen::sim {
namespace {

constexpr double kLargestFactor = 3;

tl::unexpected<Error> Refuse(const std::string& what) {
  return Fail(ErrorCode::kInvalidArgument, "simulate: " + what);
}

Result<Condition> ParseCondition(std::string_view text, const WorldOptions& options) {
  const std::size_t equals = text.find('=');
  const std::string_view name = text.substr(0, equals);
  for (const AttributeIndex attribute : WrittenAttributes(options)) {
    if (AttributeName(attribute, options.language) != name) continue;
    const std::size_t values = Attributes()[attribute].values.size();
    for (std::size_t value = 0; value < values && equals != std::string_view::npos; ++value) {
      if (ValueName(attribute, value, options.language) == text.substr(equals + 1)) {
        return Condition{attribute, value};
      }
    }
  }
  return Refuse(
      fmt::format("--change-slice must look like age_group=25-34 with an attribute and a "
                  "value of this world, got '{}'.",
                  text));
}

}  // namespace

bool ChoosesChange(const WorldOptions& options) {
  return options.change_days != 0 || !options.change_slice.empty() ||
         !options.change_stage.empty() || options.change_factor != 1;
}

Result<Scenario> WithChosenChange(const WorldOptions& options, const Scenario& scenario) {
  Scenario chosen = scenario;
  if (!ChoosesChange(options)) return chosen;
  if (!scenario.effects.empty() || scenario.change_days_before_last >= 0) {
    return Refuse(
        fmt::format("--change-* need a scenario in which nothing changes, such as stable, "
                    "not {}.",
                    scenario.name));
  }
  if (options.change_days < 1 || options.change_days > 400) {
    return Refuse(fmt::format("--change-days must be 1 to 400, got {}.", options.change_days));
  }
  if (!(options.change_factor >= 0 && options.change_factor <= kLargestFactor)) {
    return Refuse(fmt::format("--change-factor must be 0 to {}, got {}.", kLargestFactor,
                              options.change_factor));
  }
  const std::string stage = options.change_stage.empty() ? "click" : options.change_stage;
  const auto known = std::find(kStageNames.begin(), kStageNames.end(), stage);
  if (known == kStageNames.end()) {
    return Refuse(
        fmt::format("--change-stage '{}' is none of {}.", stage, fmt::join(kStageNames, ", ")));
  }
  Effect effect;
  effect.stage = static_cast<std::size_t>(known - kStageNames.begin());
  effect.factor = options.change_factor;
  std::string_view left = options.change_slice;
  while (!left.empty()) {
    const std::size_t comma = std::min(left.find(','), left.size());
    RIPEN_ASSIGN_OR_RETURN(const Condition condition,
                           ParseCondition(left.substr(0, comma), options));
    effect.conditions.push_back(condition);
    left.remove_prefix(std::min(comma + 1, left.size()));
  }
  chosen.change_days_before_last = options.change_days - 1;
  chosen.effects = {effect};
  chosen.expected = {};
  if (options.change_factor != 1) {
    chosen.expected.push_back({.kind = "rate_shift",
                               .stage = *known,
                               .slice = effect.conditions,
                               .direction = options.change_factor < 1 ? "fall" : "rise"});
  }
  return chosen;
}

}  // namespace ripen::sim
