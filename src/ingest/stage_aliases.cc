#include "ingest/stage_aliases.h"

#include <string_view>

#include "ingest/column_name.h"
#include "ingest/role_table.h"

namespace ripen::ingest {

StageAliases AliasesOf(const std::string& stage) {
  StageAliases aliases;
  const std::string stem = NormaliseName(stage);
  aliases.flags.push_back(stem);
  for (const std::string_view ending : TimeEndings()) {
    aliases.times.push_back(stem + std::string(ending));
  }
  for (const StageNames& names : StageTable()) {
    if (names.stage != stage) continue;
    aliases.flags.insert(aliases.flags.begin(), names.flags.begin(), names.flags.end());
    aliases.times.insert(aliases.times.begin(), names.times.begin(), names.times.end());
  }
  return aliases;
}

}  // namespace ripen::ingest
