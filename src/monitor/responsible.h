// The responsible group of an alert: the slice that was watched says where the evidence came
// together, the cross of all attributes says how far the change reaches.
//
// The search goes over all conjunctions of up to `slice_predicates` attributes
// (stats/slice_scan.h), other causes of the look undone. Named is the alert's slice or the
// refinement of it that scores best with its own rate of before as reference; a slice that is
// watched by itself must have alarmed by itself. What a reader would suspect is checked by name:
// context attributes (model, placement, device) and collections.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "cube/cross.h"
#include "model/finding.h"
#include "model/responsible.h"
#include "monitor/cross_counts.h"
#include "monitor/privacy.h"
#include "monitor/rate_streams.h"

namespace ripen::monitor {

struct ResponsibleOptions {
  int slice_predicates = 3;        // attributes of a conjunction, 1 to 3
  double dispersion = 1;           // counted trials that make an effective one
  std::span<const Slice> alarmed;  // watched slices that have alarmed
};

// Requires: the finding is a rate_shift of the streams' stage with `since`. nullopt where nothing
// was expected since then.
std::optional<Responsible> FindResponsible(const RateStreams& streams,
                                           const StageArrivals* arrivals,
                                           const Visibility& visibility, const cube::Cross& cross,
                                           const Finding& finding,
                                           std::span<const OtherCause> others,
                                           const ResponsibleOptions& options);

}  // namespace ripen::monitor
