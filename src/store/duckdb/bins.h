// Numbers as the groups that `[segments] bins` makes of them.
#pragma once

#include <string>
#include <vector>

namespace ripen::store {

// The group of a number between inner edges: "< 10", "10 - 50" (10 is in, 50 is not), ">= 50".
// Requires: edges ascend.
std::string BinLabel(const std::vector<double>& edges, double number);

}  // namespace ripen::store
