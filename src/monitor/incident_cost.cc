#include "monitor/incident_cost.h"

#include <algorithm>
#include <cmath>

#include "stats/wilson.h"

namespace ripen::monitor {
namespace {

constexpr const char* kKept = "kept";
constexpr const char* kPurchase = "purchase";

// A figure with its relative standard error, whatever its maturity.
struct Level {
  double rate = 0;
  double relative_error = 0;
  std::int64_t events = 0;
};

std::optional<Level> LevelOf(const Metric& figure) {
  const auto level = [&](double rate, double low, double high) -> std::optional<Level> {
    if (rate <= 0) return std::nullopt;
    return Level{rate, (high - low) / (2 * stats::kNormal90) / rate, figure.events_so_far};
  };
  if (const auto* confirmed = std::get_if<ConfirmedRate>(&figure.state)) {
    return level(confirmed->rate, confirmed->low, confirmed->high);
  }
  if (const auto* provisional = std::get_if<ProvisionalRate>(&figure.state)) {
    return level(provisional->rate, provisional->low, provisional->high);
  }
  return std::nullopt;
}

std::optional<Level> Ask(const Figures& figures, const std::string& stage, const Slice& slice,
                         Day from, Day to) {
  const auto figure = figures.Of(stage, slice, from, to);
  return figure ? LevelOf(*figure) : std::nullopt;
}

}  // namespace

std::optional<std::string> PaidStage(const StageLadder& ladder) {
  for (std::size_t stage = 0; stage < ladder.size(); ++stage) {
    const auto base = ladder.BaseOf(stage);
    if (base && ladder[stage].direction == Direction::kMoreIsWorse) return ladder[*base].name;
  }
  return ladder.IndexOf(kPurchase) ? std::optional<std::string>(kPurchase) : std::nullopt;
}

std::optional<IncidentCost> CostOf(const Finding& finding, const Figures& figures,
                                   const StageLadder& ladder, Day first_day, Day as_of,
                                   const PurchaseValue& value) {
  const bool speaks_of_rates = finding.kind == FindingKind::kRateShift && finding.worse == true &&
                               finding.stage && finding.since && finding.since_earliest &&
                               finding.before && finding.after && finding.trials_since;
  if (!speaks_of_rates || *finding.before <= 0 || value.mean <= 0) return std::nullopt;
  const auto paid = PaidStage(ladder);
  const auto stage = ladder.IndexOf(*finding.stage);
  if (!paid || !stage || *finding.since_earliest <= first_day) return std::nullopt;
  const Day last_before = *finding.since_earliest - 1;
  const auto trials = static_cast<double>(*finding.trials_since);
  const double events_after = *finding.after * trials;
  if (events_after <= 0) return std::nullopt;

  double lost = 0;
  double error = 0;
  const auto base = ladder.BaseOf(*stage);
  if (base) {
    // What comes back of a purchase: only of the paid stage, and only if that is worse.
    if (ladder[*base].name != *paid) return std::nullopt;
    lost = trials * (*finding.after - *finding.before);
    error = std::sqrt(events_after);
  } else {
    const auto before = Ask(figures, *finding.stage, finding.slice, first_day, last_before);
    auto kept = Ask(figures, kKept, finding.slice, first_day, last_before);
    if (!kept) kept = Ask(figures, *paid, finding.slice, first_day, last_before);
    if (!before || before->events == 0 || !kept) return std::nullopt;
    const double theta = *finding.after / *finding.before;
    const double theta_error =
        theta * std::sqrt(1 / events_after + 1 / static_cast<double>(before->events));
    lost = trials * kept->rate * (1 - theta);
    error = std::hypot(trials * kept->rate * theta_error, lost * kept->relative_error);
  }
  const double reach = stats::kNormal90 * error;
  if (lost - reach <= 0) return std::nullopt;
  IncidentCost cost;
  cost.lost = lost;
  cost.lost_low = lost - reach;
  cost.lost_high = lost + reach;
  const auto money = [&](double purchases) {
    return static_cast<std::int64_t>(std::llround(purchases * value.mean));
  };
  cost.value = money(cost.lost);
  cost.value_low = money(cost.lost_low);
  cost.value_high = money(cost.lost_high);
  const int days = std::max(1, (as_of - *finding.since) + 1);
  cost.value_a_week = money(cost.lost * 7 / days);
  cost.currency = value.currency;
  // The purchases since the start can be confirmed only when their own days are.
  const auto paid_since = figures.Of(*paid, finding.slice, *finding.since, as_of);
  const bool confirmed = finding.maturity == Maturity::kConfirmed && paid_since &&
                         paid_since->maturity() == Maturity::kConfirmed;
  cost.maturity = confirmed ? Maturity::kConfirmed : Maturity::kProvisional;
  return cost;
}

}  // namespace ripen::monitor
