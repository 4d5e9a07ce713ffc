// `ripen status --format json`.
#pragma once

#include <string>

#include "engine/engine.h"

namespace ripen::cli {

// Keys sorted; ends with a line feed.
std::string StatusJson(const ledger::StoreStatus& status);

}  // namespace ripen::cli
