// Which item attribute tells collections apart.
#pragma once

#include <string>

namespace ripen::monitor {

// By its name, in English or German.
bool NamesACollection(const std::string& attribute);

}  // namespace ripen::monitor
