// Which attribute's mix moved the total: each attribute's fair share of the mix of their cross.
//
// Model. The share of a cell of the cross is a product of one factor for each attribute: with m_T
// the share of all cells that agree with it in the attributes T,
//   ln f_a = sum over T without a of |T|! (k - |T| - 1)! / k! (ln m_{T+a} - ln m_T),
// the average over all orders of how much rarer the cell becomes by naming a. V(S) is the overall
// rate with the factors of the attributes S as they are after and the others as before, the cells'
// rates averaged over both periods and the shares made to sum to one: 2^k standardisations. The
// effect of a is its Shapley value of V; the effects sum to V(all) - V(none), the whole mix effect
// of the cross, exactly. Cost of being wrong. None in the sum; attributes that move together share
// their effect by convention, not by cause. Fails when. Cells are nearly empty: their rates are
// noise, and so is what their shares do. Source. Das Gupta 1993, Standardization and Decomposition
// of Rates, U.S. Census P23-186, chapter 4; Shapley 1953, doi:10.1515/9781400881970-018. Worked
// value. Attributes with shares (.5, .5) -> (.8, .2) and (.5, .5) unchanged, independent, rates
// .1, .2 / .3, .4: the first has -.06, the second 0.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "stats/kitagawa.h"

namespace ripen::stats {

constexpr std::size_t kMostMixAttributes = 5;

// `values`: cells x attributes, the value of each attribute in each cell; no two cells alike. The
// effect on the overall rate by attribute. Requires: at most kMostMixAttributes attributes, trials
// in both periods. Cost: 2^attributes times the cells, a few milliseconds for 20,000.
std::vector<double> MixByAttribute(std::span<const GroupCounts> cells,
                                   std::span<const std::uint16_t> values, std::size_t attributes);

}  // namespace ripen::stats
