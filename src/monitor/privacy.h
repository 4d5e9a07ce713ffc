// Groups too small to be shown, and the ones hidden with them.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "monitor/cube_index.h"

namespace ripen::monitor {

// Which streams may be shown. A value is hidden when fewer than `smallest_group` members stand
// behind it; where one value of an attribute is hidden, the next smallest is hidden too, or the
// difference to the total would give it away. The same holds for pairs along either attribute. The
// members of a pair are not counted: they are estimated as its recommendations times the smaller of
// its values' members per recommendation. The total is always visible.
class Visibility {
 public:
  Visibility(const CubeIndex& index, std::int64_t smallest_group);

  bool Shows(std::size_t stream) const { return visible_[stream]; }
  // Whether a value of an attribute may be shown (indices as in the snapshot).
  bool ShowsValue(std::size_t attribute, std::size_t value) const {
    return values_[attribute][value];
  }
  // Whether a conjunction of any number of values with so many recommendations may be named.
  bool ShowsCross(std::span<const CubeIndex::Key> keys, double recommendations) const;

 private:
  double smallest_;
  std::vector<std::vector<double>> density_;  // members per recommendation of every value
  std::vector<bool> visible_;
  std::vector<std::vector<bool>> values_;
};

}  // namespace ripen::monitor
