// Is a change the same in every part of a slice?
//
// Model. Parts with O_i events where E_i are expected: under one common ratio theta = sum O / sum E
// the sum of (O_i - theta E_i)^2 / (theta E_i (1 - p) phi) is chi-square with one degree less than
// parts. Cost of being wrong. At 5 % one homogeneous change in twenty is not called the same
// everywhere; nothing is alarmed on it. Fails when. Parts expect under 5 events: they are left out.
// Source. Pearson 1900, Phil. Mag. 50:157-175. Worked
// value. Chi-square 7.815 on 3 degrees: upper tail .0500.
#pragma once

#include <optional>
#include <span>

namespace ripen::stats {

struct Part {
  double observed = 0;
  double expected = 0;
};

// P(chi-square with `freedom` degrees > value). Requires: freedom >= 1.
double ChiSquareUpperTail(double value, int freedom);

// The tail probability of the parts under one common ratio; nullopt where fewer than two parts
// expect five events. `rate`: p of the slice; `dispersion` >= 1.
std::optional<double> HomogeneityTail(std::span<const Part> parts, double rate, double dispersion);

}  // namespace ripen::stats
