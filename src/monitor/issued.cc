#include "monitor/issued.h"

#include <algorithm>
#include <map>
#include <variant>

#include "monitor/backtest.h"

namespace ripen::monitor {

std::vector<IssuedFigure> FiguresToLog(Day as_of, const std::vector<Metric>& metrics) {
  std::vector<IssuedFigure> issued;
  for (const Metric& metric : metrics) {
    const auto* range = std::get_if<ProvisionalRate>(&metric.state);
    if (range == nullptr || metric.slice.segments.size() > 1) continue;
    issued.push_back({as_of, metric.stage, metric.slice, metric.from, metric.to, metric.trials,
                      metric.events_so_far, range->rate, range->low, range->high});
  }
  return issued;
}

IssuedRecord ScoreIssued(const std::vector<IssuedFigure>& issued, const Figures& figures,
                         Day as_of) {
  IssuedRecord record;
  std::map<std::string, std::vector<IssuedRange>> scored;
  for (const IssuedFigure& figure : issued) {
    if (figure.as_of >= as_of) continue;
    ++record.logged;
    record.first_day = record.first_day ? std::min(*record.first_day, figure.as_of) : figure.as_of;
    record.last_day = record.last_day ? std::max(*record.last_day, figure.as_of) : figure.as_of;
    const auto now = figures.Of(figure.stage, figure.slice, figure.from, figure.to);
    if (!now) continue;
    const auto* truth = std::get_if<ConfirmedRate>(&now->state);
    if (truth == nullptr) continue;
    IssuedRange range;
    range.as_of = figure.as_of;
    range.middle = figure.rate;
    range.low = figure.low;
    range.high = figure.high;
    range.truth = truth->rate;
    scored[figure.stage].push_back(range);
  }
  for (const auto& [stage, ranges] : scored) record.stages.push_back({stage, ScoreOf(ranges)});
  return record;
}

}  // namespace ripen::monitor
