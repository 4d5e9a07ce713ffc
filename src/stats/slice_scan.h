// Which conjunctions of attribute values explain a change best: an exact scan over cell counts.
//
// Model. Cells are combinations of attribute values with O events where E are expected. A slice
// fixes the values of up to `most_predicates` attributes; its score is that of slice_score.h,
// F(sum O, sum E) / dispersion - penalty x predicates, where F counts only one direction.
// The search goes by number of predicates and leaves out what cannot win: F is convex and
// homogeneous, so F(S) <= sum of F over the cells of S that moved in the direction, and no
// refinement of S scores more than
//   bound(S) = sum_{c in S} F(O_c, E_c) / dispersion - penalty (|S| + 1).
// Nothing is left out whose bound reaches the worst kept score: the result is that of scoring every
// conjunction. Cost of being wrong. None in the search; a slice named too narrow or too wide where
// the scores lie within 2 of each other, which is why several are kept. Fails when. Cells are so
// sparse that the bound never cuts: then every slice with enough expected events is scored, which
// is slower and as exact. Source. Neill 2012, JRSSB 74:337-360,
// doi:10.1111/j.1467-9868.2011.01014.x (score, subset property); Sagadeeva and Boehm 2021, SIGMOD,
// doi:10.1145/3448016.3457323 (levels with bounds). Worked value. Two cells of one attribute,
// O = 68 and 100, E = 126 and 100: the first value scores 16.0594 - 2, the total 8.1761.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace ripen::stats {

// The cells' counts. `columns`: for each attribute the value of every cell, below its size.
struct ScanCells {
  std::vector<std::span<const std::uint16_t>> columns;
  std::vector<std::size_t> sizes;
  std::span<const double> observed;  // not negative
  std::span<const double> expected;  // positive
  std::size_t cells() const { return observed.size(); }
};

enum class ScanDirection { kFalls, kRises };

struct ScanOptions {
  ScanDirection direction = ScanDirection::kFalls;
  std::size_t most_predicates = 3;  // 0 to 3
  double dispersion = 1;            // at least 1
  double penalty = 2;               // for each predicate
  double least_expected = 10;       // events a slice must expect; the total is always scored
  std::size_t keep = 20;            // at least 1
  int threads = 2;
};

struct Predicate {
  std::size_t attribute = 0;
  std::uint16_t value = 0;
  auto operator<=>(const Predicate&) const = default;
};

struct ScannedSlice {
  std::vector<Predicate> predicates;  // by attribute; none: the total
  double observed = 0;
  double expected = 0;
  double score = 0;
};

struct ScanResult {
  std::vector<ScannedSlice> best;  // best first; ties: fewer predicates, then by predicates
  std::size_t scored = 0;          // slices
  std::size_t cut = 0;  // slices of one or two predicates whose refinements were left out
};

// Pure, and the same for any number of threads but for `scored` and `cut`. Cost: one pass over the
// cells for every set of attributes, and 16 bytes for each value of a set that may still win.
ScanResult ScanSlices(const ScanCells& cells, const ScanOptions& options);

// Several causes: the best slice, then the best one once the first is as expected, and so on while
// it scores at least `least_score`; at most `most` of them.
std::vector<ScannedSlice> ScanCauses(const ScanCells& cells, const ScanOptions& options,
                                     double least_score, std::size_t most);

// Whether a cell has the slice's values.
inline bool Contains(const ScannedSlice& slice, const ScanCells& cells, std::size_t cell) {
  for (const Predicate& predicate : slice.predicates) {
    if (cells.columns[predicate.attribute][cell] != predicate.value) return false;
  }
  return true;
}

}  // namespace ripen::stats
