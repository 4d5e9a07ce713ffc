// Which column names say that they hold a stage's outcomes.
#pragma once

#include <string>
#include <vector>

namespace ripen::ingest {

// The normalised names of a stage's flag and time columns: the table's for the default ladder, and
// NAME, NAME_at, NAME_date, ... for every stage.
struct StageAliases {
  std::vector<std::string> flags;
  std::vector<std::string> times;
};
StageAliases AliasesOf(const std::string& stage);

}  // namespace ripen::ingest
