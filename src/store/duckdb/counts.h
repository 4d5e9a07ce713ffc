// Counters of the cube while it is made: additive, so that parts may be folded in any order.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <tuple>
#include <unordered_map>
#include <utility>
#include <vector>

#include "cube/snapshot.h"
#include "store/duckdb/fold.h"

namespace ripen::store {

// A row of cube_count. Family 0 is the base family; stage 0 is shown, then the ladder.
struct CountEntry {
  std::int64_t cell = 0;
  std::int32_t day = 0;
  std::int32_t family = 0;
  std::int32_t stage = 0;
  std::int32_t base_offset = 0;
  std::int32_t delay = 0;
  std::int64_t gained = 0;
  std::int64_t lost = 0;
};

// A hash table from the six keys to the two counts. What is taken away is added negative; keys
// whose counts are both zero are passed over.
class CountMap {
 public:
  CountMap() : slots_(1 << 16) {}
  void Add(std::int32_t family, std::int64_t cell, std::int32_t day, std::int32_t stage,
           std::int32_t base_offset, std::int32_t delay, std::int32_t gained, std::int32_t lost);
  template <typename Visit>
  void ForEach(const Visit& visit) const {
    for (const Slot& slot : slots_) {
      if (slot.used && (slot.gained != 0 || slot.lost != 0)) visit(EntryOf(slot));
    }
  }
  void Clear();

 private:
  struct Slot {
    std::int64_t cell = 0;
    std::int32_t day = 0;
    std::int32_t base_offset = 0;
    std::int32_t delay = 0;
    std::uint16_t family = 0;
    std::uint8_t stage = 0;
    bool used = false;
    std::int32_t gained = 0;
    std::int32_t lost = 0;
  };
  static CountEntry EntryOf(const Slot& slot) {
    return {slot.cell,        slot.day,   slot.family, slot.stage,
            slot.base_offset, slot.delay, slot.gained, slot.lost};
  }
  void Grow();
  std::vector<Slot> slots_;
  std::size_t used_ = 0;
};

// A row of cube_day.
struct DayEntry {
  std::int32_t day = 0;
  std::int32_t kind = 0;
  std::int32_t stage = 0;
  std::int32_t known_on = 0;
  std::int32_t extra = 0;
  std::int64_t change = 0;
  auto Key() const { return std::tuple(day, kind, stage, known_on, extra); }
};

class DayMap {
 public:
  // `sign`: -1 takes the change away.
  void Add(std::int32_t day, const DayChange& change, std::int32_t sign = 1) {
    changes_[{day, static_cast<std::int32_t>(change.kind), change.stage, change.known_on,
              change.extra}] += change.change * sign;
  }
  // In the order of their keys, without those that are zero. Empties the map.
  std::vector<DayEntry> Take();

 private:
  struct Key {
    std::int32_t day, kind, stage, known_on, extra;
    bool operator==(const Key&) const = default;
  };
  struct KeyHash {
    std::size_t operator()(const Key& key) const {
      std::uint64_t mix = static_cast<std::uint32_t>(key.day);
      for (const std::int32_t part : {key.kind, key.stage, key.known_on, key.extra}) {
        mix = (mix ^ static_cast<std::uint32_t>(part)) * 0x9E3779B97F4A7C15ULL;
        mix ^= mix >> 29;
      }
      return mix;
    }
  };
  std::unordered_map<Key, std::int64_t, KeyHash> changes_;
};

// For every value of every attribute, and for the pairs of values that are counted, the customers
// known first, up to a bound: enough to compare their number on any day with a smallest group.
class MemberMap {
 public:
  static constexpr std::size_t kMostMembers = 2'000;
  static constexpr std::size_t kMostOfPair = static_cast<std::size_t>(cube::PairMembers::kMost);
  // Two stored attributes as one, and their codes as one.
  static std::int32_t PairOf(std::size_t first, std::size_t second) {
    return static_cast<std::int32_t>((first + 1) * kPairs + second);
  }
  static std::int32_t CodesOf(std::int32_t first, std::int32_t second) {
    return static_cast<std::int32_t>(static_cast<std::uint32_t>(first) << 16U |
                                     static_cast<std::uint32_t>(second));
  }
  static std::pair<std::int32_t, std::int32_t> CodesIn(std::int32_t codes) {
    const auto bits = static_cast<std::uint32_t>(codes);
    return {static_cast<std::int32_t>(bits >> 16U), static_cast<std::int32_t>(bits & 0xFFFFU)};
  }
  void Add(std::int32_t attribute, std::int32_t code, std::uint64_t customer,
           std::int32_t known_on);
  struct Entry {
    std::int32_t attribute;
    std::int32_t code;
    std::uint64_t customer;
    std::int32_t known_on;
  };
  std::vector<Entry> Entries() const;
  // Whether taking a customer's recommendation of that day away could change what is kept.
  bool RestsOn(const Entry& entry) const;
  // Adds what the other knows.
  void Merge(const MemberMap& other);
  // Keeps the bound exactly: the earliest known_on, whoever they are.
  void Trim();

 private:
  struct Members {
    std::unordered_map<std::uint64_t, std::int32_t> known_on;  // by customer
    std::int32_t limit = INT32_MAX;  // later ones cannot be among the first any more
  };
  static constexpr std::size_t kPairs = 4'096;  // over the number of stored attributes
  static bool IsPair(std::int32_t attribute) {
    return static_cast<std::size_t>(attribute) >= kPairs;
  }
  static void AddTo(Members& members, std::size_t most, std::uint64_t customer,
                    std::int32_t known_on);
  static void TrimOne(Members& members, std::size_t most);
  const Members* Find(std::int32_t attribute, std::int32_t code) const;
  std::vector<std::vector<Members>> members_;  // by attribute, by code
  std::unordered_map<std::int32_t, std::vector<std::vector<Members>>> pairs_;  // by code, by code
};

}  // namespace ripen::store
