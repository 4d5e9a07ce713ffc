#include "ledger/where.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace ripen::ledger {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

TEST(ParseWhere, ReadsPairsJoinedByAnd) {
  EXPECT_THAT(*ParseWhere("is_product = '1' AND country='DE'"),
              ElementsAre(WhereTerm{"is_product", "1"}, WhereTerm{"country", "DE"}));
  EXPECT_THAT(*ParseWhere("n = 0"), ElementsAre(WhereTerm{"n", "0"}));
}

TEST(ParseWhere, UndoesDoubledQuotes) {
  EXPECT_THAT(*ParseWhere("\"a \"\"b\"\"\" = 'it''s'"), ElementsAre(WhereTerm{"a \"b\"", "it's"}));
}

TEST(ParseWhere, TakesEmptyTextAsNoCondition) { EXPECT_TRUE(ParseWhere("  ")->empty()); }

TEST(ParseWhere, NamesThePlaceOfAnError) {
  EXPECT_THAT(ParseWhere("a > '1'").error().message,
              HasSubstr("expected = at place 3 of \"a > '1'\""));
  EXPECT_THAT(ParseWhere("a = '1").error().message, HasSubstr("expected a closing '"));
  EXPECT_THAT(ParseWhere("a = '1' or b = '2'").error().message, HasSubstr("expected and"));
  EXPECT_THAT(ParseWhere("= '1'").error().message, HasSubstr("expected a column at place 1"));
  EXPECT_EQ(ParseWhere("a =").error().code, ErrorCode::kInvalidArgument);
}

}  // namespace
}  // namespace ripen::ledger
