#include <gmock/gmock.h>

#include "store/store_fixture.h"

namespace ripen::store {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

class ImportTest : public StoreFixture {};

TEST_F(ImportTest, WideFileBecomesCube) {
  Open();
  const std::string path = Write("wide.csv",
                                 "id,shown_at,clicked_at,age_group,brand\n"
                                 "1,2026-11-01T10:00:00Z,2026-11-01T10:05:00Z,25-34,A\n"
                                 "2,2026-11-01T11:00:00Z,,25-34,B\n"
                                 "3,2026-11-02T10:00:00Z,2026-11-03T09:00:00Z,35-44,A\n"
                                 "4,2026-11-02T10:00:00Z,2026-11-05T09:00:00Z,,A\n");
  const InputSummary summary = Import({WidePlan(path)});
  EXPECT_EQ(summary.rows, 4);
  EXPECT_EQ(summary.recommendations, 4);
  EXPECT_EQ(summary.outcomes, 3);
  EXPECT_EQ(summary.first_day, *Day::Parse("2026-11-01"));
  const cube::Snapshot now = Snapshot("2026-11-05");
  EXPECT_EQ(Shown(now), 4);
  EXPECT_EQ(Known(now, "click"), 2);  // the click after three days is outside its window
  ASSERT_EQ(now.attributes.size(), 2u);
  EXPECT_EQ(now.attributes[0].name, "age_group");
  EXPECT_THAT(now.attributes[0].values, ElementsAre(std::nullopt, "25-34", "35-44"));
  EXPECT_THAT(now.attributes[0].members, ElementsAre(1, 2, 1));
  EXPECT_THAT(now.adjust, ElementsAre(0));
  ASSERT_EQ(now.families.size(), 2u);
  EXPECT_EQ(now.families[1].further, 1u);
  // As known two days before: the click of the 3rd had not arrived.
  const cube::Snapshot before = Snapshot("2026-11-02");
  EXPECT_EQ(Shown(before), 4);
  EXPECT_EQ(Known(before, "click"), 1);
  EXPECT_EQ(Shown(Snapshot("2026-11-01")), 2);
}

}  // namespace
}  // namespace ripen::store
