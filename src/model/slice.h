// Attributes, segments (attribute = value) and slices (a conjunction of segments).
#pragma once

#include <compare>
#include <optional>
#include <string>
#include <vector>

namespace ripen {

// Whom or what an attribute describes.
enum class AttributeKind { kCustomer, kItem, kContext };

// A value as written; missing (nullopt) is a group of its own.
using AttributeValue = std::optional<std::string>;

// One attribute = one value.
struct Segment {
  std::string attribute;
  AttributeValue value;
  auto operator<=>(const Segment&) const = default;
};

// "age_group=25-34"; without a value the missing one. nullopt without an attribute or '='.
std::optional<Segment> ParseSegment(const std::string& text);

// A conjunction of segments, ordered by attribute name; the empty slice is everything.
struct Slice {
  std::vector<Segment> segments;

  static Slice Of(std::vector<Segment> segments);  // sorts by attribute
  bool IsTotal() const { return segments.empty(); }
  // Whether every member of this slice is a member of `other` (its segments contain the other's).
  bool IsInside(const Slice& other) const;
  // The canonical text for sorting and hashing: {"age_group":"25-34","region":null}.
  std::string Canonical() const;
  auto operator<=>(const Slice&) const = default;
};

}  // namespace ripen
