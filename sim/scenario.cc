#include "sim/scenario.h"

namespace ripen::sim {
namespace {

constexpr double kDrop2534 = 15.0 / 28.0;
// Ages that click more and more differently than usual, so that a change of mix can be seen.
constexpr std::array<double, kAges> kSteepAgeClick = {.33, .28, .25, .20, .14};
constexpr std::array<double, kAges> kOlderAudience = {.055, 0, .145, .27, .53};

const Condition kIs2534{kAge, kAge2534};
const Condition kIs3544{kAge, 2};
const Condition kIs4554{kAge, 3};
const Condition kIsSouth{kRegion, 2};
const Condition kPrefersSustainable{kPreference, 0};
const Condition kIsWinter{kCollection, 3};

std::vector<Scenario> MakeTable() {
  const Effect drop{.conditions = {kIs2534}, .factor = kDrop2534};
  const ExpectedFinding drop_found{
      .kind = "rate_shift", .stage = "click", .slice = {kIs2534}, .direction = "fall"};
  const ExpectedFinding mix_found{.kind = "mix_shift", .stage = "click", .direction = "fall"};
  std::vector<Scenario> table;
  table.push_back({.name = "segment-drop",
                   .summary = "Customers aged 25-34 click 15 instead of 28 in 100 in the last ten "
                              "days; everybody else clicks as before.",
                   .effects = {drop},
                   .expected = {drop_found}});
  table.push_back({.name = "stable", .summary = "Nothing changes.", .change_days_before_last = -1});
  table.push_back({.name = "noisy",
                   .summary = "Nothing changes, but days differ: a weekday pattern, a mood of the "
                              "day for everybody and one for each customer group.",
                   .change_days_before_last = -1,
                   .weekday_pattern = true,
                   .common_day_noise = .06,
                   .group_day_noise = .045});
  table.push_back({.name = "weekday",
                   .summary = "Nothing changes, but weekends are clicked 40 % more than weekdays.",
                   .change_days_before_last = -1,
                   .weekend_click_factor = 1.4});
  table.push_back({.name = "mix",
                   .summary = "Older customers, who click less, make up more of the traffic; each "
                              "group clicks as before.",
                   .expected = {mix_found},
                   .age_click = kSteepAgeClick,
                   .age_weights_after = kOlderAudience});
  table.push_back({.name = "mix-and-drop",
                   .summary = "The change of mix, and on the same day the fall of ages 25-34.",
                   .effects = {drop},
                   .expected = {drop_found, mix_found},
                   .age_click = kSteepAgeClick,
                   .age_weights_after = kOlderAudience});
  table.push_back({.name = "total-drop",
                   .summary = "Every group clicks a fifth less in the last ten days.",
                   .effects = {{.factor = .8}},
                   .expected = {{.kind = "rate_shift", .stage = "click", .direction = "fall"}}});
  table.push_back({.name = "intersection",
                   .summary =
                       "Only customers aged 35-44 in the South click less, 40 % of what they "
                       "did; the age and the region elsewhere are as before.",
                   .effects = {{.conditions = {kIs3544, kIsSouth}, .factor = .4}},
                   .expected = {{.kind = "rate_shift",
                                 .stage = "click",
                                 .slice = {kIs3544, kIsSouth},
                                 .direction = "fall"}}});
  table.push_back({.name = "slow-drift",
                   .summary =
                       "The clicks of ages 25-34 sink by the same step every day for 15 days, "
                       "from 28 to 15 in 100.",
                   .change_days_before_last = 19,
                   .effects = {{.conditions = {kIs2534}, .factor = kDrop2534, .days_to_reach = 15}},
                   .expected = {drop_found}});
  table.push_back(
      {.name = "two-causes",
       .summary = "Two things at once: ages 25-34 fall to 15 in 100, and ages 45-54 "
                  "rise by a half.",
       .effects = {drop, {.conditions = {kIs4554}, .factor = 1.5}},
       .expected = {
           drop_found,
           {.kind = "rate_shift", .stage = "click", .slice = {kIs4554}, .direction = "rise"}}});
  table.push_back({.name = "sale-day",
                   .summary = "A sale in the last four days: half as many recommendations again, "
                              "and every group clicks 40 % more.",
                   .change_days_before_last = 3,
                   .effects = {{.factor = 1.4}},
                   .expected = {{.kind = "rate_shift", .stage = "click", .direction = "rise"}},
                   .volume_factor = 1.5});
  table.push_back({.name = "logging-change",
                   .summary = "A new release logs three times as many recommendations under new "
                              "ids, and no clicks any more; purchases go on.",
                   .change_days_before_last = 4,
                   .expected = {{.kind = "data_problem", .stage = "click"}},
                   .volume_factor = 3,
                   .new_id_form = true,
                   .clicks_silent = true});
  table.push_back(
      {.name = "returns-rise",
       .summary = "Customers aged 35-44 send back 54 instead of 30 in 100 purchases, "
                  "since 70 days before the end.",
       .default_days = 120,
       .change_days_before_last = 69,
       .effects = {{.stage = kReturn, .conditions = {kIs3544}, .factor = 1.8}},
       .expected = {
           {.kind = "rate_shift", .stage = "return", .slice = {kIs3544}, .direction = "rise"}}});
  table.push_back(
      {.name = "purchase-drop",
       .summary = "Customers aged 25-34 buy 3.5 instead of 6 in 100 in the last 20 days, when the "
                  "others buy 6 in 100 (--purchase-rate 0.06).",
       .default_days = 75,
       .change_days_before_last = 19,
       .effects = {{.stage = kPurchase, .conditions = {kIs2534}, .factor = 3.5 / 6}},
       .expected = {
           {.kind = "rate_shift", .stage = "purchase", .slice = {kIs2534}, .direction = "fall"}}});
  table.push_back({.name = "slower-purchases",
                   .summary = "Purchases come after twice as many days in the last 25 days, but no "
                              "fewer of them.",
                   .default_days = 90,
                   .change_days_before_last = 24,
                   .expected = {{.kind = "delay_shift", .stage = "purchase", .direction = "rise"}},
                   .slower_purchases = true});
  table.push_back({.name = "fairness-gap",
                   .summary = "The clicks of ages 25-34 sink by a fifth within 20 days, from 28 to "
                              "22.4 in 100, and stay there for ten; everybody else as before.",
                   .default_days = 60,
                   .change_days_before_last = 29,
                   .effects = {{.conditions = {kIs2534}, .factor = .8, .days_to_reach = 20}},
                   .expected = {drop_found}});
  table.push_back({.name = "buys-later",
                   .summary = "Customers aged 25-34 buy twice as many days later than the others, "
                              "from the first day on, and as often; nothing changes.",
                   .default_days = 75,
                   .change_days_before_last = -1,
                   .later_buyers = true});
  table.push_back({.name = "exposure",
                   .summary = "Customers who prefer sustainable goods are shown the Winter "
                              "collection only half as often; clicks do not change.",
                   .expected = {{.kind = "exposure_shift",
                                 .slice = {kPrefersSustainable},
                                 .item_slice = {kIsWinter},
                                 .direction = "fall"}},
                   .exposure_factor = .5});
  table.push_back({.name = "scores-move",
                   .summary = "The model gives a quarter more to every score in the last ten days; "
                              "what is shown and what customers do is as before.",
                   .score_factor = 1.25});
  table.push_back({.name = "seasons",
                   .summary =
                       "A year in which four collections follow one another; each is clicked "
                       "less as it ages, and nothing else changes.",
                   .default_days = 365,
                   .change_days_before_last = -1,
                   .seasons = true});
  table.push_back({.name = "messy",
                   .summary = "The fall of ages 25-34 in files as they come: 5 % duplicates, "
                              "shuffled, late messages, orphans and corrections.",
                   .effects = {drop},
                   .expected = {drop_found},
                   .messy = true});
  return table;
}

}  // namespace

const std::vector<Scenario>& ScenarioTable() {
  static const std::vector<Scenario> kTable = MakeTable();
  return kTable;
}

const Scenario* FindScenario(std::string_view name) {
  for (const Scenario& scenario : ScenarioTable()) {
    if (scenario.name == name) return &scenario;
  }
  return nullptr;
}

}  // namespace ripen::sim
