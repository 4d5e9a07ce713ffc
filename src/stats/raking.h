// The main-effects rates whose margins are those that were counted, by raking.
//
// Model. r_c = p prod_a f_a(c): every attribute multiplies the rate. The factors are found by going
// round the attributes until sum n_c r_c of every value equals what is due for it, its own rate
// shrunk by 20 trials towards that of all, which is the maximum likelihood of a Poisson model with
// main effects. Unlike the product of marginal ratios (main_effects.h) it does not count twice what
// two attributes say together, and so serves crosses of many attributes. Cost of being wrong. An
// interaction of attributes is not in it; it shows as a rate of its own of the cells that have
// enough trials. Fails when. Never in the sum of all; after 12 rounds a margin may still be off by
// a thousandth where attributes are nearly the same. Source. Deming and Stephan 1940, Ann. Math.
// Stat. 11:427-444, doi:10.1214/aoms/1177731829. Worked value. Two attributes that say the same:
// 100 trials with 30 events and 100 with 10 give .2833 and .1167 (the margins shrunk by 20 trials),
// where the product of ratios gives .4013 and .0681.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace ripen::stats {

struct RakingCells {
  std::vector<std::span<const std::uint16_t>> columns;  // by attribute: the value of every cell
  std::vector<std::size_t> sizes;                       // values of each attribute
  std::span<const double> trials;
  std::span<const double> events;
};

// A rate for every cell, also for those without trials; at most 1. Requires: trials of any cell.
// Cost: cells x attributes x rounds.
std::vector<double> RakedRates(const RakingCells& cells, int threads);

}  // namespace ripen::stats
