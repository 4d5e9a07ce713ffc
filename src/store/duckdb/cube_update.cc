// A cube in memory follows a refresh: what CubeImage::Update does.
#include <algorithm>
#include <iterator>
#include <map>
#include <tuple>

#include "base/parallel.h"
#include "store/duckdb/cube_image.h"
#include "store/duckdb/schema.h"

namespace ripen::store {
namespace {

bool Holds(const std::vector<std::int32_t>& sorted, std::int32_t day) {
  return std::binary_search(sorted.begin(), sorted.end(), day);
}

// The first element that is not below, which is expected to be near the start.
template <typename Iterator, typename Below>
Iterator FirstNotBelow(Iterator start, Iterator end, const Below& below) {
  typename std::iterator_traits<Iterator>::difference_type step = 1;
  while (end - start > step && below(start[step])) {
    start += step;
    step *= 2;
  }
  return std::partition_point(start, std::min(end, start + step + 1), below);
}

}  // namespace

void CubeImage::Update(Choice choice, const CubeChange& change,
                       std::optional<std::vector<MemberMap::Entry>> members) {
  choice_ = std::move(choice);
  if (members) members_ = std::move(*members);
  UpdateDays(change);
  AddCells(change.counts);
  // The rows of each family and stage, to be merged with what is there.
  std::vector<std::vector<std::vector<Row>>> added(families_.size());
  std::size_t stages = families_[0].stages.size();
  for (const CountEntry& entry : change.counts) {
    stages = std::max(stages, static_cast<std::size_t>(entry.stage) + 1);
  }
  for (std::size_t family = 0; family < families_.size(); ++family) {
    families_[family].stages.resize(stages);
    added[family].resize(stages);
  }
  for (const CountEntry& entry : change.counts) {
    const auto family = static_cast<std::size_t>(entry.family);
    added[family][static_cast<std::size_t>(entry.stage)].push_back(
        {numbers_[family].at(entry.cell), entry.day, entry.base_offset, entry.delay,
         static_cast<std::int32_t>(entry.gained), static_cast<std::int32_t>(entry.lost)});
  }
  ParallelFor(families_.size() * stages, threads_, [&](std::size_t i) {
    std::vector<Row>& rows = families_[i / stages].stages[i % stages];
    if (!change.days.empty()) {
      std::erase_if(rows, [&](const Row& row) { return Holds(change.days, row.day); });
    }
    MergeRows(rows, added[i / stages][i % stages]);
  });
  NoteDaysShown();
}

// Gives numbers to cells that are new, and all others theirs again: they are in the order of their
// values, so new ones move the rest up, but never past each other.
void CubeImage::AddCells(const std::vector<CountEntry>& counts) {
  FamilyCells all;
  for (const CountEntry& entry : counts) {
    const auto family = static_cast<std::size_t>(entry.family);
    if (numbers_[family].contains(entry.cell)) continue;
    if (all.empty()) all = numbers_;
    all[family].emplace(entry.cell, 0);
  }
  if (all.empty()) return;
  const CellNumbers cells(dictionary_, choice_);
  OrderValues(all, cells);
  NumberCells(all, cells);
  for (std::size_t family = 0; family < families_.size(); ++family) {
    std::vector<std::int32_t> number_of(numbers_[family].size());
    for (const auto& [cell, number] : numbers_[family]) {
      number_of[static_cast<std::size_t>(number)] = all[family].at(cell);
    }
    for (std::vector<Row>& rows : families_[family].stages) {
      for (Row& row : rows) row.cell = number_of[static_cast<std::size_t>(row.cell)];
    }
  }
  numbers_ = std::move(all);
}

// Both in order afterwards, each key once, and none without a count.
void CubeImage::MergeRows(std::vector<Row>& rows, std::vector<Row>& added) {
  SumRows(added);
  if (added.empty()) return;
  const auto key = [](const Row& row) {
    return std::tie(row.cell, row.day, row.base_offset, row.delay);
  };
  // Keys that are there are counted in place; the rest are merged from the back.
  std::vector<Row> fresh;
  auto at = rows.begin();
  bool emptied = false;
  for (const Row& row : added) {
    at = FirstNotBelow(at, rows.end(), [&](const Row& each) { return key(each) < key(row); });
    if (at == rows.end() || key(*at) != key(row)) {
      fresh.push_back(row);
      continue;
    }
    at->gained += row.gained;
    at->lost += row.lost;
    emptied = emptied || (at->gained == 0 && at->lost == 0);
  }
  if (emptied) {
    std::erase_if(rows, [](const Row& row) { return row.gained == 0 && row.lost == 0; });
  }
  std::size_t left = rows.size();
  rows.resize(rows.size() + fresh.size());
  std::size_t to = rows.size();
  for (std::size_t from = fresh.size(); from > 0; --from) {
    while (left > 0 && key(fresh[from - 1]) < key(rows[left - 1])) rows[--to] = rows[--left];
    rows[--to] = fresh[from - 1];
  }
}

void CubeImage::UpdateDays(const CubeChange& change) {
  std::erase_if(days_, [&](const DayEntry& entry) {
    return entry.day == kOrphanDay || Holds(change.days, entry.day);
  });
  std::vector<DayEntry> added = change.day_counts;
  const auto before = [](const DayEntry& a, const DayEntry& b) { return a.Key() < b.Key(); };
  std::sort(added.begin(), added.end(), before);
  std::vector<DayEntry> merged;
  merged.reserve(days_.size() + added.size());
  std::merge(days_.begin(), days_.end(), added.begin(), added.end(), std::back_inserter(merged),
             before);
  std::size_t kept = 0;
  for (std::size_t first = 0; first < merged.size();) {
    DayEntry sum = merged[first];
    std::size_t end = first + 1;
    for (; end < merged.size() && merged[end].Key() == sum.Key(); ++end) {
      sum.change += merged[end].change;
    }
    if (sum.change != 0) merged[kept++] = sum;
    first = end;
  }
  merged.resize(kept);
  days_ = std::move(merged);
}

}  // namespace ripen::store
