// Base64, for bytes inside a text.
#pragma once

#include <string>
#include <string_view>

namespace ripen {

// RFC 4648, with padding and without line breaks. Worked value: "Man" -> "TWFu".
std::string Base64(std::string_view bytes);

}  // namespace ripen
