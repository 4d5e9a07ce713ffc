// Reports for the tests of this folder: the worked example and its parts.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "model/check_report.h"

namespace ripen::wording::testing {

inline Day D(int year, unsigned month, unsigned day) { return Day::FromYmd(year, month, day); }

inline Slice Age(const std::string& value) { return Slice::Of({{"age_group", value}}); }

// A fall of clicks at customers aged 25-34, as the worked example has it.
inline Finding AgeFinding() {
  Finding finding;
  finding.id = "3f9a1c04be21";
  finding.kind = FindingKind::kRateShift;
  finding.level = Level::kAlert;
  finding.stage = "click";
  finding.slice = Age("25-34");
  finding.direction = Move::kFall;
  finding.worse = true;
  finding.since = D(2026, 11, 11);
  finding.since_earliest = D(2026, 11, 10);
  finding.since_latest = D(2026, 11, 12);
  finding.before = 0.281;
  finding.after = 0.149;
  finding.maturity = Maturity::kConfirmed;
  finding.evidence_days = 36500;
  finding.certainty = Certainty::kVerySure;
  finding.trials_since = 970;
  return finding;
}

inline Metric MetricOf(std::string stage, Slice slice, Day from, Day to, std::int64_t trials,
                       std::int64_t events, const RateState& state) {
  return {std::move(stage), std::move(slice), from, to, trials, events, state};
}

// The worked example: 30 days of 400 recommendations.
inline CheckReport WorkedExample() {
  CheckReport report;
  report.as_of = D(2026, 11, 20);
  report.input.rows = 12003;
  report.input.recommendations = 12000;
  report.input.outcomes = 3021;
  report.input.rejected = {{"This is no time.", "recommended_at", 3, "shop.csv:12", "31.02.2026"}};
  report.input.first_day = D(2026, 10, 22);
  report.input.last_day = D(2026, 11, 20);
  report.input.mapping = {{"id", "recommendation_id"}, {"shown_at", "recommended_at"}};
  const StageLadder ladder = StageLadder::Default();
  report.stages = {{ladder[0], true, true, D(2026, 11, 19), 0.97},
                   {ladder[1], true, true, D(2026, 11, 5), 0.5},
                   {ladder[2], true, true, std::nullopt, 0.0}};
  report.segments = {
      {"age_group",
       AttributeKind::kCustomer,
       {{"16-24", 2400, false},
        {"25-34", 1200, false},
        {"35-44", 4400, false},
        {"55+", 4000, false}}},
      {"region", AttributeKind::kCustomer, {{"North", 6000, false}, {"South", 6000, false}}}};
  const Day first = D(2026, 10, 22);
  const Day last = D(2026, 11, 20);
  PendingRate open_clicks{PendingReason::kWindowOpen, {}, D(2026, 11, 22), 0.19, 0.35};
  PendingRate open_purchases{PendingReason::kWindowOpen, D(2026, 11, 29), D(2026, 12, 5), 0.0132,
                             0.9};
  PendingRate open_returns{PendingReason::kWindowOpen, D(2026, 12, 6), D(2027, 1, 4), 0.05, 0.87};
  report.metrics = {MetricOf("click", {}, first, D(2026, 11, 19), 11600, 2726,
                             ConfirmedRate{0.235, 0.2285, 0.2416, {}}),
                    MetricOf("click", {}, first, last, 12000, 2790, open_clicks),
                    MetricOf("click", {}, D(2026, 11, 14), last, 2800, 590, open_clicks),
                    MetricOf("click", Age("25-34"), first, D(2026, 11, 19), 1160, 271,
                             ConfirmedRate{0.2336, 0.2138, 0.2547, {}}),
                    MetricOf("purchase", {}, first, D(2026, 11, 5), 6000, 198,
                             ConfirmedRate{0.033, 0.0294, 0.037, {}}),
                    MetricOf("purchase", {}, first, last, 12000, 230, open_purchases),
                    MetricOf("purchase", {}, D(2026, 11, 14), last, 2800, 37, open_purchases),
                    MetricOf("return", {}, first, last, 230, 12, open_returns),
                    MetricOf("return", {}, D(2026, 11, 14), last, 37, 0, open_returns)};
  report.findings = {AgeFinding()};
  report.groups_checked = 24;
  return report;
}

}  // namespace ripen::wording::testing
