// What the files call things: attributes, their values and the other columns, in two languages.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "model/slice.h"
#include "sim/world.h"

namespace ripen::sim {

enum AttributeIndex : std::size_t {
  kAge,
  kPreference,
  kRegion,
  kCustomerType,
  kDevice,
  kModel,
  kCategory,
  kCollection,
  kPriceBand,
  kSustainable,
  kAttributeCount
};

// The values of one row, as indices into AttributeWords::values.
using AttributeValues = std::array<std::uint8_t, kAttributeCount>;

// One value: how it is written, how often it occurs and how much more or less it is clicked.
struct ValueWords {
  std::string_view english;
  std::string_view german;
  double share = 0;
  double click_factor = 1;
};

struct AttributeWords {
  std::string_view english;
  std::string_view german;
  std::string_view event_name;  // inside "customer", "item" or "context" of an NDJSON event
  AttributeKind kind = AttributeKind::kCustomer;
  bool always = false;  // false: only with --wide-attributes
  std::vector<ValueWords> values;
};

// Index = AttributeIndex. Shares of the ages are a world's own, see scenario.h.
const std::array<AttributeWords, kAttributeCount>& Attributes();
// The attributes a world writes, in column order.
std::vector<AttributeIndex> WrittenAttributes(const WorldOptions& options);

std::string_view AttributeName(AttributeIndex attribute, Language language);
std::string_view ValueName(AttributeIndex attribute, std::size_t value, Language language);

constexpr std::size_t kAge2534 = 1;
constexpr std::size_t kAges = 5;

// The stages in the order of the ladder.
constexpr std::size_t kClick = 0;
constexpr std::size_t kPurchase = 1;
constexpr std::size_t kReturn = 2;
constexpr std::size_t kStages = 3;
constexpr std::array<std::string_view, kStages> kStageNames = {"click", "purchase", "return"};

// The columns that are no attributes.
struct ColumnWords {
  std::string_view id, shown_at, customer_id, item_id, position, score, list_id, truth;
  std::array<std::string_view, kStages> happened;     // wide: clicked, purchased, returned
  std::array<std::string_view, kStages> happened_at;  // wide: clicked_at, ...
  std::string_view stage, outcome_at, event_id, arrived_at, retracted;  // long
  std::string_view yes, no;
  char delimiter;
  char decimal_mark;
};
const ColumnWords& Columns(Language language);

}  // namespace ripen::sim
