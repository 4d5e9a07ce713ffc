#include "wording/input_text.h"

#include <gtest/gtest.h>

#include "wording/test_reports.h"

namespace ripen::wording {
namespace {

const Phrasebook& En() { return Phrasebook::For("en"); }
const Phrasebook& De() { return Phrasebook::For("de"); }

TEST(AccountSentence, NamesEveryFateOfARow) {
  InputSummary input;
  input.rows = 1005;
  input.recommendations = 1;
  EXPECT_EQ(AccountSentence(input, En()), "1,005 rows were read: 1 recommendation.");
  input.recommendations = 900;
  input.outcomes = 1;
  input.duplicates = 100;
  input.conflicts = 2;
  input.orphan_outcomes = 1;
  input.rejected = {{"this is no number", "score", 1, "a.csv:3", "x"},
                    {"the id is empty", "id", 2, "a.csv:4", ""}};
  EXPECT_EQ(AccountSentence(input, En()),
            "1,005 rows were read: 900 recommendations, 1 outcome, 3 rows set aside, 100 repeated "
            "rows counted once, 2 contradicting rows, the earliest fact counts, 1 outcome still "
            "without its recommendation.");
  EXPECT_EQ(AccountSentence(input, De()),
            "1.005 Zeilen wurden gelesen: 900 Empfehlungen, 1 Ergebnis, 3 Zeilen beiseitegelegt, "
            "100 wiederholte Zeilen nur einmal gezählt, 2 widersprüchliche Zeilen, es gilt die "
            "früheste Angabe, 1 Ergebnis noch ohne seine Empfehlung.");
}

TEST(InputText, ShowsTheFirstRowOfEachKindAndTheNotes) {
  InputSummary input;
  input.rows = 10;
  input.recommendations = 7;
  input.rejected = {{"this is no time or date", "shown_at", 2, "shop.csv:12", "31.2.26\x1b"},
                    {"the line is longer than 1 MB", "", 1, "shop.csv:20", ""}};
  input.notes = {"Ignored: a."};
  EXPECT_EQ(InputText(input, En()),
            "10 rows were read: 7 recommendations, 3 rows set aside.\n"
            "- 2 rows set aside, column shown_at: this is no time or date (first: shop.csv:12,\n"
            "  “31.2.26?”).\n"
            "- 1 row set aside: the line is longer than 1 MB (first: shop.csv:20).\n"
            "Please note: Ignored: a.\n");
  EXPECT_EQ(
      InputText(input, De()),
      "10 Zeilen wurden gelesen: 7 Empfehlungen, 3 Zeilen beiseitegelegt.\n"
      "- 2 Zeilen beiseitegelegt, Spalte shown_at: das ist weder Uhrzeit noch Datum (zuerst:\n"
      "  shop.csv:12, „31.2.26?“).\n"
      "- 1 Zeile beiseitegelegt: die Zeile ist länger als 1 MB (zuerst: shop.csv:20).\n"
      "Bitte beachten: Ignored: a.\n");
}

TEST(TranslatedReason, KeepsTheValueAndUnknownReasons) {
  EXPECT_EQ(TranslatedReason("the row has fewer than the 12 columns of the header", De()),
            "die Zeile hat weniger als die 12 Spalten der Kopfzeile");
  EXPECT_EQ(TranslatedReason("there is no such stage; the stages are click, purchase", De()),
            "diese Stufe gibt es nicht; die Stufen sind click, purchase");
  EXPECT_EQ(TranslatedReason("this is no number", En()), "this is no number");
  EXPECT_EQ(TranslatedReason("a reason of the future", De()), "a reason of the future");
}

}  // namespace
}  // namespace ripen::wording
