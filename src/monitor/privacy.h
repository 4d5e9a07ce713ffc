// Groups too small to be shown, and the ones hidden with them.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "monitor/cube_index.h"

namespace ripen::monitor {

// Which streams may be shown. A value is hidden when fewer than `smallest_group` members stand
// behind it, and others with it, or the total less all others would give it away. They are taken
// from the order of the earliest day on which each was shown and how little on it:
//   - the first one as long as any is small, and the second one as long as the first one is small;
//   - further ones while those hidden, of the values that were there at the start, have together
//     fewer than `smallest_group` members. Members of values of items and contexts may be the same
//     few customers: there one that is large enough has to be among them.
// The order rests on the past alone. So a small value is hidden together with the same other one on
// every day asked for, and the answers of two days do not hold all but it: whatever is the smallest
// beside it today may be another one tomorrow. Cost: days times streams.
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
