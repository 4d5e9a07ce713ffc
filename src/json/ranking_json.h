// The answer of /api/v1/ranking; described in docs/format/json.md.
#pragma once

#include <functional>
#include <string>

#include "model/ranking.h"

namespace ripen::json {

// What a missing column would be needed for, in both languages.
struct ColumnTexts {
  std::string en;
  std::string de;
};
using ColumnTextsOf = std::function<ColumnTexts(RankingColumn)>;

std::string RankingJson(const RankingReport& report, const ColumnTextsOf& texts_of);

}  // namespace ripen::json
