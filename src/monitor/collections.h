// Everything told of collections on one day: each with its launch, its audience and its weeks, and
// each switch with what can be compared.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "model/collections.h"
#include "monitor/arrivals.h"
#include "monitor/collection_launch.h"
#include "monitor/privacy.h"
#include "monitor/settling.h"

namespace ripen::monitor {

struct CollectionsRequest {
  std::optional<std::string> attribute;  // of items; absent: the one whose name says so
  std::optional<std::string> stage;      // absent: all
  std::vector<DeclaredLaunch> declared;
  // The ladder with the lateness as it was known on a day; empty: the snapshot's own.
  std::function<Result<StageLadder>(Day as_of)> ladder_on;
};

// What the report reads; keeps references.
struct CollectionsSource {
  const CubeIndex& index;
  const Settling& settling;
  const Visibility& visibility;
  const std::vector<std::optional<StageArrivals>>& arrivals;
  // The figure of a slice, as everywhere.
  std::function<Result<Metric>(const std::string& stage, const Slice& slice, Day from, Day to)>
      figure;
};

// Errors: kNotFound for an unknown stage or attribute, kInvalidArgument for an attribute that does
// not describe items; those of `ladder_on`. Cost: the rows of the attribute's family a few times
// for each stage, and one figure for each week of each collection.
[[nodiscard]] Result<CollectionsReport> ReadCollections(const CollectionsSource& source,
                                                        const CollectionsRequest& request);

}  // namespace ripen::monitor
