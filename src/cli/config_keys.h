// Every key of ripen.toml with its default and what it does: data for the reader's suggestions and
// the starter file.
#pragma once

#include <string_view>
#include <vector>

namespace ripen::cli {

// One key. `section` is empty for the top, "stages.NAME" for a stage.
struct ConfigKey {
  std::string_view section;
  std::string_view key;
  std::string_view default_text;  // as TOML
  std::string_view explanation;   // one line, with the unit
};

const std::vector<ConfigKey>& ConfigKeys();

}  // namespace ripen::cli
