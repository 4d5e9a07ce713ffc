#include "monitor/delay_shift.h"

#include "monitor/rate_shift.h"

namespace ripen::monitor {

std::optional<Finding> FindDelayShift(const CubeIndex& index, std::size_t stage,
                                      const StageArrivals* arrivals, const LookOptions& options) {
  if (arrivals == nullptr || !arrivals->delay) return std::nullopt;
  const DelayReading& reading = *arrivals->delay;
  const auto day_at = [&](std::size_t base_day) {
    return index.snapshot().first_day + static_cast<int>(base_day);
  };
  Finding finding;
  finding.kind = FindingKind::kDelayShift;
  finding.level = reading.evidence_days >= options.alerts.false_alarm_every_days ? Level::kAlert
                                                                                 : Level::kWatch;
  finding.stage = index.snapshot().ladder[stage].name;
  finding.direction = reading.later ? Move::kRise : Move::kFall;
  finding.since = day_at(reading.start.start);
  finding.since_earliest = day_at(reading.start.earliest);
  finding.since_latest = day_at(reading.start.latest);
  finding.before = reading.median_before;
  finding.after = reading.median_after;
  finding.maturity = Maturity::kProvisional;
  finding.evidence_days = PrintedEvidence(reading.evidence_days);
  finding.certainty = CertaintyOf(reading.evidence_days, options.alerts);
  finding.id = FindingId(finding, 1);
  return finding;
}

}  // namespace ripen::monitor
