// How evenly recommendations are spread over items: Gini coefficient, effective number, the share
// of the most shown; and how new items are against what was shown before.
//
// Model. Shares p_i of n items shown. Gini = sum (2 i - n - 1) c_(i) / (n sum c), c_(i) ascending;
// effective number = exp(-sum p ln p). Novelty = sum p_i (-log2 q_i), q_i = (b_i + 1) / (B + n')
// the item's share of what was shown before, one added to each of the n' items shown before or now,
// so that a new item has a finite novelty. Cost of being wrong. All are descriptive and without a
// range: from few recommendations of many items they say more uneven than it is. Fails when. Items
// are renamed: then all are new. Source. Gini as in Fleder & Hosanagar 2009, Management Science
// 55:697-712, doi:10.1287/mnsc.1080.0974. Effective number: Jost 2006, Oikos 113:363-375,
// doi:10.1111/j.2006.0030-1299.14714.x. Novelty: Vargas & Castells 2011, RecSys,
// doi:10.1145/2043932.2043955. Worked value. Counts 1, 2, 3, 4: Gini .25, effective 3.596115.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

namespace ripen::stats {

struct Concentration {
  double gini = 0;
  double effective_number = 1;
  double top_tenth_share = 1;  // of the most shown tenth of items, rounded up
};

// `counts` over 0, one an item. Absent without items. Cost: a sort.
std::optional<Concentration> ConcentrationOf(std::span<const std::int64_t> counts);

// Bits. `now[i]` and `before[i]` are one item's counts. Absent where either is all 0.
std::optional<double> NoveltyOf(std::span<const std::int64_t> now,
                                std::span<const std::int64_t> before);

}  // namespace ripen::stats
