// data_problem "missing_values": an attribute is missing in more or fewer recommendations than
// before. Missing values are a group of their own; when a feed stops writing an age, no customer
// has changed, and every group by age is another one.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "model/finding.h"
#include "monitor/cube_index.h"
#include "monitor/look.h"
#include "monitor/privacy.h"

namespace ripen::monitor {

// Watches the share of missing values of every attribute in all recommendations with its part of
// the budget (stats/budget.h), equally over the attributes. Level watch, as the contract has it for
// data; said from `watch_days` of evidence and one point in a hundred on: so small a change moves
// no group's rate by more than it differs itself. `days`: the days judged, as indices into the
// index's days. `slice` is the missing group, `observed` and `expected` are its share since and
// before. Not said of a group too small to be shown.
std::vector<Finding> FindMissingValues(const CubeIndex& index, const Visibility& visibility,
                                       std::span<const std::size_t> days,
                                       const LookOptions& options);

// The missing group holds others than before: changes of its rate and exposure that begin with it
// are its shadows.
void ExplainByMissing(std::span<const Finding> missing, std::vector<Finding>& findings);

}  // namespace ripen::monitor
