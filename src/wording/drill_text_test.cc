#include "wording/drill_text.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "wording/catalogue.h"
#include "wording/test_reports.h"
#include "wording/wrap.h"

namespace ripen::wording {
namespace {

using testing::Age;
using testing::D;
using ::testing::HasSubstr;

const Phrasebook& En() { return Phrasebook::For("en"); }
const Phrasebook& De() { return Phrasebook::For("de"); }

DrillSize Size(double change, int noticed, std::optional<int> nine = {}) {
  return {change, 40, noticed, .05, .98, nine ? nine : std::optional<int>(), nine, noticed, 0, 0};
}

DrillReport Report(std::vector<DrillSize> sizes, double asked = -.25) {
  const CheckReport example = testing::WorkedExample();
  DrillReport report;
  report.as_of = example.as_of;
  report.stage = "click";
  report.slice = Age("25-34");
  report.change = asked;
  report.days = 10;
  report.first_start = D(2026, 11, 1);
  report.last_start = D(2026, 11, 11);
  report.sizes = std::move(sizes);
  report.stages = example.stages;
  report.segments = example.segments;
  return report;
}

TEST(DrillText, ALargeFallIsNoticedAndASmallOneIsNot) {
  const DrillReport report = Report({Size(-.05, 0), Size(-.10, 2), Size(-.25, 38, 4)});
  EXPECT_EQ(
      RenderDrill(report, En()).headline,
      "A fall of a quarter in clicks among customers aged 25-34 would be noticed within 4 days "
      "in 9 of 10 cases; a tenth or less would hardly be noticed within 10 days.");
  EXPECT_EQ(RenderDrill(report, De()).headline,
            "Klicks, Kundinnen und Kunden von 25 bis 34 Jahren: Ein Rückgang um ein Viertel würde "
            "binnen 4 Tagen in 9 von 10 Fällen bemerkt; ein Zehntel oder weniger würde binnen "
            "10 Tagen kaum bemerkt.");
}

TEST(DrillText, WhatIsNoticedSometimesSaysHowOften) {
  EXPECT_EQ(RenderDrill(Report({Size(-.25, 20), Size(-.5, 40, 1)}), En()).headline,
            "A fall of a quarter in clicks among customers aged 25-34 would be noticed within 10 "
            "days in 20 of 40 replays.");
  EXPECT_EQ(
      RenderDrill(Report({Size(-.25, 1), Size(-.5, 40, 1)}), En()).headline,
      "A fall of a quarter in clicks among customers aged 25-34 would hardly be noticed within "
      "10 days, only in 1 of 40 replays; from a half on it would be noticed within 1 day in 9 "
      "of 10 cases.");
  EXPECT_THAT(RenderDrill(Report({Size(-.25, 1), Size(-.5, 40, 1)}), De()).headline,
              HasSubstr("; erst die Hälfte würde binnen eines Tages in 9 von 10 Fällen bemerkt."));
}

TEST(DrillText, ARiseIsARise) {
  EXPECT_EQ(
      RenderDrill(Report({Size(.123, 40, 2)}, .123), En()).headline,
      "A rise of 12.3 % in clicks among customers aged 25-34 would be noticed within 2 days in "
      "9 of 10 cases.");
  EXPECT_THAT(RenderDrill(Report({Size(.123, 40, 2)}, .123), De()).headline,
              HasSubstr("Ein Anstieg um 12,3 % würde binnen 2 Tagen"));
}

TEST(DrillText, TheTableHasALineForEverySizeInColumns) {
  const DrillText text = RenderDrill(Report({Size(-.05, 0), Size(-.25, 38, 4)}), En());
  ASSERT_EQ(text.table.size(), 3U);
  for (const std::string& line : text.table) {
    EXPECT_EQ(ColumnsOf(line), ColumnsOf(text.table[0])) << line;
  }
  EXPECT_THAT(text.table[1], HasSubstr("−5 %   0 of 40"));
  EXPECT_THAT(text.table[2], HasSubstr("38 of 40"));
  EXPECT_THAT(DrillPage(text), HasSubstr("The data were not touched."));
}

TEST(DrillText, NeverSpeaksAsAStatisticianDoes) {
  for (const auto* phrasebook : {&En(), &De()}) {
    const auto banned = BannedWords(phrasebook->language());
    const DrillText text = RenderDrill(Report({Size(-.05, 1), Size(-.25, 38, 4)}), *phrasebook);
    EXPECT_EQ(FindBannedWord(DrillPage(text), banned), "");
    for (const std::string& detail : text.details) EXPECT_FALSE(detail.empty());
  }
}

}  // namespace
}  // namespace ripen::wording
