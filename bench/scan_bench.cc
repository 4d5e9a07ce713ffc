// How long the exact search for the responsible group takes: a million cells of ten attributes, all
// conjunctions of up to three values. Prints the median after checking that the planted group is
// found.
//
// Usage: scan_bench [cells, default 1000000] [repeats, default 9]
#include <fmt/core.h>

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <cstdlib>
#include <random>
#include <string>
#include <vector>

#include "stats/slice_scan.h"

int main(int argc, char** argv) {
  const std::size_t cells = argc > 1 ? std::stoul(argv[1]) : 1'000'000;
  const int repeats = argc > 2 ? std::stoi(argv[2]) : 9;
  const std::vector<std::size_t> sizes{6, 16, 2, 4, 30, 12, 3, 200, 8, 5};
  const std::vector<ripen::stats::Predicate> planted{{0, 2}, {3, 1}, {8, 4}};
  std::mt19937_64 random(1);
  std::vector<std::vector<std::uint16_t>> columns(sizes.size(), std::vector<std::uint16_t>(cells));
  std::vector<double> observed(cells);
  std::vector<double> expected(cells);
  for (std::size_t cell = 0; cell < cells; ++cell) {
    bool inside = true;
    for (std::size_t attribute = 0; attribute < sizes.size(); ++attribute) {
      columns[attribute][cell] = static_cast<std::uint16_t>(random() % sizes[attribute]);
    }
    for (const auto& predicate : planted) {
      inside = inside && columns[predicate.attribute][cell] == predicate.value;
    }
    expected[cell] = .2 + static_cast<double>(random() % 1000) / 1000;
    observed[cell] = std::poisson_distribution<int>(expected[cell] * (inside ? .7 : 1))(random);
  }
  ripen::stats::ScanCells world;
  for (const auto& column : columns) world.columns.emplace_back(column);
  world.sizes = sizes;
  world.observed = observed;
  world.expected = expected;
  std::vector<double> seconds;
  ripen::stats::ScanResult found;
  for (int repeat = 0; repeat < repeats; ++repeat) {
    const auto start = std::chrono::steady_clock::now();
    found = ripen::stats::ScanSlices(world, {});
    seconds.push_back(
        std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count());
  }
  if (found.best.front().predicates != planted) {
    fmt::print(stderr, "The planted group was not found.\n");
    return EXIT_FAILURE;
  }
  std::sort(seconds.begin(), seconds.end());
  fmt::print(
      "{} cells, {} attributes, {} slices scored, {} cut: median {:.3f} s of {} ({:.3f} to "
      "{:.3f})\n",
      cells, sizes.size(), found.scored, found.cut, seconds[seconds.size() / 2], repeats,
      seconds.front(), seconds.back());
}
