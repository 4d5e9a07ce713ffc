#include "engine/settling.h"

#include <algorithm>
#include <optional>
#include <utility>
#include <variant>

namespace ripen::engine {
namespace {

TruthDay DayOf(const Metric& figure) {
  TruthDay day{figure.from,  figure.maturity(), figure.trials,
               std::nullopt, std::nullopt,      std::nullopt};
  if (std::holds_alternative<ConfirmedRate>(figure.state)) {
    day.arrived_share = 1;
  } else if (const auto* range = std::get_if<ProvisionalRate>(&figure.state)) {
    day.arrived_share = range->arrived_share;
    day.settles_on = range->settles_on;
  } else {
    const auto& pending = std::get<PendingRate>(figure.state);
    day.first_estimate_on = pending.first_estimate_on;
    day.settles_on = pending.settles_on;
  }
  return day;
}

// The next answer of one kind: the earliest coming day, and the cohort days it is about.
std::optional<NextAnswer> NextOf(const TruthStage& stage, Day as_of, bool confirmed) {
  std::optional<NextAnswer> next;
  for (const TruthDay& day : stage.days) {
    if (day.maturity == Maturity::kConfirmed) continue;
    const std::optional<Day> on = confirmed ? day.settles_on : day.first_estimate_on;
    if (!on || *on <= as_of) continue;
    if (!next || *on < next->on) {
      next = NextAnswer{*on, stage.summary.stage.name, day.shown, day.shown, confirmed};
    } else if (*on == next->on) {
      next->from = std::min(next->from, day.shown);
      next->to = std::max(next->to, day.shown);
    }
  }
  return next;
}

}  // namespace

Result<Truth> MakeTruth(std::vector<StageSummary> stages, const monitor::Figures& figures,
                        const Slice& slice, Day as_of) {
  Truth truth;
  truth.as_of = as_of;
  truth.slice = slice;
  const std::vector<StageSummary> ladder = figures.Stages();
  for (StageSummary& summary : stages) {
    TruthStage stage;
    const std::string name = summary.stage.name;
    const bool given = summary.given;
    stage.summary = std::move(summary);
    if (given) {
      RIPEN_ASSIGN_OR_RETURN(const std::vector<Metric> days, figures.ByDay(name, slice));
      for (const Metric& figure : days) stage.days.push_back(DayOf(figure));
      const auto at = std::find_if(ladder.begin(), ladder.end(), [&](const StageSummary& each) {
        return each.stage.name == name;
      });
      const auto source = figures.SourceOf(static_cast<std::size_t>(at - ladder.begin()));
      stage.last_arrival = source.last_arrival;
      stage.late_since = source.late_since;
      for (const bool confirmed : {false, true}) {
        if (auto next = NextOf(stage, as_of, confirmed)) truth.next.push_back(std::move(*next));
      }
    }
    truth.stages.push_back(std::move(stage));
  }
  std::stable_sort(truth.next.begin(), truth.next.end(),
                   [](const NextAnswer& a, const NextAnswer& b) { return a.on < b.on; });
  return truth;
}

}  // namespace ripen::engine
