#include "store/duckdb/bins.h"

#include <fmt/format.h>

#include <algorithm>

namespace ripen::store {

std::string BinLabel(const std::vector<double>& edges, double number) {
  if (edges.empty()) return fmt::format("{}", number);
  const auto above = std::upper_bound(edges.begin(), edges.end(), number);
  if (above == edges.begin()) return fmt::format("< {}", edges.front());
  if (above == edges.end()) return fmt::format(">= {}", edges.back());
  return fmt::format("{} - {}", *(above - 1), *above);
}

}  // namespace ripen::store
