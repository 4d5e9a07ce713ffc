#include "wording/ranking_text.h"

namespace ripen::wording {

std::string MissingColumnText(RankingColumn column, const Phrasebook& phrasebook) {
  return phrasebook.Say("ranking.missing." + RankingColumnName(column));
}

}  // namespace ripen::wording
