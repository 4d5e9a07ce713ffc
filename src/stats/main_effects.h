// Main-effects rates of cells: what the attributes, each by itself, make of the stream's rate.
//
// Model. r_c = p prod_a (p_a(c) / p) with p_a = (X_a + 20 p) / (N_a + 20): attributes multiply and
// do not interact. The reference of cells too small for one of their own, and the value towards
// which references shrink. Cost of being wrong. An interaction of two attributes that also change
// their shares remains in the score. Fails when. Two attributes say the same (model and region one
// to one): their common effect is squared. Source. Indirect standardisation by marginal ratios;
// Breslow & Day 1987, Statistical Methods in Cancer Research II, section 2.3. Worked value. Two
// attributes with p = .2, p_a = .3 and p_b = .1: r = .2 * 1.5 * .5 = .15.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace ripen::stats {

// Which value of each attribute a cell has: `values` is cells x attributes.
struct CellAttributes {
  std::span<const std::uint16_t> values;
  std::span<const std::size_t> sizes;  // values of each attribute
  std::size_t attributes() const { return sizes.size(); }
};

// Returns r_c for every cell, inside its stream; 0 for cells in no stream (-1). At most 1.
// Cost: cells x attributes.
std::vector<double> MainEffectRates(const CellAttributes& attributes,
                                    std::span<const double> cell_trials,
                                    std::span<const double> cell_events,
                                    std::span<const std::int32_t> stream_of_cell,
                                    std::size_t streams);

}  // namespace ripen::stats
