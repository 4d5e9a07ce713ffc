// Groups too small to be shown, and the ones hidden with them.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "monitor/cube_index.h"

namespace ripen::monitor {

// Which streams may be shown. A value is hidden when fewer than `smallest_group` members stand
// behind it. Where it is the only such value of its attribute, or all such values together have too
// few members, one that is large enough is hidden with them, or the total less the others would
// give them away: of those shown on the earliest day the one shown least on it. That choice rests
// on the past alone. The smallest of today may be another one tomorrow, and the answers of two days
// would together hold all but the small ones. Members of values of items and contexts may be the
// same few customers: there the sum says nothing and one is always hidden with them.
//
// Pairs are hidden in the same order, so that none follows from the others (pair_hiding.h). Their
// members are counted up to cube::PairMembers::kMost, and estimated beyond as the recommendations
// times the smaller of the values' members per recommendation; so are those of longer conjunctions
// and, without a count, of pairs. Without known customers, members are recommendations.
// The total is always visible. docs/operate/privacy.md says what this keeps from whom.
class Visibility {
 public:
  Visibility(const CubeIndex& index, std::int64_t smallest_group);

  bool Shows(std::size_t stream) const { return visible_[stream]; }
  // Whether a value of an attribute may be shown (indices as in the snapshot).
  bool ShowsValue(std::size_t attribute, std::size_t value) const {
    return values_[attribute][value];
  }
  // Whether a conjunction of any number of values with so many recommendations may be named: every
  // value and every pair in it may, and so many members are likely. `keys` by attribute.
  bool ShowsCross(std::span<const CubeIndex::Key> keys, double recommendations) const;

 private:
  void HideValues(const CubeIndex& index);
  void HideInPairs(const CubeIndex& index, const Grouping& grouping);
  // The members of a pair with so many recommendations.
  double MembersOf(const CubeIndex& index, CubeIndex::Key first, CubeIndex::Key second,
                   double recommendations) const;

  double smallest_;
  const CubeIndex* index_;
  std::vector<std::vector<double>> density_;  // members per recommendation of every value
  std::vector<bool> visible_;
  std::vector<std::vector<bool>> values_;
};

}  // namespace ripen::monitor
