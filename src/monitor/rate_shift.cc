#include "monitor/rate_shift.h"

#include <optional>
#include <span>

#include "monitor/shift_judge.h"
#include "stats/mere_delay.h"

namespace ripen::monitor {
namespace {

constexpr double kRefuted = -3;  // log likelihood ratio under which a mere delay is refuted
constexpr const char* kFewerOrLater = "fewer_or_later";

// Whether a slower delay alone could have left so few outcomes by now.
bool CouldBeLater(const RateStreams& streams, const StageArrivals& arrivals, const Reading& reading,
                  double ratio) {
  if (!arrivals.curve || streams.settled_cohorts() == streams.cohorts()) return false;
  const SliceArrivals slice =
      ReadSliceArrivals(streams.index(), streams.stage(), reading.stream, arrivals);
  const auto first = static_cast<std::size_t>(streams.DayOf(reading.start.start) -
                                              streams.index().snapshot().first_day);
  const auto log_ratio =
      stats::MereDelayLogRatio(slice.triangle, slice.trials, first,
                               arrivals.CurveOfStream(streams.index(), reading.stream), ratio);
  return log_ratio && *log_ratio >= kRefuted;
}

class StageSubject : public ShiftSubject {
 public:
  StageSubject(const RateStreams& streams, const Visibility& visibility,
               const StageArrivals* arrivals)
      : streams_(streams), visibility_(visibility), arrivals_(arrivals) {}

  void Name(std::size_t stream, Finding& finding) const override {
    const Stage& stage = streams_.index().snapshot().ladder[streams_.stage()];
    finding.kind = FindingKind::kRateShift;
    finding.stage = stage.name;
    finding.slice = streams_.index().SliceOf(stream);
    finding.worse =
        (finding.direction == Move::kFall) == (stage.direction == Direction::kMoreIsBetter);
  }

  bool Shows(std::size_t stream) const override { return visibility_.Shows(stream); }

  double RateOf(std::size_t stream, std::size_t from, std::size_t to) const override {
    const std::span<const double> trials = streams_.Trials(stream);
    const std::span<const double> events = streams_.CountedEvents(stream);
    double all_trials = 0;
    double all_events = 0;
    for (std::size_t cohort = from; cohort < to; ++cohort) {
      all_trials += trials[cohort];
      all_events += events[cohort];
    }
    return all_trials > 0 ? all_events / all_trials : 0;
  }

  double TrialsOf(std::size_t stream, std::size_t cohort) const override {
    return streams_.CountedTrials(stream, cohort);
  }

  Cause Undo(const Reading& reading, Finding& finding, FamilyEvents& undone) override {
    Cause cause = MeasureCause(streams_, undone, reading);
    if (arrivals_ != nullptr && finding.level == Level::kAlert &&
        reading.direction == Move::kFall &&
        CouldBeLater(streams_, *arrivals_, reading, cause.ratio)) {
      finding.level = Level::kWatch;
      finding.code = kFewerOrLater;
    }
    UndoCause(streams_, cause, undone);
    return cause;
  }

 private:
  const RateStreams& streams_;
  const Visibility& visibility_;
  const StageArrivals* arrivals_;
};

}  // namespace

JudgedShifts FindRateShifts(const RateStreams& streams, const Visibility& visibility,
                            const LookOptions& options, const std::vector<Cause>& earlier,
                            const StageArrivals* arrivals) {
  StageSubject subject(streams, visibility, arrivals);
  return JudgeShifts(streams, subject, options.alerts, earlier);
}

}  // namespace ripen::monitor
