#include "wording/message_format.h"

#include <gtest/gtest.h>

namespace ripen::wording {
namespace {

TEST(FormatMessage, PutsValuesIn) {
  EXPECT_EQ(FormatMessage("{now} instead of {was}", {{"now", "15"}, {"was", "28"}}),
            "15 instead of 28");
  EXPECT_EQ(FormatMessage("no placeholder", {}), "no placeholder");
}

TEST(FormatMessage, PicksPluralForms) {
  const std::string text = "{n, plural, =0 {none} one {# row} other {# rows}} read";
  EXPECT_EQ(FormatMessage(text, {{"n", "0", 0}}), "none read");
  EXPECT_EQ(FormatMessage(text, {{"n", "1", 1}}), "1 row read");
  EXPECT_EQ(FormatMessage(text, {{"n", "12,000", 12000}}), "12,000 rows read");
  EXPECT_EQ(FormatMessage("{n, plural, other {# all}}", {{"n", "1", 1}}), "1 all");
  EXPECT_EQ(FormatMessage("{n, plural, one {# {kind}} other {{kind}: #, #}}",
                          {{"n", "2", 2}, {"kind", "#"}}),
            "#: 2, 2");
}

TEST(FormatMessage, DoesNotReadPlaceholdersInValues) {
  EXPECT_EQ(FormatMessage("{a} and {b}", {{"a", "{b}"}, {"b", "2"}}), "{b} and 2");
}

TEST(CloseClauses, ClosesAClauseOnlyWhenTheSentenceGoesOn) {
  EXPECT_EQ(CloseClauses("Kunden, die neu sind{,} klicken"), "Kunden, die neu sind, klicken");
  EXPECT_EQ(CloseClauses("Kunden, die neu sind{,}."), "Kunden, die neu sind.");
  EXPECT_EQ(CloseClauses("Kunden, die neu sind{,}: wie üblich"),
            "Kunden, die neu sind: wie üblich");
  EXPECT_EQ(CloseClauses("Kunden, die neu sind{,}, die gern kaufen{,} klicken"),
            "Kunden, die neu sind, die gern kaufen, klicken");
  EXPECT_EQ(CloseClauses("{,}"), "");
}

TEST(PlaceholdersOf, ListsNamesOnce) {
  EXPECT_EQ(PlaceholdersOf("{b} {a} {b} {n, plural, one {# row} other {# rows}}{,}"),
            (std::vector<std::string>{"a", "b", "n"}));
  EXPECT_EQ(PlaceholdersOf("{n, plural, one {is} other {are {what}}}"),
            (std::vector<std::string>{"n", "what"}));
}

TEST(FormatMessageDeathTest, EndsOnAMissingValue) {
  EXPECT_DEATH(FormatMessage("{now}", {}), "no value for 'now'");
}

}  // namespace
}  // namespace ripen::wording
