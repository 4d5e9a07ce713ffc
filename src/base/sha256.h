// SHA-256, for ids that must be the same on every machine and release.
#pragma once

#include <string>
#include <string_view>

namespace ripen {

// The 64 lower-case hex digits of SHA-256 over `bytes`.
// Worked value: Sha256Hex("abc") starts with "ba7816bf8f01".
std::string Sha256Hex(std::string_view bytes);

}  // namespace ripen
