#include "store/duckdb/cells.h"

#include <map>

namespace ripen::store {

static_assert(kMostStoredValues + 2 < (1 << 16), "codes of a further attribute fill 16 bits");

CellNumbers::CellNumbers(const Dictionary& dictionary, const Choice& choice) {
  std::array<std::vector<std::size_t>, 2> of_side;
  for (const std::size_t index : choice.adjust) {
    const std::size_t stored = choice.attributes[index].stored;
    const Side side = dictionary.attributes()[stored].side;
    std::vector<std::size_t>& attributes = of_side[static_cast<std::size_t>(side)];
    adjusted_.push_back({side, attributes.size()});
    attributes.push_back(stored);
  }
  for (std::size_t s = 0; s < 2; ++s) {
    const Side side = static_cast<Side>(s);
    std::map<std::vector<std::int32_t>, std::int32_t> parts;
    part_of_[s].reserve(dictionary.TupleCount(side));
    std::vector<std::int32_t> codes(of_side[s].size());
    for (std::size_t tuple = 0; tuple < dictionary.TupleCount(side); ++tuple) {
      for (std::size_t i = 0; i < codes.size(); ++i) {
        codes[i] = dictionary.CodeIn(side, tuple, of_side[s][i]);
      }
      const auto [entry, is_new] =
          parts.try_emplace(codes, static_cast<std::int32_t>(part_codes_[s].size()));
      if (is_new) part_codes_[s].push_back(codes);
      part_of_[s].push_back(entry->second);
    }
  }
  for (const std::size_t index : choice.further) {
    Further further;
    const std::size_t stored = choice.attributes[index].stored;
    further.side = dictionary.attributes()[stored].side;
    further.code_of.reserve(dictionary.TupleCount(further.side));
    for (std::size_t tuple = 0; tuple < dictionary.TupleCount(further.side); ++tuple) {
      further.code_of.push_back(
          static_cast<std::uint16_t>(dictionary.CodeIn(further.side, tuple, stored)));
    }
    further_.push_back(std::move(further));
  }
}

CellNumbers CellNumbers::Numbered(std::size_t count) {
  CellNumbers cells;
  for (std::size_t number = 0; number < count; ++number) {
    cells.part_of_[0].push_back(static_cast<std::int32_t>(number));
  }
  cells.part_of_[1].push_back(0);
  return cells;
}

std::vector<std::int32_t> CellNumbers::CodesOf(std::int64_t cell, bool has_further) const {
  const std::array<std::size_t, 2> parts = {static_cast<std::size_t>(cell >> 40),
                                            static_cast<std::size_t>(cell >> 16 & 0xFFFFFF)};
  std::vector<std::int32_t> codes;
  for (const Adjusted& adjusted : adjusted_) {
    const auto side = static_cast<std::size_t>(adjusted.side);
    codes.push_back(part_codes_[side][parts[side]][adjusted.place]);
  }
  if (has_further) codes.push_back(static_cast<std::int32_t>(cell & 0xFFFF));
  return codes;
}

}  // namespace ripen::store
