#include "wording/group_name.h"

#include <gtest/gtest.h>

#include "wording/message_format.h"

namespace ripen::wording {
namespace {

const std::vector<SegmentSummary>& NoSegments() {
  static const std::vector<SegmentSummary> none;
  return none;
}

std::string En(std::vector<Segment> segments) {
  return CloseClauses(
      GroupNames(Phrasebook::For("en"), NoSegments()).Name(Slice::Of(std::move(segments))));
}
std::string De(std::vector<Segment> segments) {
  return CloseClauses(
      GroupNames(Phrasebook::For("de"), NoSegments()).Name(Slice::Of(std::move(segments))));
}

TEST(GroupName, ReadsAges) {
  EXPECT_EQ(En({{"age_group", "25-34"}}), "customers aged 25-34");
  EXPECT_EQ(De({{"age_group", "25-34"}}), "Kundinnen und Kunden von 25 bis 34 Jahren");
  EXPECT_EQ(De({{"Altersgruppe", "25–34"}}), "Kundinnen und Kunden von 25 bis 34 Jahren");
  EXPECT_EQ(De({{"alter", "25 bis 34"}}), "Kundinnen und Kunden von 25 bis 34 Jahren");
  EXPECT_EQ(En({{"age", "55+"}}), "customers aged 55 and over");
  EXPECT_EQ(De({{"age", "55+"}}), "Kundinnen und Kunden ab 55 Jahren");
  EXPECT_EQ(En({{"age", "<18"}}), "customers aged under 18");
  EXPECT_EQ(De({{"age", "unter 18"}}), "Kundinnen und Kunden unter 18 Jahren");
  EXPECT_EQ(En({{"age", "30"}}), "customers aged 30");
  EXPECT_EQ(En({{"age_group", "young"}}), "customers in the age group “young”");
  EXPECT_EQ(De({{"age_group", "[25,35)"}}), "Kundinnen und Kunden der Altersgruppe „[25,35)“");
  EXPECT_EQ(En({{"age_group", std::nullopt}}), "customers of unknown age");
  EXPECT_EQ(De({{"age_group", std::nullopt}}), "Kundinnen und Kunden ohne Altersangabe");
}

TEST(GroupName, ReadsOtherKnownAttributes) {
  EXPECT_EQ(En({{"region", "South"}}), "customers in the region South");
  EXPECT_EQ(De({{"Bundesland", "Bayern"}}), "Kundinnen und Kunden aus der Region Bayern");
  EXPECT_EQ(En({{"country", "United Kingdom"}}), "customers in United Kingdom");
  EXPECT_EQ(De({{"country", "United Kingdom"}}),
            "Kundinnen und Kunden aus dem Land „United Kingdom“");
  EXPECT_EQ(En({{"sustainability_preference", "high"}}), "customers who care about sustainability");
  EXPECT_EQ(De({{"sustainability_preference", "ja"}}),
            "Kundinnen und Kunden, denen Nachhaltigkeit wichtig ist");
  EXPECT_EQ(De({{"Nachhaltigkeitspräferenz", "niedrig"}}),
            "Kundinnen und Kunden, denen Nachhaltigkeit wenig wichtig ist");
  EXPECT_EQ(En({{"device", "mobile"}}), "recommendations on phones");
  EXPECT_EQ(De({{"device", "desktop"}}), "Empfehlungen am Computer");
  EXPECT_EQ(En({{"collection", "Winter"}}), "items from the collection Winter");
  EXPECT_EQ(De({{"Kollektion", "Winter"}}), "Artikel aus der Kollektion Winter");
  EXPECT_EQ(En({{"customer_type", "new"}}), "new customers");
  EXPECT_EQ(De({{"Kundentyp", "Neu"}}), "Neukundinnen und Neukunden");
  EXPECT_EQ(En({{"model", "v12"}}), "recommendations by the recommender “v12”");
}

TEST(GroupName, NamesUnknownAttributesAsTheyAreWritten) {
  EXPECT_EQ(En({{"club_member", "gold"}}), "customers with club member “gold”");
  EXPECT_EQ(De({{"club_member", "gold"}}), "Kundinnen und Kunden mit club member „gold“");
  EXPECT_EQ(En({{"newsletter", "true"}}), "customers with newsletter “yes”");
  EXPECT_EQ(De({{"newsletter", std::nullopt}}), "Kundinnen und Kunden ohne Angabe zu newsletter");
  EXPECT_EQ(En({{"item.colour", "red"}}), "items with colour “red”");
}

TEST(GroupName, CombinesTwoAttributes) {
  EXPECT_EQ(En({{"age_group", "25-34"}, {"region", "South"}}),
            "customers aged 25-34 in the region South");
  EXPECT_EQ(De({{"age_group", "25-34"}, {"region", "Süd"}}),
            "Kundinnen und Kunden von 25 bis 34 Jahren aus der Region Süd");
  // A subordinate clause comes last, whatever the order of the attributes.
  EXPECT_EQ(De({{"a_sustainability", "high"}, {"sustainability", "high"}, {"region", "Süd"}}),
            "Kundinnen und Kunden mit a sustainability „high“ aus der Region Süd, denen "
            "Nachhaltigkeit wichtig ist");
  EXPECT_EQ(En({{"gender", "female"}, {"customer_type", "new"}}), "new customers who are women");
  EXPECT_EQ(En({{"age_group", "25-34"}, {"device", "tablet"}}), "customers aged 25-34 on tablets");
  EXPECT_EQ(En({{"age_group", "25-34"}, {"collection", "Winter"}}),
            "items from the collection Winter, customers aged 25-34");
}

TEST(GroupName, NamesTheTotal) {
  EXPECT_EQ(En({}), "all customers");
  EXPECT_EQ(De({}), "alle Kundinnen und Kunden");
}

// The report knows better than the name what an attribute describes.
TEST(GroupName, FollowsTheKindInTheReport) {
  const std::vector<SegmentSummary> segments = {{"region", AttributeKind::kItem, {}},
                                                {"club", AttributeKind::kContext, {}}};
  const GroupNames names(Phrasebook::For("en"), segments);
  EXPECT_EQ(names.Name(Slice::Of({{"region", "South"}})), "items in the region South");
  EXPECT_EQ(names.Name(Slice::Of({{"club", "a"}})), "recommendations with club “a”");
}

TEST(GroupName, LabelsAttributesAndValues) {
  const GroupNames names(Phrasebook::For("de"), NoSegments());
  EXPECT_EQ(names.AttributeLabel("age_group"), "Alter");
  EXPECT_EQ(names.AttributeLabel("club_member"), "Club member");
  EXPECT_EQ(names.AttributeWord("region"), "Region");
  EXPECT_EQ(GroupNames(Phrasebook::For("en"), NoSegments()).AttributeWord("region"), "region");
  EXPECT_EQ(names.ValueLabel({"age_group", "25-34"}), "25-34");
  EXPECT_EQ(names.ValueLabel({"age_group", std::nullopt}), "ohne Angabe");
  EXPECT_EQ(names.ValueLabel({"newsletter", "false"}), "nein");
  EXPECT_EQ(names.NoOther("country"), "Kein anderes Land");
}

TEST(PrintableValue, CannotCommandATerminal) {
  EXPECT_EQ(PrintableValue("a\x1b[31mb\n"), "a?[31mb?");
  const std::string long_value(100, 'x');
  EXPECT_EQ(PrintableValue(long_value), std::string(60, 'x') + "…");
  // 60 characters, not bytes; never cut inside one.
  std::string umlauts;
  for (int i = 0; i < 61; ++i) umlauts += "ä";
  EXPECT_EQ(PrintableValue(umlauts), umlauts.substr(0, 120) + "…");
}

}  // namespace
}  // namespace ripen::wording
