#include "stats/slice_scan.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <limits>
#include <mutex>
#include <utility>

#include "base/parallel.h"
#include "stats/slice_score.h"

namespace ripen::stats {
namespace {

constexpr std::size_t kMostEntries = std::size_t{1} << 20U;  // of one table of counts
constexpr std::int32_t kCut = -1;

// Falls and rises are scored alike, each where the counts moved that way.
double GainIn(ScanDirection direction, double observed, double expected) {
  const bool moved = direction == ScanDirection::kFalls ? observed < expected : observed > expected;
  return moved ? PoissonGain(observed, expected) : 0;
}

struct Sums {
  double observed = 0;
  double expected = 0;
};
// With the gains of the single cells, which bound what a part of them can gain.
struct BoundedSums {
  Sums sums;
  double gains = 0;
};

bool Better(const ScannedSlice& a, const ScannedSlice& b) {
  if (a.score != b.score) return a.score > b.score;
  if (a.predicates.size() != b.predicates.size()) return a.predicates.size() < b.predicates.size();
  return a.predicates < b.predicates;
}

// The best slices so far. Thread safe.
class Best {
 public:
  explicit Best(std::size_t keep) : keep_(keep) {}

  // Slices that score less are of no use.
  double Least() const { return least_.load(std::memory_order_relaxed); }
  void Offer(ScannedSlice slice) {
    ++scored_;
    if (slice.score < Least()) return;
    const std::lock_guard lock(mutex_);
    const auto at = std::upper_bound(slices_.begin(), slices_.end(), slice, Better);
    slices_.insert(at, std::move(slice));
    if (slices_.size() > keep_) slices_.pop_back();
    if (slices_.size() == keep_) least_ = slices_.back().score;
  }
  std::vector<ScannedSlice> Take() { return std::move(slices_); }
  std::size_t scored() const { return scored_; }

 private:
  std::size_t keep_;
  std::atomic<double> least_{-std::numeric_limits<double>::infinity()};
  std::atomic<std::size_t> scored_{0};
  std::mutex mutex_;
  std::vector<ScannedSlice> slices_;
};

// The values of one attribute, or the combinations of two, that may have a winning refinement.
struct Alive {
  std::vector<std::int32_t> place;  // by value (or value x value): among those alive, or kCut
  std::vector<std::uint32_t> which;
};

class Scanner {
 public:
  Scanner(const ScanCells& cells, const ScanOptions& options)
      : cells_(cells),
        options_(options),
        attributes_(cells.columns.size()),
        best_(options.keep),
        gains_(cells.cells()) {
    for (std::size_t cell = 0; cell < cells_.cells(); ++cell) {
      gains_[cell] = GainIn(options_.direction, cells_.observed[cell], cells_.expected[cell]);
    }
  }

  ScanResult Run() {
    Sums all;
    for (std::size_t cell = 0; cell < cells_.cells(); ++cell) Add(cell, all);
    best_.Offer(Score({}, all));
    if (options_.most_predicates >= 1) ScanValues();
    if (options_.most_predicates >= 2) ScanPairs();
    if (options_.most_predicates >= 3) ScanTriples();
    ScanResult result;
    result.scored = best_.scored();
    result.cut = cut_;
    result.best = best_.Take();
    return result;
  }

 private:
  void Add(std::size_t cell, Sums& sums) const {
    sums.observed += cells_.observed[cell];
    sums.expected += cells_.expected[cell];
  }

  ScannedSlice Score(std::vector<Predicate> predicates, const Sums& sums) const {
    const double gain = GainIn(options_.direction, sums.observed, sums.expected);
    const double price = options_.penalty * static_cast<double>(predicates.size());
    return {std::move(predicates), sums.observed, sums.expected,
            gain / options_.dispersion - price};
  }

  // Whether a refinement of a slice with so many predicates may still be kept.
  bool MayWin(const BoundedSums& slice, std::size_t predicates) const {
    return slice.sums.expected >= options_.least_expected &&
           slice.gains / options_.dispersion -
                   options_.penalty * static_cast<double>(predicates + 1) >=
               best_.Least();
  }

  // Requires: all slices of this number of predicates have been scored.
  Alive KeepAlive(const std::vector<BoundedSums>& table, std::size_t predicates) {
    Alive alive;
    alive.place.assign(table.size(), kCut);
    for (std::size_t at = 0; at < table.size(); ++at) {
      if (MayWin(table[at], predicates)) {
        alive.place[at] = static_cast<std::int32_t>(alive.which.size());
        alive.which.push_back(static_cast<std::uint32_t>(at));
      } else if (table[at].sums.expected > 0) {
        ++cut_;
      }
    }
    return alive;
  }

  void ScanValues() {
    std::vector<std::vector<BoundedSums>> tables(attributes_);
    ParallelFor(attributes_, options_.threads, [&](std::size_t attribute) {
      std::vector<BoundedSums>& table = tables[attribute];
      table.resize(cells_.sizes[attribute]);
      const std::span<const std::uint16_t> column = cells_.columns[attribute];
      for (std::size_t cell = 0; cell < column.size(); ++cell) {
        Add(cell, table[column[cell]].sums);
        table[column[cell]].gains += gains_[cell];
      }
      for (std::size_t value = 0; value < table.size(); ++value) {
        if (table[value].sums.expected < options_.least_expected) continue;
        best_.Offer(Score({{attribute, static_cast<std::uint16_t>(value)}}, table[value].sums));
      }
    });
    places_.resize(attributes_);
    for (std::size_t attribute = 0; attribute < attributes_; ++attribute) {
      values_.push_back(KeepAlive(tables[attribute], 1));
    }
    ParallelFor(attributes_, options_.threads, [&](std::size_t attribute) {
      const std::span<const std::uint16_t> column = cells_.columns[attribute];
      std::vector<std::int16_t>& places = places_[attribute];
      places.resize(column.size());
      for (std::size_t cell = 0; cell < column.size(); ++cell) {
        places[cell] = static_cast<std::int16_t>(values_[attribute].place[column[cell]]);
      }
    });
  }

  Predicate PredicateOf(std::size_t attribute, std::size_t place) const {
    return {attribute, static_cast<std::uint16_t>(values_[attribute].which[place])};
  }
  std::size_t Values(std::size_t attribute) const { return values_[attribute].which.size(); }

  void ScanPairs() {
    std::vector<std::pair<std::size_t, std::size_t>> sets;
    for (std::size_t a = 0; a < attributes_; ++a) {
      for (std::size_t b = a + 1; b < attributes_; ++b) sets.emplace_back(a, b);
    }
    std::vector<std::vector<BoundedSums>> tables(sets.size());
    ParallelFor(sets.size(), options_.threads, [&](std::size_t set) {
      const auto [a, b] = sets[set];
      std::vector<BoundedSums>& table = tables[set];
      table.resize(Values(a) * Values(b));
      for (std::size_t cell = 0; cell < cells_.cells(); ++cell) {
        const std::int16_t at_a = places_[a][cell];
        const std::int16_t at_b = places_[b][cell];
        if (at_a < 0 || at_b < 0) continue;
        BoundedSums& sums =
            table[static_cast<std::size_t>(at_a) * Values(b) + static_cast<std::size_t>(at_b)];
        Add(cell, sums.sums);
        sums.gains += gains_[cell];
      }
      for (std::size_t at = 0; at < table.size(); ++at) {
        if (table[at].sums.expected < options_.least_expected) continue;
        best_.Offer(Score({PredicateOf(a, at / Values(b)), PredicateOf(b, at % Values(b))},
                          table[at].sums));
      }
    });
    for (const std::vector<BoundedSums>& table : tables) pairs_.push_back(KeepAlive(table, 2));
  }

  const Alive& Pair(std::size_t a, std::size_t b) const {
    // Sets are in the order (0, 1), (0, 2) .. (1, 2) ..
    return pairs_[a * (2 * attributes_ - a - 1) / 2 + (b - a - 1)];
  }

  void ScanTriples() {
    std::vector<std::array<std::size_t, 3>> sets;
    for (std::size_t a = 0; a < attributes_; ++a) {
      for (std::size_t b = a + 1; b < attributes_; ++b) {
        for (std::size_t c = b + 1; c < attributes_; ++c) {
          const bool any =
              !Pair(a, b).which.empty() && !Pair(a, c).which.empty() && !Pair(b, c).which.empty();
          if (any) sets.push_back({a, b, c});
        }
      }
    }
    ParallelFor(sets.size(), options_.threads, [&](std::size_t set) { ScanTriple(sets[set]); });
  }

  // Which two attributes of a triple are read as one, and the third: the two with the fewest
  // combinations that are still alive make the smallest table.
  struct Roles {
    std::size_t first;
    std::size_t second;
    std::size_t third;
  };
  Roles ChooseRoles(const std::array<std::size_t, 3>& set) const {
    const auto [a, b, c] = set;
    const std::array<Roles, 3> choices{{{a, b, c}, {a, c, b}, {b, c, a}}};
    return *std::min_element(choices.begin(), choices.end(), [&](const Roles& x, const Roles& y) {
      return Pair(x.first, x.second).which.size() * Values(x.third) <
             Pair(y.first, y.second).which.size() * Values(y.third);
    });
  }

  bool PairIsAlive(std::size_t a, std::size_t at_a, std::size_t b, std::size_t at_b) const {
    if (a > b) return PairIsAlive(b, at_b, a, at_a);
    return Pair(a, b).place[at_a * Values(b) + at_b] != kCut;
  }

  void ScanTriple(const std::array<std::size_t, 3>& set) {
    const Roles roles = ChooseRoles(set);
    const Alive& pair = Pair(roles.first, roles.second);
    const std::size_t thirds = Values(roles.third);
    const std::size_t seconds = Values(roles.second);
    const std::size_t pairs_at_once = std::max<std::size_t>(1, kMostEntries / thirds);
    std::vector<Sums> table;
    for (std::size_t from = 0; from < pair.which.size(); from += pairs_at_once) {
      const std::size_t pairs = std::min(pairs_at_once, pair.which.size() - from);
      table.assign(pairs * thirds, {});
      for (std::size_t cell = 0; cell < cells_.cells(); ++cell) {
        const std::int16_t first = places_[roles.first][cell];
        const std::int16_t second = places_[roles.second][cell];
        const std::int16_t third = places_[roles.third][cell];
        if (first < 0 || second < 0 || third < 0) continue;
        const std::int32_t place = pair.place[static_cast<std::size_t>(first) * seconds +
                                              static_cast<std::size_t>(second)];
        if (place == kCut) continue;
        const std::size_t row = static_cast<std::size_t>(place) - from;
        if (row < pairs) Add(cell, table[row * thirds + static_cast<std::size_t>(third)]);
      }
      for (std::size_t at = 0; at < table.size(); ++at) {
        if (table[at].expected < options_.least_expected) continue;
        const std::size_t combination = pair.which[from + at / thirds];
        const std::size_t first = combination / seconds;
        const std::size_t second = combination % seconds;
        const std::size_t third = at % thirds;
        if (!PairIsAlive(roles.first, first, roles.third, third) ||
            !PairIsAlive(roles.second, second, roles.third, third)) {
          continue;
        }
        std::vector<Predicate> predicates{PredicateOf(roles.first, first),
                                          PredicateOf(roles.second, second),
                                          PredicateOf(roles.third, third)};
        std::sort(predicates.begin(), predicates.end());
        best_.Offer(Score(std::move(predicates), table[at]));
      }
    }
  }

  const ScanCells& cells_;
  const ScanOptions& options_;
  std::size_t attributes_;
  Best best_;
  std::size_t cut_ = 0;
  std::vector<double> gains_;                      // by cell
  std::vector<Alive> values_;                      // by attribute
  std::vector<std::vector<std::int16_t>> places_;  // by attribute and cell: place among the alive
  std::vector<Alive> pairs_;
};

}  // namespace

ScanResult ScanSlices(const ScanCells& cells, const ScanOptions& options) {
  return Scanner(cells, options).Run();
}

std::vector<ScannedSlice> ScanCauses(const ScanCells& cells, const ScanOptions& options,
                                     double least_score, std::size_t most) {
  std::vector<double> observed(cells.observed.begin(), cells.observed.end());
  ScanCells rest = cells;
  rest.observed = observed;
  ScanOptions one = options;
  one.keep = 1;
  std::vector<ScannedSlice> causes;
  while (causes.size() < most) {
    const ScanResult found = ScanSlices(rest, one);
    const ScannedSlice& best = found.best.front();
    if (best.score < least_score) break;
    causes.push_back(best);
    for (std::size_t cell = 0; cell < cells.cells(); ++cell) {
      if (Contains(best, cells, cell)) observed[cell] = cells.expected[cell];
    }
  }
  return causes;
}

}  // namespace ripen::stats
