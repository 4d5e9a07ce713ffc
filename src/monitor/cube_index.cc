#include "monitor/cube_index.h"

#include <algorithm>
#include <numeric>
#include <span>
#include <utility>

#include "base/check.h"

namespace ripen::monitor {
namespace {

using cube::CountRow;
using cube::Family;

// Walks rows sorted by (cell, shown) and hands out the sum of one (cell, day) after the other.
class SumCursor {
 public:
  explicit SumCursor(const std::vector<CountRow>& rows) : rows_(rows) {}

  // The net count of this cell and day; asked for in ascending order.
  std::int64_t Take(std::int32_t cell, Day shown) {
    while (at_ < rows_.size() && Before(rows_[at_], cell, shown)) ++at_;
    std::int64_t sum = 0;
    for (; at_ < rows_.size() && rows_[at_].cell == cell && rows_[at_].shown == shown; ++at_) {
      sum += rows_[at_].gained - rows_[at_].lost;
    }
    return sum;
  }

 private:
  static bool Before(const CountRow& row, std::int32_t cell, Day shown) {
    return row.cell != cell ? row.cell < cell : row.shown < shown;
  }
  const std::vector<CountRow>& rows_;
  std::size_t at_ = 0;
};

// The base cell of every cell of a further family: the one with the same adjustment values.
std::vector<std::uint32_t> BaseCells(const FlatFamily& base, const FlatFamily& further) {
  const std::size_t width = base.columns();
  const auto key = [&](const FlatFamily& family, std::size_t cell) {
    return std::span(family.values).subspan(cell * family.columns(), width);
  };
  const auto less = [](std::span<const std::uint16_t> a, std::span<const std::uint16_t> b) {
    return std::lexicographical_compare(a.begin(), a.end(), b.begin(), b.end());
  };
  std::vector<std::uint32_t> order(base.cells());
  std::iota(order.begin(), order.end(), 0U);
  std::sort(order.begin(), order.end(),
            [&](std::uint32_t a, std::uint32_t b) { return less(key(base, a), key(base, b)); });
  std::vector<std::uint32_t> base_cells;
  base_cells.reserve(further.cells());
  for (std::size_t cell = 0; cell < further.cells(); ++cell) {
    const auto wanted = key(further, cell);
    const auto found = std::lower_bound(order.begin(), order.end(), wanted,
                                        [&](std::uint32_t at, std::span<const std::uint16_t> own) {
                                          return less(key(base, at), own);
                                        });
    RIPEN_CHECK(found != order.end() && !less(wanted, key(base, *found)),
                "a further cell has no base cell among {}", base.cells());
    base_cells.push_back(*found);
  }
  return base_cells;
}

// Adds one entry's counts. The usual ladder of three stages is spelled out for the compiler.
void AddColumns(const float* counts, std::size_t columns, double* sums) {
  constexpr std::size_t kUsual = 4;
  if (columns == kUsual) {
    for (std::size_t column = 0; column < kUsual; ++column) {
      sums[column] += static_cast<double>(counts[column]);
    }
    return;
  }
  constexpr std::size_t kOneStage = 2;  // a view of exposure
  if (columns == kOneStage) {
    sums[0] += static_cast<double>(counts[0]);
    sums[1] += static_cast<double>(counts[1]);
    return;
  }
  for (std::size_t column = 0; column < columns; ++column) {
    sums[column] += static_cast<double>(counts[column]);
  }
}

std::size_t SpanInDays(const cube::Snapshot& snapshot) {
  return snapshot.truth.empty()
             ? 0
             : static_cast<std::size_t>(snapshot.last_day - snapshot.first_day) + 1;
}

}  // namespace

CubeIndex::CubeIndex(const cube::Snapshot& snapshot)
    : snapshot_(snapshot), days_(SpanInDays(snapshot)), stages_(snapshot.ladder.size()) {
  for (const Family& family : snapshot.families) AddFamily(family);
  TabulateAll();
}

CubeIndex::CubeIndex(const cube::Snapshot& snapshot, std::vector<FlatFamily> families)
    : snapshot_(snapshot),
      days_(SpanInDays(snapshot)),
      stages_(snapshot.ladder.size()),
      families_(std::move(families)) {
  TabulateAll();
}

void CubeIndex::TabulateAll() {
  AddGroupings();
  table_.assign(streams_ * days_ * (1 + stages_), 0);
  for (std::size_t family = 0; family < families_.size(); ++family) Tabulate(family);
}

void CubeIndex::AddFamily(const Family& family) {
  FlatFamily flat;
  flat.attributes = snapshot_.adjust;
  if (family.further) flat.attributes.push_back(*family.further);
  for (const std::size_t attribute : flat.attributes) {
    flat.sizes.push_back(snapshot_.attributes[attribute].values.size());
  }
  flat.values.reserve(family.cells.size() * flat.columns());
  for (const std::vector<std::int32_t>& key : family.cells) {
    RIPEN_CHECK(key.size() == flat.columns(), "a cell has {} values for {} attributes", key.size(),
                flat.columns());
    for (const std::int32_t value : key) flat.values.push_back(static_cast<std::uint16_t>(value));
  }
  std::vector<SumCursor> stages;
  for (const std::vector<CountRow>& rows : family.stages) stages.emplace_back(rows);
  flat.first.assign(family.cells.size() + 1, 0);
  flat.day.reserve(family.shown.size());
  flat.counts.reserve(family.shown.size() * (1 + stages_));
  for (std::size_t at = 0; at < family.shown.size();) {
    const CountRow& start = family.shown[at];
    std::int64_t shown = 0;
    for (; at < family.shown.size() && family.shown[at].cell == start.cell &&
           family.shown[at].shown == start.shown;
         ++at) {
      shown += family.shown[at].gained - family.shown[at].lost;
    }
    flat.day.push_back(static_cast<std::uint16_t>(start.shown - snapshot_.first_day));
    flat.counts.push_back(static_cast<float>(shown));
    for (SumCursor& stage : stages) {
      flat.counts.push_back(static_cast<float>(stage.Take(start.cell, start.shown)));
    }
    ++flat.first[static_cast<std::size_t>(start.cell) + 1];
  }
  for (std::size_t cell = 0; cell < family.cells.size(); ++cell) {
    flat.first[cell + 1] += flat.first[cell];
  }
  if (family.further) flat.base_cell = BaseCells(families_.front(), flat);
  families_.push_back(std::move(flat));
}

void CubeIndex::AddGroupings() {
  const auto add = [this](std::size_t family, std::vector<std::size_t> columns) {
    Grouping grouping{family, std::move(columns), streams_, 1};
    for (const std::size_t column : grouping.columns) {
      grouping.streams *= families_[family].sizes[column];
    }
    streams_ += grouping.streams;
    groupings_.push_back(std::move(grouping));
  };
  if (families_.empty()) return;
  add(0, {});
  for (std::size_t family = 0; family < families_.size(); ++family) {
    const std::size_t width = families_[family].columns();
    const std::size_t own = family == 0 ? 0 : width - 1;  // further families repeat the others
    for (std::size_t column = own; column < width; ++column) add(family, {column});
  }
  for (std::size_t family = 0; family < families_.size(); ++family) {
    const std::size_t width = families_[family].columns();
    for (std::size_t a = 0; a + 1 < width; ++a) {
      for (std::size_t b = family == 0 ? a + 1 : width - 1; b < width; ++b) add(family, {a, b});
    }
  }
}

void CubeIndex::Tabulate(std::size_t family) {
  const FlatFamily& cells = families_[family];
  const std::size_t columns = 1 + stages_;
  std::vector<const Grouping*> own;
  for (const Grouping& grouping : groupings_) {
    if (grouping.family == family) own.push_back(&grouping);
  }
  for (std::size_t cell = 0; cell < cells.cells(); ++cell) {
    for (const Grouping* grouping : own) {
      const std::size_t stream = grouping->first_stream + grouping->LocalStream(cells, cell);
      double* row = table_.data() + stream * days_ * columns;
      for (std::uint32_t at = cells.first[cell]; at < cells.first[cell + 1]; ++at) {
        AddColumns(&cells.counts[at * columns], columns, row + cells.day[at] * columns);
      }
    }
  }
}

const Grouping& CubeIndex::GroupingOf(std::size_t stream) const {
  const auto after = std::upper_bound(
      groupings_.begin(), groupings_.end(), stream,
      [](std::size_t wanted, const Grouping& grouping) { return wanted < grouping.first_stream; });
  return *(after - 1);
}

std::vector<CubeIndex::Key> CubeIndex::KeysOf(std::size_t stream) const {
  const Grouping& grouping = GroupingOf(stream);
  const FlatFamily& family = families_[grouping.family];
  std::vector<Key> keys(grouping.columns.size());
  std::size_t local = stream - grouping.first_stream;
  for (std::size_t at = keys.size(); at-- > 0;) {
    const std::size_t column = grouping.columns[at];
    keys[at] = {family.attributes[column], local % family.sizes[column]};
    local /= family.sizes[column];
  }
  return keys;
}

Slice CubeIndex::SliceOf(std::size_t stream) const {
  std::vector<Segment> segments;
  for (const Key& key : KeysOf(stream)) {
    const cube::Attribute& attribute = snapshot_.attributes[key.attribute];
    segments.push_back({attribute.name, attribute.values[key.value]});
  }
  return Slice::Of(std::move(segments));
}

std::optional<std::size_t> CubeIndex::Find(const Slice& slice) const {
  std::vector<Key> wanted;
  for (const Segment& segment : slice.segments) {
    std::optional<Key> key;
    for (std::size_t index = 0; index < snapshot_.attributes.size(); ++index) {
      const cube::Attribute& attribute = snapshot_.attributes[index];
      if (attribute.name != segment.attribute) continue;
      const auto value = std::find(attribute.values.begin(), attribute.values.end(), segment.value);
      if (value == attribute.values.end()) return std::nullopt;
      key = Key{index, static_cast<std::size_t>(value - attribute.values.begin())};
    }
    if (!key) return std::nullopt;
    wanted.push_back(*key);
  }
  for (const Grouping& grouping : groupings_) {
    if (grouping.columns.size() != wanted.size()) continue;
    const FlatFamily& family = families_[grouping.family];
    std::size_t local = 0;
    std::size_t matched = 0;
    for (const std::size_t column : grouping.columns) {
      for (const Key& key : wanted) {
        if (key.attribute != family.attributes[column]) continue;
        local = local * family.sizes[column] + key.value;
        ++matched;
      }
    }
    if (matched == wanted.size()) return grouping.first_stream + local;
  }
  return std::nullopt;
}

std::size_t CubeIndex::TrialsColumn(std::size_t stage) const {
  const std::optional<std::size_t> base = snapshot_.ladder.BaseOf(stage);
  return base ? 1 + *base : 0;
}

}  // namespace ripen::monitor
