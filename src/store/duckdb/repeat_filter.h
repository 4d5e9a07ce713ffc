// Notes which of very many keys may have come before, in two bytes a key: in a new store only those
// have to be compared, and comparing all of them costs as much as reading them.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace ripen::store {

// A Bloom filter whose four bits of a key share one word. Keys must be hashes: all their bits
// count. Misses no repeated key; notes about one in a hundred others too. Not thread safe. Source:
// Bloom 1970, CACM 13:422-426, doi:10.1145/362686.362692; Putze, Sanders and Singler 2009, ACM JEA
// 14:4.
class RepeatFilter {
 public:
  void Add(std::uint64_t key);
  // Every key that came more than once, at least once. Null where so many were noted that they are
  // of no use.
  const std::vector<std::uint64_t>* Noted();

 private:
  static constexpr std::size_t kMostNoted = 1'000'000;
  struct Layer {
    std::vector<std::uint64_t> words;
    int shift = 0;         // a key's word is key >> shift
    std::size_t room = 0;  // keys that may still be added
  };
  void AddLayer();
  void Look();

  std::vector<Layer> layers_;  // a full one stays; the last one takes new keys
  // Memory answers slowly: a key is looked up when its words have had time to come.
  std::array<std::uint64_t, 64> waiting_{};
  std::size_t waiting_count_ = 0;
  std::vector<std::uint64_t> noted_;
};

}  // namespace ripen::store
