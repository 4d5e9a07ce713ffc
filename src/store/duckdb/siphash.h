// SipHash-2-4: a keyed 64-bit hash of short texts, the same on every machine and release.
#pragma once

#include <cstdint>
#include <string_view>

namespace ripen::store {

struct SipKey {
  std::uint64_t k0 = 0;
  std::uint64_t k1 = 0;
};

// The key of ids and contents. It is no secret: it only has to be the same for ever.
constexpr SipKey kContentKey{0x526970656e2d6964ULL, 0x636f6e74656e7431ULL};

// Source: Aumasson and Bernstein, "SipHash: a fast short-input PRF" (2012).
// Worked value: key bytes 00..0f, text bytes 00..0e: 0xa129ca6149be45e5 (appendix A).
std::uint64_t SipHash(const SipKey& key, std::string_view text);

}  // namespace ripen::store
