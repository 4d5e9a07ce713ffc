// leading_sign: what moves before any outcome is known. Draws attention, never alarms.
#pragma once

#include <optional>
#include <vector>

#include "cube/sign_counts.h"
#include "cube/snapshot.h"
#include "model/config.h"
#include "model/signs.h"

namespace ripen::monitor {

struct SignOptions {
  double watch_days = 7;  // over all signs together at most one false one in so many days
  std::int64_t smallest_group = 20;
  // What counts as a fallback, values of one attribute; empty: values of the context that are named
  // like one (fallback, default, popular, ...).
  std::vector<Segment> fallback;
};

// Reads every sign, day by day, and judges it: a finding needs evidence (each sign has a fifth of
// one false sign in watch_days) and an effect (Jensen-Shannon over .01, or the mean off by a tenth
// of a standard deviation). Level watch where it bears on customers by itself: more fallbacks, and
// fewer early outcomes; else info. `counts`: of the same day as the snapshot. Cost: the days times
// the bins.
SignReport ReadSigns(const cube::Snapshot& snapshot, const cube::SignCounts& counts,
                     const SignOptions& options);

// The findings of a report.
std::vector<Finding> FindingsOf(const SignReport& report);

}  // namespace ripen::monitor
