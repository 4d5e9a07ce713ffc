// The whole cube of one choice of attributes in memory, from which the cube of any as-of day is a
// filter: what became known by then, in the same order.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <unordered_map>
#include <utility>
#include <vector>

#include "base/result.h"
#include "cube/snapshot.h"
#include "store/duckdb/cells.h"
#include "store/duckdb/choice.h"
#include "store/duckdb/counts.h"
#include "store/duckdb/cube_tables.h"
#include "store/duckdb/dictionary.h"
#include "store/duckdb/row_loader.h"

namespace ripen::store {

// Calls back with every count, in any order; entries of one key are summed. It is called twice.
using CountSource = std::function<Status(const std::function<void(const CountEntry&)>&)>;

class CubeImage {
 public:
  // `threads`: for this and for the snapshots. Cost: 24 bytes a count. Errors: those of the source.
  [[nodiscard]] static Result<std::unique_ptr<CubeImage>> Make(
      const Dictionary& dictionary, Choice choice, const CountSource& counts,
      std::vector<DayEntry> days, std::vector<MemberMap::Entry> members, int threads);

  // Follows a refresh that wrote `change`, so that the image equals one made from the tables anew.
  // `choice` makes the same cells as the image's. `members`: where they are others now. Cost: that
  // of the change and a pass over the counts of the families it has counts of.
  void Update(Choice choice, const CubeChange& change,
              std::optional<std::vector<MemberMap::Entry>> members);
  std::size_t rows() const;

  const Choice& choice() const { return choice_; }
  const std::vector<DayEntry>& days() const { return days_; }
  // The first day shown and the first day of arrival among what was known on a day.
  struct KnownDays {
    std::int32_t first_shown = 0;
    std::int32_t first_arrival = 0;
  };
  std::optional<KnownDays> KnownOn(std::int32_t as_of) const;

  // The cube as known on a day. `start` is the choice made as of that day: it tells which values
  // were known at the start; its attributes are this image's.
  cube::Snapshot SnapshotOn(std::int32_t as_of, const StageLadder& ladder,
                            const std::vector<StoredStage>& stages, const Choice& start) const;

 private:
  struct Row {
    std::int32_t cell = 0;
    std::int32_t day = 0;
    std::int32_t base_offset = 0;
    std::int32_t delay = 0;
    std::int32_t gained = 0;
    std::int32_t lost = 0;
    std::int32_t known_on() const { return day + base_offset + delay; }
  };
  struct FamilyImage {
    std::vector<std::vector<std::int32_t>> cells;  // places in values_ of each cell's attributes
    std::vector<std::vector<Row>> stages;          // shown, then the ladder's
  };
  // The values of an attribute by content: missing first, then by text.
  struct ValueOrder {
    std::vector<AttributeValue> values;
    std::vector<std::int32_t> codes;                // by place
    std::map<std::int32_t, std::int32_t> place_of;  // by code
  };
  // The cells of each family; their numbers once NumberCells has given them.
  using FamilyCells = std::vector<std::unordered_map<std::int64_t, std::int32_t>>;
  void OrderValues(const FamilyCells& of_family, const CellNumbers& cells);
  void NumberCells(FamilyCells& of_family, const CellNumbers& cells);
  static void SumRows(std::vector<Row>& rows);
  static void MergeRows(std::vector<Row>& rows, std::vector<Row>& added);
  void AddCells(const std::vector<CountEntry>& counts);
  void UpdateDays(const CubeChange& change);
  void NoteDaysShown();
  // The attribute of each code of a cell of the family.
  std::vector<std::size_t> AttributesOf(std::size_t family) const;
  cube::Family FamilyOn(std::size_t index, std::int32_t as_of,
                        const std::vector<std::vector<std::int32_t>>& new_place,
                        std::size_t ladder_stages) const;
  std::vector<std::vector<bool>> ValuesKnownOn(std::int32_t as_of) const;
  void AddAttributes(std::int32_t as_of, const Choice& start,
                     const std::vector<std::vector<bool>>& known, cube::Snapshot& snapshot) const;
  // By attribute: the place of a code's value in the snapshot.
  using PlacesOfCodes = std::vector<std::map<std::int32_t, std::size_t>>;
  void AddPairMembers(std::int32_t as_of, const PlacesOfCodes& places,
                      cube::Snapshot& snapshot) const;
  void AddDays(std::int32_t as_of, const std::vector<StoredStage>& stages,
               cube::Snapshot& snapshot) const;

  CubeImage(const Dictionary& dictionary, Choice choice, int threads)
      : dictionary_(dictionary), choice_(std::move(choice)), threads_(threads) {}

  const Dictionary& dictionary_;
  Choice choice_;
  int threads_;
  std::vector<ValueOrder> values_;  // by attribute of the choice
  std::vector<FamilyImage> families_;
  FamilyCells numbers_;  // the number of each cell in its family
  std::set<std::pair<std::int32_t, std::int32_t>> days_shown_;  // and when they became known
  std::vector<DayEntry> days_;
  std::vector<MemberMap::Entry> members_;  // by attribute, code
};

}  // namespace ripen::store
