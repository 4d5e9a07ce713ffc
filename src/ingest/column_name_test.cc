#include "ingest/column_name.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace ripen::ingest {
namespace {

using testing::ElementsAre;

ledger::ColumnProbe Column(std::string name, std::vector<std::optional<std::string>> sample) {
  ledger::ColumnProbe column;
  column.name = std::move(name);
  column.sample = std::move(sample);
  return column;
}

TEST(NormaliseName, IgnoresCaseSpacesDashesAndUmlauts) {
  EXPECT_EQ(NormaliseName("Recommendation-ID"), "recommendationid");
  EXPECT_EQ(NormaliseName("Zurück-geschickt am"), "zurueckgeschicktam");
  EXPECT_EQ(NormaliseName("GRÖẞE"), "groeẞe");  // a capital ß is no letter of the table
  EXPECT_EQ(NormaliseName("Maß_Ärmel"), "massaermel");
}

TEST(WordsOf, CutsAtSeparatorsAndCapitals) {
  EXPECT_THAT(WordsOf("priceBand_EU"), ElementsAre("price", "band", "eu"));
  EXPECT_THAT(WordsOf("item.collection name"), ElementsAre("item", "collection", "name"));
  EXPECT_THAT(WordsOf("__"), ElementsAre());
}

TEST(HoldsTimes, KnowsCalendarTimesAndEpochs) {
  EXPECT_TRUE(HoldsTimes(Column("x", {"2026-11-12", std::nullopt, "2026-11-12T09:14:00Z"})));
  EXPECT_TRUE(HoldsTimes(Column("x", {"12.11.2026", "12.11.2026 09:14"})));
  EXPECT_TRUE(HoldsTimes(Column("x", {"1794478440", "1794478440000"})));
  EXPECT_FALSE(HoldsTimes(Column("x", {"25-34", "35-44"})));
  EXPECT_FALSE(HoldsTimes(Column("x", {"1", "0", "true"})));
  EXPECT_FALSE(HoldsTimes(Column("x", {std::nullopt})));
  ledger::ColumnProbe typed = Column("x", {});
  typed.engine_type = "TIMESTAMP WITH TIME ZONE";
  EXPECT_TRUE(HoldsTimes(typed));
}

TEST(LooksLikeTime, GoesByNameOrCalendarButNotByLongNumbers) {
  EXPECT_TRUE(LooksLikeTime(Column("updated_at", {"x"})));
  EXPECT_TRUE(LooksLikeTime(Column("Lieferdatum", {"2026-11-12"})));
  EXPECT_FALSE(LooksLikeTime(Column("ean", {"4006381333931", "4006381333948"})));
  EXPECT_FALSE(LooksLikeTime(Column("time_of_day", {"morning"})));
  EXPECT_FALSE(LooksLikeTime(Column("format", {"wide"})));
}

}  // namespace
}  // namespace ripen::ingest
