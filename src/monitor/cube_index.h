// The snapshot's counts as flat arrays, and every slice that can be read from them.
//
// A stream is one slice with its daily counts: the total, every value of every attribute and every
// pair of values of two attributes (at most one of them a further one). Streams that split the same
// cells by the same attributes form a grouping, so that one walk over a family's cells serves them
// all.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "cube/snapshot.h"
#include "model/slice.h"

namespace ripen::monitor {

// One family's cells with their daily counts, sparse: the entries of cell c are first[c] ..
// first[c + 1], by ascending day.
struct FlatFamily {
  std::vector<std::size_t> attributes;   // snapshot attribute of each key column
  std::vector<std::size_t> sizes;        // values of each of them
  std::vector<std::uint16_t> values;     // cells x columns
  std::vector<std::uint32_t> first;      // cells + 1
  std::vector<std::uint16_t> day;        // entries: days since the snapshot's first day
  std::vector<float> counts;             // entries x (1 + stages): shown, then each stage
  std::vector<std::uint32_t> base_cell;  // further families: the base cell of each cell

  std::size_t cells() const { return first.size() - 1; }
  std::size_t columns() const { return attributes.size(); }
};

// Streams that split one family by the same columns of its key.
struct Grouping {
  std::size_t family = 0;
  std::vector<std::size_t> columns;  // none: the total; one: values; two: pairs
  std::size_t first_stream = 0;
  std::size_t streams = 0;

  std::size_t level() const { return columns.size(); }
  // The stream of a cell, counted from first_stream.
  std::size_t LocalStream(const FlatFamily& family_cells, std::size_t cell) const {
    const std::size_t row = cell * family_cells.columns();
    std::size_t local = 0;
    for (const std::size_t column : columns) {
      local = local * family_cells.sizes[column] + family_cells.values[row + column];
    }
    return local;
  }
};

class CubeIndex {
 public:
  // Keeps a reference to the snapshot, which must outlive it. Cost: the snapshot's rows times the
  // groupings of their family.
  explicit CubeIndex(const cube::Snapshot& snapshot);
  explicit CubeIndex(cube::Snapshot&&) = delete;
  // Counts laid out already; the snapshot gives attributes, ladder and days, and its families are
  // not read.
  CubeIndex(const cube::Snapshot& snapshot, std::vector<FlatFamily> families);
  CubeIndex(cube::Snapshot&&, std::vector<FlatFamily>) = delete;

  const cube::Snapshot& snapshot() const { return snapshot_; }
  std::size_t days() const { return days_; }
  std::size_t stages() const { return stages_; }
  Day DayAt(std::size_t day) const { return snapshot_.first_day + static_cast<int>(day); }
  const std::vector<FlatFamily>& families() const { return families_; }
  const std::vector<Grouping>& groupings() const { return groupings_; }

  std::size_t streams() const { return streams_; }
  const Grouping& GroupingOf(std::size_t stream) const;
  Slice SliceOf(std::size_t stream) const;
  // nullopt for a slice of unknown attributes or values, of over two attributes or of two further
  // ones.
  std::optional<std::size_t> Find(const Slice& slice) const;
  // The attribute and value indices of the stream's segments, as in the snapshot.
  struct Key {
    std::size_t attribute;
    std::size_t value;
  };
  std::vector<Key> KeysOf(std::size_t stream) const;

  double Shown(std::size_t stream, std::size_t day) const { return At(stream, day, 0); }
  double Events(std::size_t stage, std::size_t stream, std::size_t day) const {
    return At(stream, day, 1 + stage);
  }
  // The trials of a stage: shown, or the events of the stage it is of.
  double Trials(std::size_t stage, std::size_t stream, std::size_t day) const {
    return At(stream, day, TrialsColumn(stage));
  }
  // Column of FlatFamily::counts that holds the stage's trials.
  std::size_t TrialsColumn(std::size_t stage) const;

 private:
  void AddFamily(const cube::Family& family);
  void TabulateAll();
  void AddGroupings();
  void Tabulate(std::size_t family);
  double At(std::size_t stream, std::size_t day, std::size_t column) const {
    return table_[(stream * days_ + day) * (1 + stages_) + column];
  }

  const cube::Snapshot& snapshot_;
  std::size_t days_;
  std::size_t stages_;
  std::vector<FlatFamily> families_;
  std::vector<Grouping> groupings_;
  std::size_t streams_ = 0;
  std::vector<double> table_;  // streams x days x (1 + stages)
};

}  // namespace ripen::monitor
