#include "monitor/shift_figures.h"

#include <span>

#include "stats/mere_delay.h"

namespace ripen::monitor {
namespace {

constexpr double kRefuted = -3;  // log likelihood ratio under which a mere delay is refuted

}  // namespace

double RateOf(const RateStreams& streams, std::size_t stream, std::size_t from, std::size_t to) {
  const std::span<const double> trials = streams.Trials(stream);
  const std::span<const double> events = streams.CountedEvents(stream);
  double all_trials = 0;
  double all_events = 0;
  for (std::size_t cohort = from; cohort < to; ++cohort) {
    all_trials += trials[cohort];
    all_events += events[cohort];
  }
  return all_trials > 0 ? all_events / all_trials : 0;
}

FiguresSince ChooseFigures(const RateStreams& streams, std::size_t stream, std::size_t latest) {
  const std::span<const double> trials = streams.Trials(stream);
  const std::size_t settled = streams.settled_cohorts();
  double of_settled = 0;
  double of_all = 0;
  for (std::size_t cohort = latest; cohort < streams.cohorts(); ++cohort) {
    of_all += trials[cohort];
    if (cohort < settled) of_settled += trials[cohort];
  }
  if (settled == streams.cohorts()) return {settled, true};
  if (settled > latest && 2 * of_settled >= of_all) return {settled, true};
  return {streams.cohorts(), false};
}

bool CouldBeLater(const RateStreams& streams, const StageArrivals& arrivals, std::size_t stream,
                  std::size_t start, double ratio) {
  if (!arrivals.curve || streams.settled_cohorts() == streams.cohorts()) return false;
  const SliceArrivals slice = ReadSliceArrivals(streams.index(), streams.stage(), stream, arrivals);
  const auto first =
      static_cast<std::size_t>(streams.DayOf(start) - streams.index().snapshot().first_day);
  const auto log_ratio = stats::MereDelayLogRatio(
      slice.triangle, slice.trials, first, arrivals.CurveOfStream(streams.index(), stream), ratio);
  return log_ratio && *log_ratio >= kRefuted;
}

}  // namespace ripen::monitor
