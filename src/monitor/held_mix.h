// Which customers are held the same when two values of an attribute are compared day by day.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "monitor/value_pair.h"

namespace ripen::monitor {

struct HeldMixOptions {
  // Part of the information of a stratum that its single days must keep, see value_pair.h.
  double least_kept = .8;
  int days_for_strata = 14;
  // Differences of mix: from here on it is said, and from here on it forbids a comparison where it
  // cannot be held the same. Both only where it is more than chance.
  double mix_said = .02;
  double most_unheld = .05;
};

struct HeldMix {
  std::vector<std::uint32_t> strata;  // of the pair's cells
  std::vector<std::string> held_same;
  std::vector<std::string> mix_differs;  // the largest difference first
  bool comparable = true;                // false: they differ by something not held the same
};

// `shown`: pair.ByDay(0). `days`: those compared, in order. Each other attribute of the family is
// taken in, in their order, unless its strata become so small that their days hold one value alone.
HeldMix HoldMixSame(const CubeIndex& index, const ValuePair& pair, std::size_t stage,
                    const std::vector<BothCounts>& shown, const std::vector<std::size_t>& days,
                    const HeldMixOptions& options);

}  // namespace ripen::monitor
