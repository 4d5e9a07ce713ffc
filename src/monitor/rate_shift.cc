#include "monitor/rate_shift.h"

#include <optional>

#include "monitor/shift_figures.h"
#include "monitor/shift_judge.h"

namespace ripen::monitor {
namespace {

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
    return monitor::RateOf(streams_, stream, from, to);
  }

  double TrialsOf(std::size_t stream, std::size_t cohort) const override {
    return streams_.CountedTrials(stream, cohort);
  }

  Cause Undo(const Reading& reading, Finding& finding, FamilyEvents& undone) override {
    Cause cause = MeasureCause(streams_, undone, reading);
    if (arrivals_ != nullptr && finding.level == Level::kAlert &&
        reading.direction == Move::kFall &&
        CouldBeLater(streams_, *arrivals_, reading.stream, reading.start.start, cause.ratio)) {
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
