// What each customer group was shown of each item group: shares with their range, now and before,
// and by week.
//
// Model. The recommendations of a group on a day are split over the item groups; the share of days
// from..to has a Wilson range on effective counts, thinned by how much the pair's own days differ
// beyond chance (stats/overdispersion.h, pooled over the pairs of the two attributes). Everything
// that was shown counts, also what was launched meanwhile and what has no value. Fails when. A
// share drifts within the days of one figure: the range is that of their mean. Worked value. 20 of
// 100 on days without excess: .142502 to .273304.
#pragma once

#include <optional>
#include <string>

#include "base/result.h"
#include "model/exposure.h"
#include "monitor/cube_index.h"
#include "monitor/privacy.h"

namespace ripen::monitor {

struct ExposureRequest {
  std::string customer;  // an attribute of the customer or the context
  std::string item;      // an attribute of the item
  // Together, or neither: the last seven days.
  std::optional<Day> from;
  std::optional<Day> to;
};

// Errors: kNotFound for an unknown attribute, or two that the cube does not cross; kInvalidArgument
// for attributes of the wrong kind, or one of from and to alone; kOutOfRange for days that are not
// in the data. Cost: days times values.
[[nodiscard]] Result<ExposureReport> ReadExposure(const CubeIndex& index,
                                                  const Visibility& visibility,
                                                  const ExposureRequest& request);

}  // namespace ripen::monitor
