// Makes the recommendations of a world and what became of them, one at a time.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "base/day.h"
#include "sim/scenario.h"
#include "sim/schema.h"
#include "sim/world.h"

namespace ripen::sim {

constexpr std::int64_t kSecondsPerDay = 86'400;
// P(bought is sent back) where no effect says otherwise.
constexpr double kReturnRate = .30;

struct Recommendation {
  std::int64_t number = 0;         // 1, 2, ... over the whole world
  std::int64_t shown_seconds = 0;  // since 1970-01-01T00:00:00Z
  std::int64_t customer = 0;
  std::int64_t item = 0;
  int position = 1;       // 1..5 in its list
  std::int64_t list = 0;  // the number of its first recommendation; 0 = the world has no lists
  int score_ten_thousandths = 0;
  bool after_change = false;
  AttributeValues values{};
  // What will ever happen, and when; what the files hold of it depends on their moment.
  std::array<bool, kStages> happens{};
  std::array<std::int64_t, kStages> seconds{};
  // From then on the shop's books say that nothing more can come of it.
  std::int64_t confirmed_seconds = 0;

  bool HappenedBefore(std::size_t stage, std::int64_t moment) const {
    return happens[stage] && seconds[stage] < moment;
  }
};

// What is the same for all recommendations of one day.
struct DayPlan {
  Day day;
  std::int64_t count = 0;
  bool after_change = false;
  double click_factor = 1;                                         // for everybody
  std::array<double, kAges> age_cumulative{};                      // of the shares
  std::vector<double> effect_factors;                              // by Scenario::effects
  std::array<std::vector<double>, kAttributeCount> click_factors;  // by attribute and value
  std::vector<double> collection_weights;
};

class Generator {
 public:
  // Requires options that WriteWorld has checked; `scenario` must outlive this.
  Generator(const WorldOptions& options, const Scenario& scenario, Day first_day, Day last_day);

  DayPlan PlanDay(Day day) const;
  // The `index`-th of plan.count recommendations of a day, in order of time. `number` keys the
  // draws, so that it must be the same whenever the same recommendation is asked for.
  Recommendation Make(const DayPlan& plan, std::int64_t index, std::int64_t number) const;

  std::optional<Day> change_day() const { return change_day_; }
  // The click rate of a slice of customers (or of everybody) on ordinary days before the change,
  // and from its full effect on. Conditions beyond age are averaged as independent.
  double ExpectedClickRate(const std::vector<Condition>& slice, bool after) const;

 private:
  std::array<double, kAges> AgeShares(bool after) const;
  std::vector<double> CollectionWeights(Day day) const;
  double EffectFactor(const DayPlan& plan, std::size_t stage, const AttributeValues& values) const;
  void FillCustomer(Recommendation& row) const;
  void FillOutcomes(const DayPlan& plan, double click_rate, class Draws& draws,
                    Recommendation& row) const;

  const WorldOptions& options_;
  const Scenario& scenario_;
  Day first_day_;
  Day last_day_;
  std::optional<Day> change_day_;
  double buy_after_click_ = 0;
  // Customers of an age are numbered customer_offsets_[age] ... customer_offsets_[age + 1] - 1.
  std::array<std::int64_t, kAges + 1> customer_offsets_{};
  // Attributes()[a].values[v].click_factor with mean 1 over the shares, so that the rate of an age
  // is the rate the scenario says.
  std::array<std::vector<double>, kAttributeCount> click_factors_;
};

}  // namespace ripen::sim
