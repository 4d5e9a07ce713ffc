#include "sim/generator.h"

#include <algorithm>
#include <cstddef>
#include <cstdlib>

#include "sim/draws.h"

namespace ripen::sim {
namespace {

// Streams of draws; one for each kind of thing.
constexpr std::uint64_t kRowStream = 1;
constexpr std::uint64_t kCustomerStream = 2;
constexpr std::uint64_t kVolumeStream = 3;
constexpr std::uint64_t kCommonNoiseStream = 4;
constexpr std::uint64_t kGroupNoiseStream = 5;
constexpr std::uint64_t kListStream = 6;

// A customer sees about eight recommendations in a world.
constexpr double kRecommendationsPerCustomer = 8;
constexpr int kVariantsPerKindOfItem = 6;
constexpr std::array<double, 5> kPositionFactors = {1.24, 1.10, 1.00, .88, .78};  // mean 1
// Monday to Sunday.
constexpr std::array<double, 7> kWeekdayClicks = {1.00, .97, .98, 1.00, 1.02, 1.05, .98};
constexpr std::array<double, 7> kWeekdayVolume = {1.02, .98, .97, 1.00, 1.03, 1.05, .95};
constexpr double kVolumeNoise = .02;

// Each further day of waiting follows with this probability.
constexpr double kPurchaseStay = .62;
constexpr double kSlowPurchaseStay = .83;
constexpr double kReturnStay = .88;
constexpr double kConfirmStay = .915;

constexpr double kHighestRate = .95;

template <typename Weights>
std::uint8_t Pick(const Weights& weights, double total, Draws& draws) {
  double left = draws.Uniform() * total;
  std::size_t value = 0;
  while (value + 1 < weights.size() && left >= weights[value]) left -= weights[value++];
  return static_cast<std::uint8_t>(value);
}

std::uint8_t PickShare(AttributeIndex attribute, Draws& draws) {
  const std::vector<ValueWords>& values = Attributes()[attribute].values;
  double left = draws.Uniform();
  std::size_t value = 0;
  while (value + 1 < values.size() && left >= values[value].share) left -= values[value++].share;
  return static_cast<std::uint8_t>(value);
}

// Most clicks come within minutes; all within a day.
std::int64_t ClickDelaySeconds(Draws& draws) {
  const double kind = draws.Uniform();
  if (kind < .75) return 5 + draws.Below(1'800);
  if (kind < .96) return 1'800 + draws.Below(6 * 3'600);
  return 6 * 3'600 + draws.Below(kSecondsPerDay - 6 * 3'600);
}

}  // namespace

Generator::Generator(const WorldOptions& options, const Scenario& scenario, Day first_day,
                     Day last_day)
    : options_(options), scenario_(scenario), first_day_(first_day), last_day_(last_day) {
  if (scenario.change_days_before_last >= 0) {
    change_day_ = last_day - scenario.change_days_before_last;
  }
  for (std::size_t attribute = 0; attribute < kAttributeCount; ++attribute) {
    const std::vector<ValueWords>& values = Attributes()[attribute].values;
    double share = 0;
    double sum = 0;
    for (const ValueWords& value : values) {
      share += value.share;
      sum += value.share * value.click_factor;
    }
    for (const ValueWords& value : values) {
      click_factors_[attribute].push_back(share > 0 ? value.click_factor * share / sum : 1);
    }
  }
  const std::array<double, kAges> shares = AgeShares(false);
  double click_rate = 0;
  for (std::size_t age = 0; age < kAges; ++age) {
    click_rate += shares[age] * scenario.age_click[age];
    const double recommendations = shares[age] * options.per_day * (last_day - first_day + 1);
    const auto customers = std::max<std::int64_t>(
        30, static_cast<std::int64_t>(recommendations / kRecommendationsPerCustomer));
    customer_offsets_[age + 1] = customer_offsets_[age] + customers;
  }
  buy_after_click_ = std::min(options.purchase_rate / click_rate, kHighestRate);
}

std::array<double, kAges> Generator::AgeShares(bool after) const {
  const std::array<double, kAges>& weights =
      after && scenario_.age_weights_after ? *scenario_.age_weights_after : scenario_.age_weights;
  std::array<double, kAges> shares{};
  for (std::size_t age = 0; age < kAges; ++age) {
    shares[age] =
        age == kAge2534 ? options_.share_25_34 : (1 - options_.share_25_34) * weights[age];
  }
  return shares;
}

std::vector<double> Generator::CollectionWeights(Day day) const {
  const std::vector<ValueWords>& values = Attributes()[kCollection].values;
  std::vector<double> weights;
  if (!scenario_.seasons) {
    for (const ValueWords& value : values) weights.push_back(value.share);
    return weights;
  }
  // Winter, Spring, Summer, Autumn are launched at equal distances; each grows for two weeks and,
  // when the next one is there, leaves within six.
  constexpr std::array<std::size_t, 4> kOrder = {3, 1, 2, 0};
  const double season = (last_day_ - first_day_ + 1) / 4.0;
  weights.assign(values.size(), 0);
  for (std::size_t turn = 0; turn < kOrder.size(); ++turn) {
    const double age = (day - first_day_) - season * static_cast<double>(turn);
    const double grown = turn == 0 ? 1 : std::clamp(age / 14, 0.0, 1.0);
    const double left = std::clamp(1 - (age - season) / 42, 0.0, 1.0);
    weights[kOrder[turn]] = age < 0 ? 0 : grown * left;
  }
  return weights;
}

DayPlan Generator::PlanDay(Day day) const {
  DayPlan plan;
  plan.day = day;
  plan.after_change = change_day_ && day >= *change_day_;
  const auto key = static_cast<std::uint64_t>(day.days_since_epoch());
  const std::size_t weekday = day.iso_weekday() - 1;
  double volume =
      options_.per_day * (1 + kVolumeNoise * Draws(options_.seed, kVolumeStream, key).Normal());
  if (plan.after_change) volume *= scenario_.volume_factor;
  if (scenario_.weekday_pattern) {
    volume *= kWeekdayVolume[weekday];
    plan.click_factor *= kWeekdayClicks[weekday];
  }
  plan.count = std::max<std::int64_t>(1, static_cast<std::int64_t>(volume + .5));
  if (weekday >= 5) plan.click_factor *= scenario_.weekend_click_factor;
  plan.click_factor /= (5 + 2 * scenario_.weekend_click_factor) / 7;
  plan.click_factor *=
      1 + scenario_.common_day_noise * Draws(options_.seed, kCommonNoiseStream, key).Normal();

  double cumulative = 0;
  const std::array<double, kAges> shares = AgeShares(plan.after_change);
  for (std::size_t age = 0; age < kAges; ++age)
    plan.age_cumulative[age] = cumulative += shares[age];

  for (const Effect& effect : scenario_.effects) {
    double reached = plan.after_change ? 1 : 0;
    if (plan.after_change && effect.days_to_reach > 0) {
      reached = std::min(1.0, (day - *change_day_ + 1) / static_cast<double>(effect.days_to_reach));
    }
    plan.effect_factors.push_back(1 + (effect.factor - 1) * reached);
  }
  plan.click_factors = click_factors_;
  if (scenario_.group_day_noise > 0) {
    for (const AttributeIndex attribute : {kAge, kPreference, kRegion}) {
      for (std::size_t value = 0; value < plan.click_factors[attribute].size(); ++value) {
        Draws draws(options_.seed, kGroupNoiseStream, (attribute * 64 + value) << 32 | key);
        plan.click_factors[attribute][value] *= 1 + scenario_.group_day_noise * draws.Normal();
      }
    }
  }
  plan.collection_weights = CollectionWeights(day);
  if (scenario_.seasons) {
    // From 15 % above the mean at the launch to 15 % below a season later.
    constexpr std::array<double, 4> kTurnOf = {3, 1, 2,
                                               0};  // by value: Autumn, Spring, Summer, Winter
    const double season = (last_day_ - first_day_ + 1) / 4.0;
    for (std::size_t value = 0; value < kTurnOf.size(); ++value) {
      const double age = (day - first_day_) - season * kTurnOf[value];
      plan.click_factors[kCollection][value] = 1.15 - .30 * std::clamp(age / season, 0.0, 1.4);
    }
  }
  return plan;
}

double Generator::EffectFactor(const DayPlan& plan, std::size_t stage,
                               const AttributeValues& values) const {
  double factor = 1;
  for (std::size_t index = 0; index < scenario_.effects.size(); ++index) {
    const Effect& effect = scenario_.effects[index];
    if (effect.stage != stage) continue;
    const bool holds = std::all_of(
        effect.conditions.begin(), effect.conditions.end(),
        [&](const Condition& condition) { return values[condition.attribute] == condition.value; });
    if (holds) factor *= plan.effect_factors[index];
  }
  return factor;
}

void Generator::FillCustomer(Recommendation& row) const {
  // A customer is the same person whenever they come.
  Draws draws(options_.seed, kCustomerStream, static_cast<std::uint64_t>(row.customer));
  row.values[kPreference] = PickShare(kPreference, draws);
  row.values[kRegion] = PickShare(kRegion, draws);
  row.values[kCustomerType] = PickShare(kCustomerType, draws);
}

void Generator::FillOutcomes(const DayPlan& plan, double click_rate, Draws& draws,
                             Recommendation& row) const {
  const bool clicked = draws.Chance(click_rate);
  if (clicked) {
    row.seconds[kClick] = row.shown_seconds + ClickDelaySeconds(draws);
    row.happens[kPurchase] =
        draws.Chance(buy_after_click_ * EffectFactor(plan, kPurchase, row.values));
  }
  row.happens[kClick] = clicked && !(scenario_.clicks_silent && plan.after_change);
  if (row.happens[kPurchase]) {
    // Within 14 days of shown: a click comes within one, and at most 12 days and a half follow.
    const bool slow = (scenario_.slower_purchases && plan.after_change) ||
                      (scenario_.later_buyers && row.values[kAge] == kAge2534);
    const int days = draws.DaysBelow(slow ? kSlowPurchaseStay : kPurchaseStay, 13);
    row.seconds[kPurchase] =
        row.seconds[kClick] + 60 + days * kSecondsPerDay + draws.Below(kSecondsPerDay / 2);
    row.happens[kReturn] =
        draws.Chance(std::min(kHighestRate, kReturnRate * EffectFactor(plan, kReturn, row.values)));
  }
  if (row.happens[kReturn]) {
    // Three to 29 days after the purchase.
    row.seconds[kReturn] = row.seconds[kPurchase] +
                           (3 + draws.DaysBelow(kReturnStay, 26)) * kSecondsPerDay +
                           draws.Below(kSecondsPerDay);
  }
  // The books close after about twelve days whatever happened, but never before the last outcome:
  // so the rows that are confirmed early are not a fair sample of their day.
  row.confirmed_seconds = row.shown_seconds + kSecondsPerDay +
                          draws.DaysBelow(kConfirmStay, 400) * kSecondsPerDay +
                          draws.Below(kSecondsPerDay);
  for (std::size_t stage = 0; stage < kStages; ++stage) {
    if (row.happens[stage]) {
      row.confirmed_seconds = std::max(row.confirmed_seconds, row.seconds[stage] + 1);
    }
  }
}

Recommendation Generator::Make(const DayPlan& plan, std::int64_t index, std::int64_t number) const {
  Draws draws(options_.seed, kRowStream, static_cast<std::uint64_t>(number));
  Recommendation row;
  row.number = number;
  row.after_change = plan.after_change;
  // A list has the moment and the customer of its first recommendation.
  const std::int64_t place = options_.lists > 0 ? index % options_.lists : 0;
  if (options_.lists > 0) row.list = number - place;
  Draws list_draws(options_.seed, kListStream, static_cast<std::uint64_t>(row.list));
  Draws& shared = options_.lists > 0 ? list_draws : draws;
  // One in each of `count` equal parts of the day, so that rows are in order of time.
  const double moment =
      (static_cast<double>(index - place) + shared.Uniform()) / static_cast<double>(plan.count);
  row.shown_seconds =
      plan.day.days_since_epoch() * kSecondsPerDay +
      std::min(kSecondsPerDay - 1, static_cast<std::int64_t>(moment * kSecondsPerDay));

  const double age_draw = shared.Uniform();
  std::size_t age = 0;
  while (age + 1 < kAges && age_draw >= plan.age_cumulative[age]) ++age;
  row.values[kAge] = static_cast<std::uint8_t>(age);
  row.customer =
      customer_offsets_[age] + shared.Below(customer_offsets_[age + 1] - customer_offsets_[age]);
  FillCustomer(row);

  row.values[kDevice] = PickShare(kDevice, draws);
  row.values[kModel] = PickShare(kModel, draws);
  row.values[kCategory] = PickShare(kCategory, draws);
  row.values[kPriceBand] = PickShare(kPriceBand, draws);
  row.values[kSustainable] = PickShare(kSustainable, draws);
  std::array<double, 4> weights{};
  std::copy_n(plan.collection_weights.begin(), weights.size(), weights.begin());
  if (plan.after_change && scenario_.exposure_factor) {
    const ExpectedFinding& shift = scenario_.expected.front();
    if (row.values[shift.slice[0].attribute] == shift.slice[0].value) {
      weights[shift.item_slice[0].value] *= *scenario_.exposure_factor;
    }
  }
  row.values[kCollection] = Pick(weights, weights[0] + weights[1] + weights[2] + weights[3], draws);
  row.item = row.values[kCollection];
  for (const AttributeIndex attribute : {kCategory, kPriceBand, kSustainable}) {
    row.item = row.item * static_cast<std::int64_t>(Attributes()[attribute].values.size()) +
               row.values[attribute];
  }
  row.item = row.item * kVariantsPerKindOfItem + draws.Below(kVariantsPerKindOfItem);
  row.position =
      1 + static_cast<int>(options_.lists > 0
                               ? place
                               : draws.Below(static_cast<std::int64_t>(kPositionFactors.size())));

  double click_rate = scenario_.age_click[age] * plan.click_factor *
                      kPositionFactors[static_cast<std::size_t>(row.position - 1)];
  for (std::size_t attribute = 0; attribute < kAttributeCount; ++attribute) {
    click_rate *= plan.click_factors[attribute][row.values[attribute]];
  }
  // The recommender's own score knows nothing of the change.
  row.score_ten_thousandths =
      std::min(9'999, static_cast<int>(click_rate * (.7 + .6 * draws.Uniform()) * 10'000 *
                                       (plan.after_change ? scenario_.score_factor : 1)));
  click_rate *= EffectFactor(plan, kClick, row.values);
  FillOutcomes(plan, std::min(click_rate, kHighestRate), draws, row);
  return row;
}

double Generator::ExpectedClickRate(const std::vector<Condition>& slice, bool after) const {
  const std::array<double, kAges> shares = AgeShares(after);
  double events = 0;
  double trials = 0;
  for (std::size_t age = 0; age < kAges; ++age) {
    AttributeValues values{};
    values[kAge] = static_cast<std::uint8_t>(age);
    double rate = scenario_.age_click[age];
    bool inside = true;
    for (const Condition& condition : slice) {
      if (condition.attribute == kAge) {
        inside &= condition.value == age;
      } else {
        values[condition.attribute] = static_cast<std::uint8_t>(condition.value);
        rate *= click_factors_[condition.attribute][condition.value];
      }
    }
    if (!inside) continue;
    if (after) {
      for (const Effect& effect : scenario_.effects) {
        const bool holds = std::all_of(effect.conditions.begin(), effect.conditions.end(),
                                       [&](const Condition& condition) {
                                         return values[condition.attribute] == condition.value;
                                       });
        if (holds && effect.stage == kClick) rate *= effect.factor;
      }
    }
    events += shares[age] * rate;
    trials += shares[age];
  }
  return events / trials;
}

}  // namespace ripen::sim
