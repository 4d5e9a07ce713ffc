// The dictionary of attributes: every value has a code, every combination of a row's codes one id.
//
// A row stores two ids: its customer and context attributes (`who`) and its item attributes
// (`what`). Codes and ids count up as texts arrive; nothing that leaves the store shows them.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>
#include <deque>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/result.h"
#include "model/slice.h"
#include "store/duckdb/duck.h"

namespace ripen::store {

// Attributes with more different values than this are no segment and keep no further values.
constexpr std::size_t kMostStoredValues = 10'000;
// Codes. Real values follow.
constexpr std::int32_t kMissingCode = 0;
constexpr std::int32_t kUncountedCode = 1;  // came when the attribute already had too many values
constexpr std::int32_t kUnknownCode = -1;   // no code: not looked up yet

enum class Side : std::uint8_t { kWho, kWhat };

struct StoredAttribute {
  std::string name;
  Side side = Side::kWho;
  unsigned kinds = 0;  // bit 1 << AttributeKind for every kind a file gave it
  bool overflowed = false;
  std::deque<std::string> values;  // values[code - 2]
  // The text of a code; missing for kMissingCode and kUncountedCode.
  AttributeValue ValueOf(std::int32_t code) const {
    if (code < 2) return std::nullopt;
    return values[static_cast<std::size_t>(code) - 2];
  }
};

// Not thread safe.
class Dictionary {
 public:
  // Reads what the store holds; forgets everything not saved.
  [[nodiscard]] Status Load(duck::Connection& connection);
  // Writes what is new since Load or the last Save, in the connection's transaction.
  [[nodiscard]] Status Save(duck::Connection& connection);

  // The attribute of this name, made where there is none. The side is that of its first kind.
  std::size_t AttributeOf(const std::string& name, AttributeKind kind);
  std::int32_t CodeOf(std::size_t attribute, std::string_view text);
  // The same for texts met lately, and kMissingCode for an empty one; else kUnknownCode.
  std::int32_t RecentCodeOf(std::size_t attribute, std::string_view text) const {
    if (text.empty()) return kMissingCode;
    const Recent& recent = lookups_[attribute].recent[SlotOf(text)];
    return recent.code >= 0 && recent.text == text ? recent.code : kUnknownCode;
  }
  // The id of a combination: codes[i] of attributes[i], all of one side.
  std::int32_t TupleOf(Side side, const std::vector<std::size_t>& attributes,
                       const std::vector<std::int32_t>& codes);
  // A hash of a combination's names and texts, the same in every store.
  std::uint64_t ContentOf(Side side, std::int32_t tuple) const {
    return tuples_[static_cast<std::size_t>(side)].contents[static_cast<std::size_t>(tuple)];
  }

  const std::vector<StoredAttribute>& attributes() const { return attributes_; }
  std::size_t TupleCount(Side side) const {
    return tuples_[static_cast<std::size_t>(side)].codes.size();
  }
  // The code of one attribute in a combination.
  std::int32_t CodeIn(Side side, std::size_t tuple, std::size_t attribute) const {
    const auto& codes = tuples_[static_cast<std::size_t>(side)].codes[tuple];
    return attribute < codes.size() ? codes[attribute] : kMissingCode;
  }

 private:
  struct TextHash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const {
      return std::hash<std::string_view>{}(text);
    }
  };
  using CodeMap = std::unordered_map<std::string, std::int32_t, TextHash, std::equal_to<>>;
  // A few recent texts of a column, as columns repeat few values.
  struct Recent {
    std::string_view text;
    std::int32_t code = -1;
  };
  struct Lookup {
    CodeMap codes;
    std::array<Recent, 256> recent;
  };
  struct Tuples {
    std::vector<std::vector<std::int32_t>> codes;  // by attribute index, no trailing zeros
    std::vector<std::uint64_t> contents;
    std::vector<std::size_t> given;  // codes that are not missing
    CodeMap ids;                     // key: the codes' bytes
    std::vector<std::int32_t> recent = std::vector<std::int32_t>(4096, -1);
    std::size_t saved = 0;
  };
  // A cheap mix of a short text: its length, its first and its last bytes.
  static std::size_t SlotOf(std::string_view text) {
    std::uint64_t first = 0;
    std::uint64_t last = 0;
    const std::size_t taken = std::min<std::size_t>(sizeof(first), text.size());
    std::memcpy(&first, text.data(), taken);
    std::memcpy(&last, text.data() + text.size() - taken, taken);
    return ((first ^ (last << 1) ^ text.size()) * 0x9E3779B97F4A7C15ULL) >> 56;
  }
  std::uint64_t HashContent(const std::vector<std::int32_t>& codes) const;
  std::int32_t AddTuple(Tuples& tuples, std::vector<std::int32_t> codes);

  std::vector<StoredAttribute> attributes_;
  std::deque<Lookup> lookups_;
  std::unordered_map<std::string, std::size_t> by_name_;
  std::array<Tuples, 2> tuples_;
  std::vector<std::size_t> saved_values_;
  std::vector<std::int32_t> row_codes_;
};

}  // namespace ripen::store
