// Cells as numbers: which cell of which family a recommendation belongs to.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "store/duckdb/choice.h"
#include "store/duckdb/dictionary.h"

namespace ripen::store {

// Numbers follow from the dictionary and the choice: combinations added later change no number.
// A cell of the base family is its combination of adjustment attributes; a cell of a further family
// is a base cell and a code.
class CellNumbers {
 public:
  CellNumbers(const Dictionary& dictionary, const Choice& choice);
  // Cells that have numbers of their own, 0 .. count - 1, given as `who` with `what` 0.
  static CellNumbers Numbered(std::size_t count);
  // The number that such a cell has. Requires: a cell of Numbered.
  static std::int32_t NumberOf(std::int64_t cell) { return static_cast<std::int32_t>(cell >> 40); }

  // Requires: both combinations are in the dictionary.
  std::int64_t BaseCell(std::int32_t who, std::int32_t what) const {
    return static_cast<std::int64_t>(part_of_[0][static_cast<std::size_t>(who)]) << 40 |
           static_cast<std::int64_t>(part_of_[1][static_cast<std::size_t>(what)]) << 16;
  }
  // The cell in the family of choice.further[index].
  std::int64_t FurtherCell(std::int64_t base_cell, std::size_t index, std::int32_t who,
                           std::int32_t what) const {
    const Further& further = further_[index];
    return base_cell |
           further.code_of[static_cast<std::size_t>(further.side == Side::kWho ? who : what)];
  }
  std::size_t further_count() const { return further_.size(); }

  // The codes of a cell: one for each adjustment attribute, then the further one if there is one.
  std::vector<std::int32_t> CodesOf(std::int64_t cell, bool has_further) const;

 private:
  CellNumbers() = default;
  struct Further {
    Side side = Side::kWho;
    std::vector<std::uint16_t> code_of;  // by combination
  };
  struct Adjusted {
    Side side = Side::kWho;
    std::size_t place = 0;  // among the codes of its side's part
  };
  std::array<std::vector<std::int32_t>, 2> part_of_;                  // by side, by combination
  std::array<std::vector<std::vector<std::int32_t>>, 2> part_codes_;  // by side, by part
  std::vector<Adjusted> adjusted_;                                    // in cell order
  std::vector<Further> further_;
};

}  // namespace ripen::store
