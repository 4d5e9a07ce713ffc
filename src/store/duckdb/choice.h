// Which attributes are segments, and which of them make the base cells.
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "base/result.h"
#include "ledger/store.h"
#include "store/duckdb/dictionary.h"
#include "store/duckdb/duck.h"

namespace ripen::store {

// The base cells stay under this number.
constexpr std::size_t kMostBaseCells = 20'000;
constexpr std::size_t kMostSegmentValues = 200;
constexpr std::size_t kMostNumericValues = 20;
// What the first days held decides.
constexpr std::int32_t kStartDays = 14;

struct ChosenAttribute {
  std::size_t stored = 0;  // index in the dictionary
  std::string name;
  AttributeKind kind = AttributeKind::kCustomer;
  std::vector<std::int32_t> start_codes;  // seen at the start, ascending
};

// A pure function of what was known at the end of the first days shown.
struct Choice {
  std::vector<ChosenAttribute> attributes;  // by name
  std::vector<std::size_t> adjust;          // indices of attributes, in cell order
  std::vector<std::size_t> further;         // the others
  // Attributes whose values' pairs are counted, so that their members are too; first < second.
  std::vector<std::pair<std::size_t, std::size_t>> pairs;
  std::vector<std::string> notes;  // sentences on columns left out
  // Equal for choices that make the same cells.
  std::string Fingerprint() const;
};

// The days of one look: when it decides what.
struct StartWindow {
  std::int32_t first_day = 0;  // the first day shown, as known
  std::int32_t decided_on = 0;
  auto operator<=>(const StartWindow&) const = default;
};

[[nodiscard]] Result<Choice> ChooseAttributes(duck::Connection& connection,
                                              const Dictionary& dictionary,
                                              const ledger::StoreConfig& config,
                                              const StartWindow& window);

}  // namespace ripen::store
