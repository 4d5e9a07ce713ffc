// The scenarios as data: what changes, for whom, when, and what a monitor should then say.
#pragma once

#include <array>
#include <optional>
#include <string_view>
#include <vector>

#include "sim/schema.h"

namespace ripen::sim {

// attribute = value, both as indices.
struct Condition {
  AttributeIndex attribute = kAge;
  std::size_t value = 0;
};

// From the change day on, the rate of a stage (given the stage before) is multiplied by `factor`
// where all conditions hold; none = for everybody.
struct Effect {
  std::size_t stage = kClick;
  std::vector<Condition> conditions = {};
  double factor = 1;
  int days_to_reach = 0;  // 0 = at once; else the factor is reached in equal daily steps
};

// What a monitor should say, once enough of the truth is in.
struct ExpectedFinding {
  std::string_view kind = {};  // "rate_shift", "mix_shift", "data_problem", ...
  std::string_view stage = {};
  std::vector<Condition> slice = {};
  std::vector<Condition> item_slice = {};  // exposure_shift only
  std::string_view direction = {};         // "fall" or "rise"; empty where the kind has none
};

struct Scenario {
  std::string_view name = {};
  std::string_view summary = {};
  int default_days = 30;
  // The change day is the last day less this; negative: nothing changes.
  int change_days_before_last = 9;
  std::vector<Effect> effects = {};
  std::vector<ExpectedFinding> expected = {};
  // Click rates of the ages when nothing has happened.
  std::array<double, kAges> age_click = {.29, .28, .245, .22, .19};
  // Shares of the ages other than 25-34, relative to each other, before and since the change day.
  std::array<double, kAges> age_weights = {.20, 0, .30, .27, .23};
  std::optional<std::array<double, kAges>> age_weights_after = {};
  double weekend_click_factor = 1;
  bool weekday_pattern = false;  // clicks and volume follow the day of the week
  // Standard deviation of a factor on the click rate, new every day: one for everybody, and one
  // for each value of each customer attribute.
  double common_day_noise = 0;
  double group_day_noise = 0;
  double volume_factor = 1;    // since the change day
  bool new_id_form = false;    // ids are written in another way since the change day
  bool clicks_silent = false;  // no click is logged since the change day
  // Since the change day, purchases wait about twice as many days, none beyond their window.
  bool slower_purchases = false;
  // From the first day on, purchases of ages 25-34 wait that long; no fewer of them.
  bool later_buyers = false;
  // Since the change day, the slice of the expected exposure_shift is shown its item_slice in this
  // proportion of what it was.
  std::optional<double> exposure_factor = {};
  // Since the change day, scores are multiplied by this; what customers do is as before.
  double score_factor = 1;
  bool seasons = false;
  bool messy = false;
};

const std::vector<Scenario>& ScenarioTable();
// nullptr if there is none of that name.
const Scenario* FindScenario(std::string_view name);

}  // namespace ripen::sim
