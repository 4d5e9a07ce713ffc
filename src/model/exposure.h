// Which item groups are shown to which customer groups: figures, beside the findings of their
// change.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/day.h"
#include "model/slice.h"

namespace ripen {

// What a group was shown of an item group over some days.
struct ExposureShare {
  Day from;
  Day to;
  std::int64_t shown = 0;  // recommendations of the item group
  std::int64_t of = 0;     // all recommendations of the customer group
  // Absent where `of` is 0. The range holds with 90 %.
  std::optional<double> share;
  double low = 0;
  double high = 1;
};

// One customer group and one item group. Without shares it is hidden: too few stand behind it, or
// it would give such a group away.
struct ExposureCell {
  Slice customer;  // empty: everybody
  AttributeValue item;
  bool hidden = false;
  std::optional<ExposureShare> now;
  std::optional<ExposureShare> last_28_days;
  std::optional<ExposureShare> before;  // all days before `now`
  std::vector<ExposureShare> weeks;     // from the first day; the last one ends with `now`
};

struct ExposureReport {
  Day as_of;
  std::string customer;  // attributes
  std::string item;
  Day from;
  Day to;
  // Everybody first, then by value; of each the item groups by value. Groups of customers and items
  // that are too small to be shown are left out.
  std::vector<ExposureCell> cells;
};

}  // namespace ripen
