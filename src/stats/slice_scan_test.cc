#include "stats/slice_scan.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <random>
#include <utility>
#include <vector>

#include "stats/slice_score.h"

namespace ripen::stats {
namespace {

// Cells that own their columns.
struct World {
  std::vector<std::size_t> sizes;
  std::vector<std::vector<std::uint16_t>> columns;
  std::vector<double> observed;
  std::vector<double> expected;

  ScanCells Cells() const {
    ScanCells cells;
    for (const auto& column : columns) cells.columns.emplace_back(column);
    cells.sizes = sizes;
    cells.observed = observed;
    cells.expected = expected;
    return cells;
  }
};

// The full cross of attributes with so many values each.
World FullCross(const std::vector<std::size_t>& sizes) {
  World world;
  world.sizes = sizes;
  world.columns.resize(sizes.size());
  std::size_t cells = 1;
  for (const std::size_t size : sizes) cells *= size;
  for (std::size_t cell = 0; cell < cells; ++cell) {
    std::size_t rest = cell;
    for (std::size_t attribute = 0; attribute < sizes.size(); ++attribute) {
      world.columns[attribute].push_back(static_cast<std::uint16_t>(rest % sizes[attribute]));
      rest /= sizes[attribute];
    }
  }
  world.observed.assign(cells, 0);
  world.expected.assign(cells, 0);
  return world;
}

ScannedSlice SliceOf(std::vector<Predicate> predicates) {
  ScannedSlice slice;
  slice.predicates = std::move(predicates);
  return slice;
}

// Every conjunction of up to three values, scored by going over all cells: slow and plain.
std::vector<ScannedSlice> Enumerate(const ScanCells& cells, const ScanOptions& options) {
  std::vector<std::vector<Predicate>> all{{}};
  for (std::size_t first = 0; first < all.size(); ++first) {
    const std::vector<Predicate> prefix = all[first];
    if (prefix.size() == options.most_predicates) continue;
    const std::size_t next = prefix.empty() ? 0 : prefix.back().attribute + 1;
    for (std::size_t attribute = next; attribute < cells.sizes.size(); ++attribute) {
      for (std::size_t value = 0; value < cells.sizes[attribute]; ++value) {
        std::vector<Predicate> longer = prefix;
        longer.push_back({attribute, static_cast<std::uint16_t>(value)});
        all.push_back(std::move(longer));
      }
    }
  }
  std::vector<ScannedSlice> slices;
  for (std::vector<Predicate>& predicates : all) {
    ScannedSlice slice = SliceOf(std::move(predicates));
    for (std::size_t cell = 0; cell < cells.cells(); ++cell) {
      if (!Contains(slice, cells, cell)) continue;
      slice.observed += cells.observed[cell];
      slice.expected += cells.expected[cell];
    }
    if (!slice.predicates.empty() && slice.expected < options.least_expected) continue;
    const bool moved = options.direction == ScanDirection::kFalls ? slice.observed < slice.expected
                                                                  : slice.observed > slice.expected;
    const double gain = moved ? PoissonGain(slice.observed, slice.expected) : 0;
    slice.score =
        gain / options.dispersion - options.penalty * static_cast<double>(slice.predicates.size());
    slices.push_back(std::move(slice));
  }
  std::sort(slices.begin(), slices.end(), [](const ScannedSlice& a, const ScannedSlice& b) {
    if (a.score != b.score) return a.score > b.score;
    if (a.predicates.size() != b.predicates.size()) {
      return a.predicates.size() < b.predicates.size();
    }
    return a.predicates < b.predicates;
  });
  if (slices.size() > options.keep) slices.resize(options.keep);
  return slices;
}

TEST(SliceScan, GivesTheWorkedValue) {
  World world = FullCross({2});
  world.observed = {68, 100};
  world.expected = {126, 100};
  const ScanResult found = ScanSlices(world.Cells(), {});
  ASSERT_EQ(found.best.size(), 3U);
  EXPECT_EQ(found.best[0].predicates, (std::vector<Predicate>{{0, 0}}));
  EXPECT_NEAR(found.best[0].score, 16.0594 - 2, 5e-5);
  EXPECT_TRUE(found.best[1].predicates.empty());
  EXPECT_NEAR(found.best[1].score, 8.1761, 5e-5);
  EXPECT_NEAR(found.best[2].score, -2, 5e-5);
}

// A law that holds for every input: no risk of its own. Counts are whole or broken, cells missing,
// changes of one to three attributes in either direction put in.
TEST(SliceScan, EqualsTheEnumerationOn500RandomWorlds) {
  std::mt19937_64 random(20261127);
  std::size_t cut = 0;
  for (int trial = 0; trial < 500; ++trial) {
    std::vector<std::size_t> sizes;
    const auto attributes = 1 + random() % 5;
    for (std::size_t attribute = 0; attribute < attributes; ++attribute) {
      sizes.push_back(1 + random() % 5);
    }
    World world = FullCross(sizes);
    std::vector<Predicate> changed;
    for (std::size_t attribute = 0; attribute < attributes && changed.size() < random() % 4;
         ++attribute) {
      changed.push_back({attribute, static_cast<std::uint16_t>(random() % sizes[attribute])});
    }
    const ScannedSlice truth = SliceOf(changed);
    const double factor = trial % 2 == 0 ? .5 : 1.8;
    const double busy = std::pow(10.0, static_cast<double>(random() % 5) / 2 - 1);
    const ScanCells shape = world.Cells();
    for (std::size_t cell = 0; cell < shape.cells(); ++cell) {
      world.expected[cell] = busy * (.5 + static_cast<double>(random() % 100) / 50);
      const double rate = world.expected[cell] * (Contains(truth, shape, cell) ? factor : 1);
      world.observed[cell] = std::poisson_distribution<int>(rate)(random);
      if (trial % 7 == 0) world.observed[cell] += .25;  // what a cause undone leaves
    }
    ScanOptions options;
    options.direction = trial % 3 == 0 ? ScanDirection::kRises : ScanDirection::kFalls;
    options.most_predicates = random() % 4;
    options.keep = 1 + random() % 8;
    options.dispersion = 1 + static_cast<double>(random() % 3) / 2;
    options.threads = 1 + static_cast<int>(random() % 2);
    const ScanResult found = ScanSlices(world.Cells(), options);
    const std::vector<ScannedSlice> all = Enumerate(world.Cells(), options);
    ASSERT_EQ(found.best.size(), all.size()) << "world " << trial;
    for (std::size_t rank = 0; rank < all.size(); ++rank) {
      EXPECT_EQ(found.best[rank].predicates, all[rank].predicates)
          << "world " << trial << ", rank " << rank;
      EXPECT_DOUBLE_EQ(found.best[rank].score, all[rank].score) << "world " << trial;
    }
    cut += found.cut;
  }
  EXPECT_GT(cut, 1000U);  // the bound has cut something, or nothing was tested
}

// Attributes of 5, 4, 2, 3 and 4 values, 20,000 recommendations since the change, 28 in 100 clicked
// before it and .54 of that in the true slice since; the reference is learned from twice as many.
// Fixed seeds. Over 2,000 worlds the shares were 1, 1 and .87, so that 1,000 others would miss the
// bound of .85 with probability .03, the others never.
TEST(SliceScan, NamesTheTrueSliceExactly) {
  const std::vector<std::size_t> sizes{5, 4, 2, 3, 4};
  const int worlds = 1000;
  std::vector<int> exact(4);
  for (std::size_t predicates = 1; predicates <= 3; ++predicates) {
    std::mt19937_64 random(predicates);
    for (int seed = 0; seed < worlds; ++seed) {
      World world = FullCross(sizes);
      std::vector<std::size_t> order{0, 1, 2, 3, 4};
      std::shuffle(order.begin(), order.end(), random);
      std::vector<Predicate> changed;
      for (std::size_t at = 0; at < predicates; ++at) {
        changed.push_back({order[at], static_cast<std::uint16_t>(random() % sizes[order[at]])});
      }
      std::sort(changed.begin(), changed.end());
      const ScannedSlice truth = SliceOf(changed);
      const ScanCells shape = world.Cells();
      for (std::size_t cell = 0; cell < shape.cells(); ++cell) {
        const double trials = 20000 / static_cast<double>(shape.cells());
        constexpr double rate = .28;
        const double before = std::poisson_distribution<int>(2 * trials * rate)(random);
        world.expected[cell] = trials * (before + 20 * rate) / (2 * trials + 20);
        world.observed[cell] = std::poisson_distribution<int>(
            trials * rate * (Contains(truth, shape, cell) ? .54 : 1))(random);
      }
      const ScanResult found = ScanSlices(world.Cells(), {});
      exact[predicates] += found.best.front().predicates == changed ? 1 : 0;
    }
  }
  RecordProperty("one", exact[1]);
  RecordProperty("two", exact[2]);
  RecordProperty("three", exact[3]);
  EXPECT_GE(exact[1], 950);
  EXPECT_GE(exact[2], 950);
  EXPECT_GE(exact[3], 850);
}

TEST(ScanCauses, FindsOneAfterTheOtherAndStops) {
  World world = FullCross({5, 4, 3});
  const ScannedSlice first = SliceOf({{0, 1}});
  const ScannedSlice second = SliceOf({{1, 2}, {2, 0}});
  const ScanCells shape = world.Cells();
  for (std::size_t cell = 0; cell < shape.cells(); ++cell) {
    world.expected[cell] = 100;
    world.observed[cell] = Contains(first, shape, cell) ? 50 : 100;
    if (Contains(second, shape, cell)) world.observed[cell] *= .6;
  }
  const auto causes = ScanCauses(world.Cells(), {}, 3, 8);
  ASSERT_EQ(causes.size(), 2U);
  EXPECT_EQ(causes[0].predicates, first.predicates);
  EXPECT_EQ(causes[1].predicates, second.predicates);
}

}  // namespace
}  // namespace ripen::stats
