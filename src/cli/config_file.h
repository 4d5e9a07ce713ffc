// ripen.toml: read, checked and written.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "engine/engine.h"
#include "model/config.h"

namespace ripen::cli {

// Reads a configuration file. Every key is optional; absent ones have the default of
// model/config.h. Errors: kNotFound without the file; kInvalidArgument with file, line and the
// nearest known name for an unknown key, and with the value for one outside its bounds.
[[nodiscard]] Result<Config> ReadConfig(const std::string& path);
// The same over a text; `name` stands in the sentences.
[[nodiscard]] Result<Config> ParseConfig(std::string_view text, const std::string& name);

// A commented ripen.toml that says how the planned files would be read, with every key, its
// default, its unit and a line of explanation. Read back, it maps the files in the same way.
std::string StarterConfig(const std::vector<ledger::ImportPlan>& plans, const Config& config);

}  // namespace ripen::cli
