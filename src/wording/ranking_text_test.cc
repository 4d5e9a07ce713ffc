#include "wording/ranking_text.h"

#include <gtest/gtest.h>

namespace ripen::wording {
namespace {

TEST(RankingText, SaysWhatToSendAndWhatItWouldShow) {
  EXPECT_EQ(MissingColumnText(RankingColumn::kListId, Phrasebook::For("en")),
            "The data do not say which recommendations were shown together. Send a column list_id, "
            "with one value for each list that a customer saw, to see how well lists are ordered.");
  for (const RankingColumn column :
       {RankingColumn::kListId, RankingColumn::kPosition, RankingColumn::kItemId}) {
    for (const char* language : {"en", "de"}) {
      const std::string text = MissingColumnText(column, Phrasebook::For(language));
      EXPECT_NE(text.find(RankingColumnName(column)), std::string::npos) << text;
    }
  }
}

}  // namespace
}  // namespace ripen::wording
