#include "store/duckdb/counts.h"

#include <algorithm>

namespace ripen::store {

void CountMap::Add(std::int32_t family, std::int64_t cell, std::int32_t day, std::int32_t stage,
                   std::int32_t base_offset, std::int32_t delay, std::int32_t gained,
                   std::int32_t lost) {
  std::uint64_t mix = static_cast<std::uint64_t>(cell) * 0x9E3779B97F4A7C15ULL;
  mix ^= mix >> 32;
  mix += static_cast<std::uint64_t>(day) << 32 | static_cast<std::uint64_t>(stage) << 24 |
         static_cast<std::uint64_t>(family) << 16;
  mix = (mix + static_cast<std::uint64_t>(delay) * 131 +
         static_cast<std::uint64_t>(base_offset) * 8191) *
        0xD6E8FEB86659FD93ULL;
  mix ^= mix >> 32;
  const std::size_t mask = slots_.size() - 1;
  for (std::size_t at = mix & mask;; at = (at + 1) & mask) {
    Slot& slot = slots_[at];
    if (!slot.used) {
      slot = {cell,
              day,
              base_offset,
              delay,
              static_cast<std::uint16_t>(family),
              static_cast<std::uint8_t>(stage),
              true,
              gained,
              lost};
      if (++used_ * 10 > slots_.size() * 7) Grow();
      return;
    }
    if (slot.cell == cell && slot.day == day && slot.delay == delay && slot.stage == stage &&
        slot.family == family && slot.base_offset == base_offset) {
      slot.gained += gained;
      slot.lost += lost;
      return;
    }
  }
}

void CountMap::Grow() {
  std::vector<Slot> old(slots_.size() * 2);
  old.swap(slots_);
  used_ = 0;
  for (const Slot& slot : old) {
    if (!slot.used) continue;
    Add(slot.family, slot.cell, slot.day, slot.stage, slot.base_offset, slot.delay, slot.gained,
        slot.lost);
  }
}

void CountMap::Clear() {
  std::fill(slots_.begin(), slots_.end(), Slot());
  used_ = 0;
}

std::vector<DayEntry> DayMap::Take() {
  std::vector<DayEntry> entries;
  for (const auto& [key, change] : changes_) {
    if (change == 0) continue;
    entries.push_back({key.day, key.kind, key.stage, key.known_on, key.extra, change});
  }
  std::sort(entries.begin(), entries.end(),
            [](const DayEntry& a, const DayEntry& b) { return a.Key() < b.Key(); });
  changes_.clear();
  return entries;
}

namespace {

template <typename Entries>
auto& At(Entries& entries, std::size_t place) {
  if (place >= entries.size()) entries.resize(place + 1);
  return entries[place];
}

}  // namespace

void MemberMap::Add(std::int32_t attribute, std::int32_t code, std::uint64_t customer,
                    std::int32_t known_on) {
  if (IsPair(attribute)) {
    const auto [first, second] = CodesIn(code);
    AddTo(At(At(pairs_[attribute], static_cast<std::size_t>(first)),
             static_cast<std::size_t>(second)),
          kMostOfPair, customer, known_on);
  } else {
    AddTo(At(At(members_, static_cast<std::size_t>(attribute)), static_cast<std::size_t>(code)),
          kMostMembers, customer, known_on);
  }
}

void MemberMap::AddTo(Members& members, std::size_t most, std::uint64_t customer,
                      std::int32_t known_on) {
  if (known_on >= members.limit) return;
  const auto [entry, is_new] = members.known_on.try_emplace(customer, known_on);
  if (!is_new) {
    entry->second = std::min(entry->second, known_on);
  } else if (members.known_on.size() >= 2 * most) {
    TrimOne(members, most);
  }
}

void MemberMap::TrimOne(Members& members, std::size_t most) {
  if (members.known_on.size() < most) return;
  std::vector<std::pair<std::int32_t, std::uint64_t>> order;
  order.reserve(members.known_on.size());
  for (const auto& [customer, known_on] : members.known_on) order.emplace_back(known_on, customer);
  std::nth_element(order.begin(), order.begin() + static_cast<std::ptrdiff_t>(most) - 1,
                   order.end());
  members.limit = order[most - 1].first;
  order.resize(most);
  members.known_on.clear();
  for (const auto& [known_on, customer] : order) members.known_on.emplace(customer, known_on);
}

void MemberMap::Trim() {
  for (std::vector<Members>& attribute : members_) {
    for (Members& members : attribute) TrimOne(members, kMostMembers);
  }
  for (auto& [pair, by_first] : pairs_) {
    for (std::vector<Members>& by_second : by_first) {
      for (Members& members : by_second) TrimOne(members, kMostOfPair);
    }
  }
}

// Who is not among the first in one part, because enough are earlier, cannot be among the first of
// all: so the parts' bounds lose nothing.
void MemberMap::Merge(const MemberMap& other) {
  for (const Entry& entry : other.Entries()) {
    Add(entry.attribute, entry.code, entry.customer, entry.known_on);
  }
}

const MemberMap::Members* MemberMap::Find(std::int32_t attribute, std::int32_t code) const {
  const auto at = [](const auto& entries, std::size_t place) {
    return place < entries.size() ? &entries[place] : nullptr;
  };
  if (!IsPair(attribute)) {
    const auto* codes = at(members_, static_cast<std::size_t>(attribute));
    return codes != nullptr ? at(*codes, static_cast<std::size_t>(code)) : nullptr;
  }
  const auto pair = pairs_.find(attribute);
  if (pair == pairs_.end()) return nullptr;
  const auto [first, second] = CodesIn(code);
  const auto* seconds = at(pair->second, static_cast<std::size_t>(first));
  return seconds != nullptr ? at(*seconds, static_cast<std::size_t>(second)) : nullptr;
}

bool MemberMap::RestsOn(const Entry& entry) const {
  const Members* members = Find(entry.attribute, entry.code);
  if (members == nullptr) return false;
  const auto found = members->known_on.find(entry.customer);
  return found != members->known_on.end() && found->second == entry.known_on;
}

std::vector<MemberMap::Entry> MemberMap::Entries() const {
  std::vector<Entry> entries;
  const auto put = [&](std::int32_t attribute, std::int32_t code, const Members& members) {
    for (const auto& [customer, known_on] : members.known_on) {
      entries.push_back({attribute, code, customer, known_on});
    }
  };
  for (std::size_t attribute = 0; attribute < members_.size(); ++attribute) {
    for (std::size_t code = 0; code < members_[attribute].size(); ++code) {
      put(static_cast<std::int32_t>(attribute), static_cast<std::int32_t>(code),
          members_[attribute][code]);
    }
  }
  for (const auto& [pair, by_first] : pairs_) {
    for (std::size_t first = 0; first < by_first.size(); ++first) {
      for (std::size_t second = 0; second < by_first[first].size(); ++second) {
        put(pair, CodesOf(static_cast<std::int32_t>(first), static_cast<std::int32_t>(second)),
            by_first[first][second]);
      }
    }
  }
  return entries;
}

}  // namespace ripen::store
