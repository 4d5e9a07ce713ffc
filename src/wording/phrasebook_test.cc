#include "wording/phrasebook.h"

#include <gtest/gtest.h>

#include "wording/test_reports.h"

namespace ripen::wording {
namespace {

using testing::D;

const Phrasebook& En() { return Phrasebook::For("en"); }
const Phrasebook& De() { return Phrasebook::For("de"); }

TEST(Phrasebook, KnowsItsLanguages) {
  EXPECT_EQ(Phrasebook::For("de-AT").language(), "de");
  EXPECT_EQ(Phrasebook::For("fr").language(), "en");
  EXPECT_EQ(Phrasebook::For("").language(), "en");
}

TEST(Phrasebook, GroupsThousands) {
  EXPECT_EQ(En().Count(0), "0");
  EXPECT_EQ(En().Count(999), "999");
  EXPECT_EQ(En().Count(12000), "12,000");
  EXPECT_EQ(De().Count(1234567), "1.234.567");
  EXPECT_EQ(En().Count(-12000), "-12,000");
}

TEST(Phrasebook, RoundsRatesAsTheyAreReadAloud) {
  EXPECT_EQ(En().InHundred(0.149), "15");
  EXPECT_EQ(En().InHundred(0.0341), "3.4");
  EXPECT_EQ(De().InHundred(0.0341), "3,4");
  EXPECT_EQ(En().InHundred(0.0995), "10");
  EXPECT_EQ(En().InHundred(0.0994), "9.9");
  EXPECT_EQ(En().InHundred(0.0062), "0.62");
  EXPECT_EQ(En().InHundred(0.00996), "1.0");
  EXPECT_EQ(De().InHundred(0.00034), "0,034");
  EXPECT_EQ(En().InHundred(0), "0");
  EXPECT_EQ(En().InHundred(1), "100");
}

TEST(Phrasebook, ShowsPairsThatDifferAsDifferent) {
  const auto text = [](double now, double was) {
    const Phrasebook::Pair pair = En().InHundredPair(now, was);
    return pair.now + "/" + pair.was;
  };
  EXPECT_EQ(text(0.149, 0.281), "15/28");
  EXPECT_EQ(text(0.231, 0.234), "23.1/23.4");
  EXPECT_EQ(text(0.2312, 0.2314), "23.12/23.14");
  EXPECT_EQ(text(0.098, 0.104), "9.8/10.4");
  EXPECT_EQ(text(0.02, 0.28), "2.0/28");
  EXPECT_EQ(text(0.2, 0.2), "20/20");
  EXPECT_EQ(text(0, 0.2), "0/20");
}

TEST(Phrasebook, WritesRanges) {
  EXPECT_EQ(En().InHundredRange(0.0301, 0.0342), "3.0–3.4");
  EXPECT_EQ(De().InHundredRange(0.0301, 0.0342), "3,0–3,4");
  EXPECT_EQ(En().InHundredRange(0.2285, 0.2416), "23–24");
}

TEST(Phrasebook, WritesNumbers) {
  EXPECT_EQ(En().Number(2.5, 1), "2.5");
  EXPECT_EQ(De().Number(1234.5, 2), "1.234,5");
  EXPECT_EQ(En().Number(2.0, 1), "2");
  EXPECT_EQ(En().Number(-0.04, 1), "0");
  EXPECT_EQ(En().Number(-0.4, 1), "-0.4");
}

TEST(Phrasebook, WritesDates) {
  const Day as_of = D(2026, 11, 20);
  EXPECT_EQ(En().Date(D(2026, 11, 11), as_of), "11 Nov");
  EXPECT_EQ(De().Date(D(2026, 3, 1), as_of), "1. März");
  EXPECT_EQ(En().Date(D(2027, 1, 4), as_of), "4 Jan 2027");
  EXPECT_EQ(De().WeekdayDate(D(2026, 11, 24), as_of), "Di., 24. November");
  EXPECT_EQ(En().WeekdayDate(D(2026, 11, 24), as_of), "Tue 24 Nov");
}

TEST(Phrasebook, WritesSpans) {
  const Day as_of = D(2026, 11, 20);
  EXPECT_EQ(En().Span(D(2026, 11, 14), as_of, as_of), "14–20 Nov");
  EXPECT_EQ(De().Span(D(2026, 11, 14), as_of, as_of), "14.–20. November");
  EXPECT_EQ(En().Span(as_of, as_of, as_of), "20 Nov");
  EXPECT_EQ(En().FromTo(D(2026, 11, 14), as_of, as_of), "from 14 to 20 Nov");
  EXPECT_EQ(De().FromTo(D(2026, 10, 22), as_of, as_of), "vom 22. Oktober bis 20. November");
  EXPECT_EQ(En().FromTo(D(2025, 12, 30), D(2026, 1, 2), as_of), "from 30 Dec 2025 to 2 Jan");
  EXPECT_EQ(En().FromTo(D(2025, 12, 3), D(2025, 12, 9), as_of), "from 3 Dec 2025 to 9 Dec 2025");
  EXPECT_EQ(De().FromTo(as_of, as_of, as_of), "am 20. November");
  EXPECT_EQ(De().Between(D(2026, 11, 10), D(2026, 11, 12), as_of),
            "zwischen dem 10. und dem 12. November");
}

// A band holds its lower end, not its upper; the table has gaps.
TEST(Phrasebook, ReadsTheTableOfRatioWords) {
  const auto band = [](double ratio) { return En().RatioBand(ratio).value_or("-"); };
  EXPECT_EQ(band(0), "hardly");
  EXPECT_EQ(band(0.1499), "hardly");
  EXPECT_EQ(band(0.15), "-");
  EXPECT_EQ(band(0.20), "quarter");
  EXPECT_EQ(band(0.30), "third");
  EXPECT_EQ(band(0.40), "-");
  EXPECT_EQ(band(0.48), "half");
  EXPECT_EQ(band(0.52), "over_half");
  EXPECT_EQ(band(0.6199), "over_half");
  EXPECT_EQ(band(0.62), "-");
  EXPECT_EQ(band(1.0), "-");
  EXPECT_EQ(band(2.0), "double");
  EXPECT_EQ(band(3.15), "-");
}

TEST(Phrasebook, ListsThings) {
  EXPECT_EQ(En().List({"a"}), "a");
  EXPECT_EQ(En().List({"a", "b"}), "a and b");
  EXPECT_EQ(De().List({"a", "b", "c"}), "a, b und c");
  EXPECT_EQ(En().List({}), "");
}

TEST(Capitalised, KnowsUmlauts) {
  EXPECT_EQ(Capitalised("alle"), "Alle");
  EXPECT_EQ(Capitalised("über"), "Über");
  EXPECT_EQ(Capitalised("„x“"), "„x“");
  EXPECT_EQ(Capitalised(""), "");
}

}  // namespace
}  // namespace ripen::wording
