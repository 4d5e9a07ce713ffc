// Two values of one attribute in the cube: their counts by day and stratum, and their mixes.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "monitor/cube_index.h"
#include "stats/two_sample.h"

namespace ripen::monitor {

// Counts of both values on one day.
struct BothCounts {
  double a = 0;
  double b = 0;
  double Information() const { return a > 0 && b > 0 ? a * b / (a + b) : 0; }
};

// The cells of one family that belong to one of two values. `count` is a column of
// FlatFamily::counts everywhere, `wanted` says which days are read. Keeps a reference to the index.
class ValuePair {
 public:
  // `a` and `b`: values of the attribute (indices as in the snapshot).
  ValuePair(const CubeIndex& index, std::size_t attribute, std::size_t a, std::size_t b);

  // Columns of the family's key other than the attribute's own.
  std::vector<std::size_t> OtherColumns() const;
  std::size_t AttributeOf(std::size_t column) const { return family_.attributes[column]; }

  std::vector<BothCounts> ByDay(std::size_t count) const;

  // A stratum for each own cell: all one, or split further by the values of a column.
  std::vector<std::uint32_t> OneStratum() const;
  std::vector<std::uint32_t> Split(const std::vector<std::uint32_t>& strata,
                                   std::size_t column) const;
  // sum n_a n_b / (n_a + n_b) over the strata: of single days, over that of all days together. What
  // is lost where a stratum is so small that its days hold one value alone; that the two are given
  // to other customers loses nothing here. 0 where no stratum holds both.
  double KeptByDay(const std::vector<std::uint32_t>& strata, std::size_t count,
                   const std::vector<bool>& wanted) const;
  // The blocks of every day, strata ascending.
  std::vector<std::vector<stats::TwoArmCell>> Blocks(const std::vector<std::uint32_t>& strata,
                                                     std::size_t trials, std::size_t events,
                                                     const std::vector<bool>& wanted) const;

  // How far the two mixes over the values of a column lie apart, compared day by day.
  struct Mix {
    double apart = 0;  // part of one value's recommendations that would have to go to others
    bool beyond_chance = false;
  };
  // `shown`: ByDay(0).
  Mix MixOf(std::size_t column, const std::vector<BothCounts>& shown,
            const std::vector<bool>& wanted) const;

 private:
  std::size_t ValueOf(std::size_t cell, std::size_t column) const {
    return family_.values[cell * family_.columns() + column];
  }
  double Count(std::uint32_t entry, std::size_t column) const {
    return static_cast<double>(family_.counts[entry * (1 + index_.stages()) + column]);
  }
  template <typename Take>
  void ForEach(const Take& take) const;

  const CubeIndex& index_;
  const FlatFamily& family_;
  std::size_t own_column_ = 0;
  std::vector<std::size_t> cells_;
  std::vector<bool> is_a_;
};

}  // namespace ripen::monitor
