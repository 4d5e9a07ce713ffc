// The cross of all attributes: folded on demand, for the days that are asked for.
#include <algorithm>
#include <tuple>
#include <unordered_map>
#include <utility>

#include "store/duckdb/duckdb_store.h"

namespace ripen::store {
namespace {

// What the cross keeps of a count.
struct CrossEntry {
  std::int64_t cell = 0;
  std::int32_t day = 0;
  std::int32_t base_offset = 0;
  std::int32_t delay = 0;
  std::int32_t count = 0;
};

// For each attribute the place of a code's value in the snapshot.
using PlaceOfCode = std::vector<std::unordered_map<std::int32_t, std::uint16_t>>;

Result<std::uint16_t> PlaceOf(const StoredAttribute& stored, const cube::Attribute& attribute,
                              std::int32_t code,
                              std::unordered_map<std::int32_t, std::uint16_t>& known) {
  const auto found = known.find(code);
  if (found != known.end()) return found->second;
  const AttributeValue value = stored.ValueOf(code);
  const auto at = std::lower_bound(attribute.values.begin(), attribute.values.end(), value);
  if (at == attribute.values.end() || *at != value) {
    return Fail(ErrorCode::kUnavailable,
                "The store took in more since these counts were read; ask again.");
  }
  const auto place = static_cast<std::uint16_t>(at - attribute.values.begin());
  known.emplace(code, place);
  return place;
}

}  // namespace

Result<cube::Cross> DuckDbStore::ReadCross(const cube::Snapshot& snapshot, Day first, Day last) {
  if (auto within = cube::CrossWithin(snapshot, first, last)) return std::move(*within);
  const std::lock_guard lock(mutex_);
  RIPEN_RETURN_IF_ERROR(EnsureOpen());
  RIPEN_RETURN_IF_ERROR(RefreshLocked(nullptr));
  const std::int32_t as_of = snapshot.as_of.days_since_epoch();
  cube::Cross cross;
  cross.columns.resize(snapshot.attributes.size());
  cross.stages.resize(snapshot.ladder.size());
  const std::optional<CubeImage::KnownDays> known = image_->KnownOn(as_of);
  if (!known) return cross;
  RIPEN_ASSIGN_OR_RETURN(Choice choice, ChoiceOf(WindowOf(*known, as_of)));
  choice.adjust.clear();
  choice.further.clear();
  choice.pairs.clear();
  for (std::size_t at = 0; at < choice.attributes.size(); ++at) choice.adjust.push_back(at);

  std::vector<std::vector<CrossEntry>> entries(1 + snapshot.ladder.size());
  LedgerFolder folder(database_, dictionary_, choice, MakeFoldLadder(config_.ladder, stages_),
                      config_.report_zone, config_.threads);
  FoldSpan span;
  span.days.emplace();
  for (Day day = first; day <= last; day = day + 1) span.days->push_back(day.days_since_epoch());
  MemberMap members;
  RIPEN_RETURN_IF_ERROR(folder.Fold(
      span, members,
      [&](CountMap& counts, DayMap& days) -> Status {
        counts.ForEach([&](const CountEntry& entry) {
          const std::int64_t net = entry.gained - entry.lost;
          if (net == 0 || entry.day + entry.base_offset + entry.delay > as_of) return;
          entries[static_cast<std::size_t>(entry.stage)].push_back(
              {entry.cell, entry.day, entry.base_offset, entry.delay,
               static_cast<std::int32_t>(net)});
        });
        counts.Clear();
        days.Take();
        return {};
      },
      nullptr));

  // Every cell with anything has been shown.
  std::vector<std::int64_t> cells;
  for (const CrossEntry& entry : entries.front()) cells.push_back(entry.cell);
  std::sort(cells.begin(), cells.end());
  cells.erase(std::unique(cells.begin(), cells.end()), cells.end());
  cross.cells = cells.size();
  const CellNumbers numbers(dictionary_, choice);
  PlaceOfCode places(choice.attributes.size());
  for (const std::int64_t cell : cells) {
    const std::vector<std::int32_t> codes = numbers.CodesOf(cell, false);
    for (std::size_t at = 0; at < codes.size(); ++at) {
      const StoredAttribute& stored = dictionary_.attributes()[choice.attributes[at].stored];
      RIPEN_ASSIGN_OR_RETURN(const std::uint16_t place,
                             PlaceOf(stored, snapshot.attributes[at], codes[at], places[at]));
      cross.columns[at].push_back(place);
    }
  }
  for (std::size_t stage = 0; stage < entries.size(); ++stage) {
    std::vector<cube::CrossRow>& rows = stage == 0 ? cross.shown : cross.stages[stage - 1];
    rows.reserve(entries[stage].size());
    for (const CrossEntry& entry : entries[stage]) {
      const auto at = std::lower_bound(cells.begin(), cells.end(), entry.cell);
      if (at == cells.end() || *at != entry.cell) continue;
      rows.push_back({static_cast<std::int32_t>(at - cells.begin()), Day(entry.day),
                      entry.base_offset, entry.delay, entry.count});
    }
    std::vector<CrossEntry>().swap(entries[stage]);
    std::sort(rows.begin(), rows.end(), [](const cube::CrossRow& a, const cube::CrossRow& b) {
      return std::tie(a.cell, a.shown, a.base_offset, a.delay) <
             std::tie(b.cell, b.shown, b.base_offset, b.delay);
    });
  }
  return cross;
}

}  // namespace ripen::store
