#include <gtest/gtest.h>

#include <tuple>

#include "store/duckdb/bins.h"
#include "store/duckdb/csv_text.h"
#include "store/duckdb/day_census.h"
#include "store/duckdb/parse_time.h"
#include "store/duckdb/parse_value.h"
#include "store/duckdb/siphash.h"

namespace ripen::store {
namespace {

std::string Read(std::string_view text, ledger::DateOrder order = {},
                 const TimeZone& zone = TimeZone::Utc()) {
  TimeReader reader(zone, order);
  StampedTime time;
  const TimeTrouble trouble = reader.Read(text, time);
  if (trouble != TimeTrouble::kNone) return std::string(TimeTroubleSentence(trouble));
  if (time.whole_day) {
    return "day " + Day(static_cast<std::int32_t>(time.micros / kMicrosPerDay)).Iso();
  }
  return Moment(time.micros).Rfc3339();
}

TEST(ParseTimeTest, ReadsWhatPeopleWrite) {
  EXPECT_EQ(Read("2026-11-12T09:14:00Z"), "2026-11-12T09:14:00Z");
  EXPECT_EQ(Read("2026-11-12 09:14:00.25+02:00"), "2026-11-12T07:14:00.250000Z");
  EXPECT_EQ(Read("2026-11-12 09:14:00+00"), "2026-11-12T09:14:00Z");
  EXPECT_EQ(Read("12.11.2026"), "day 2026-11-12");
  EXPECT_EQ(Read("2.1.2026 9:05"), "2026-01-02T09:05:00Z");
  EXPECT_EQ(Read("2026-11-12"), "day 2026-11-12");
  EXPECT_EQ(Read("1794474840"), "2026-11-12T09:14:00Z");
  EXPECT_EQ(Read("1794474840000"), "2026-11-12T09:14:00Z");
  EXPECT_EQ(Read("1794474840000000"), "2026-11-12T09:14:00Z");
  EXPECT_EQ(Read("1794474840,5"), "2026-11-12T09:14:00.500000Z");
  EXPECT_EQ(Read("13/02/2026"), "day 2026-02-13");
  EXPECT_EQ(Read("02/13/2026"), "day 2026-02-13");
}

TEST(ParseTimeTest, RefusesWhatCanBeReadTwoWays) {
  EXPECT_EQ(Read("01/02/2026"),
            "the date is ambiguous, it can be read two ways; say which in [source] date_order");
  EXPECT_EQ(Read("01/02/2026", ledger::DateOrder::kDayFirst), "day 2026-02-01");
  EXPECT_EQ(Read("01/02/2026", ledger::DateOrder::kMonthFirst), "day 2026-01-02");
  EXPECT_EQ(Read("13/02/2026", ledger::DateOrder::kMonthFirst), "there is no such date or time");
}

TEST(ParseTimeTest, RefusesTheRestInSentences) {
  EXPECT_EQ(Read("yesterday"), "this is no time or date");
  EXPECT_EQ(Read("2026-02-30"), "there is no such date or time");
  EXPECT_EQ(Read("2026-11-12T25:00:00"), "there is no such date or time");
  EXPECT_EQ(Read("1870-01-01"), "the time lies outside the years 1990 to 2199");
  EXPECT_EQ(Read("2026-11-12T09:14:00 tomorrow"), "this is no time or date");
  EXPECT_EQ(Read("12345"), "this is no time or date");
}

TEST(ParseTimeTest, LocalTimesFollowTheClockChanges) {
  const TimeZone berlin = *TimeZone::Find("Europe/Berlin");
  EXPECT_EQ(Read("2026-07-01 12:00", {}, berlin), "2026-07-01T10:00:00Z");
  EXPECT_EQ(Read("2026-10-25 02:30", {}, berlin), "2026-10-25T00:30:00Z");  // twice: the first
  EXPECT_EQ(Read("2026-03-29 02:30", {}, berlin), "2026-03-29T01:00:00Z");  // never: forward
  EXPECT_EQ(Read("2026-03-29 01:59", {}, berlin), "2026-03-29T00:59:00Z");
  EXPECT_EQ(Read("2026-03-29 03:00", {}, berlin), "2026-03-29T01:00:00Z");
  DayClock clock(berlin);
  TimeReader reader(berlin, {});
  StampedTime time;
  ASSERT_EQ(reader.Read("2026-03-29T23:59:59", time), TimeTrouble::kNone);
  EXPECT_EQ(Day(clock.DayOf(time)).Iso(), "2026-03-29");
  EXPECT_EQ(Day(clock.DayOf(time.micros + 1'000'000)).Iso(), "2026-03-30");
}

TEST(ParseValueTest, FlagsInTwoLanguages) {
  for (const char* yes : {"1", "true", "YES", "y", "ja", "J", "wahr", "x", " True "}) {
    EXPECT_EQ(ReadFlag(yes), Flag::kTrue) << yes;
  }
  for (const char* no : {"0", "false", "No", "n", "nein", "falsch"}) {
    EXPECT_EQ(ReadFlag(no), Flag::kFalse) << no;
  }
  for (const char* unknown : {"", "NULL", "null", "\\N", "  "}) {
    EXPECT_EQ(ReadFlag(unknown), Flag::kNotKnown) << unknown;
  }
  EXPECT_EQ(ReadFlag("maybe"), std::nullopt);
  EXPECT_EQ(ReadFlag("2"), std::nullopt);
}

TEST(ParseValueTest, NumbersWithCommaOrPointButNoThousands) {
  double number = 0;
  EXPECT_EQ(ReadNumber("3,14", number), NumberTrouble::kNone);
  EXPECT_DOUBLE_EQ(number, 3.14);
  EXPECT_EQ(ReadNumber("-0.31e2", number), NumberTrouble::kNone);
  EXPECT_DOUBLE_EQ(number, -31);
  EXPECT_EQ(ReadNumber("1.234,56", number), NumberTrouble::kThousands);
  EXPECT_EQ(ReadNumber("1'234", number), NumberTrouble::kThousands);
  EXPECT_EQ(ReadNumber("12 EUR", number), NumberTrouble::kNotANumber);
  EXPECT_EQ(ReadNumber("nan", number), NumberTrouble::kNotANumber);
  EXPECT_EQ(NumberTroubleSentence(NumberTrouble::kThousands),
            "the number has thousands separators; write it without them");
}

TEST(ParseValueTest, MoneyIsExact) {
  std::int64_t minor = 0;
  for (const auto& [text, wanted] :
       {std::pair{"59.90", 5990}, {"59,9", 5990}, {"-0.005", -1}, {"7", 700}, {".5", 50}}) {
    EXPECT_EQ(ReadMinorUnits(text, minor), NumberTrouble::kNone) << text;
    EXPECT_EQ(minor, wanted) << text;
  }
  EXPECT_EQ(ReadMinorUnits("1e3", minor), NumberTrouble::kNotANumber);
  EXPECT_EQ(ReadMinorUnits("12345678901234567", minor), NumberTrouble::kTooLarge);
}

TEST(SipHashTest, WorkedValueOfThePaper) {
  std::string text;
  for (char i = 0; i < 15; ++i) text += i;
  EXPECT_EQ(SipHash({0x0706050403020100ULL, 0x0f0e0d0c0b0a0908ULL}, text), 0xa129ca6149be45e5ULL);
}

TEST(BinsTest, EdgesBelongToTheUpperGroup) {
  const std::vector<double> edges = {10, 50.5};
  EXPECT_EQ(BinLabel(edges, 9.99), "< 10");
  EXPECT_EQ(BinLabel(edges, 10), "10 - 50.5");
  EXPECT_EQ(BinLabel(edges, 50.5), ">= 50.5");
}

TEST(CsvTextTest, DelimiterOfQuotedAndGermanFiles) {
  EXPECT_EQ(GuessDelimiter({"a;b;c", "1,5;2;3", "2,5;3;4"}), ';');
  EXPECT_EQ(GuessDelimiter({"a,b", "\"x;y;z\",2", "\"q;r;s\",3"}), ',');
  EXPECT_EQ(GuessDelimiter({"a\tb", "1\t2"}), '\t');
  EXPECT_EQ(GuessDelimiter({"time", "2026-01-01T10:00:00"}), ',');
  EXPECT_EQ(SepLine("sep=;"), ';');
  EXPECT_EQ(SepLine("sep,x"), std::nullopt);
}

TEST(CsvTextTest, RecordsKnowTheirLines) {
  RecordWalker walker(100, ",");
  std::vector<std::pair<std::int64_t, std::string>> records;
  const auto keep = [&](std::int64_t line, std::string_view text) {
    records.emplace_back(line, text);
  };
  walker.Feed("a,b\r\n\r\n\"two\nli", keep);
  walker.Feed("nes\",\"say \"\"hi\n\"\"\"\n5\" wide,x\nlast", keep);
  walker.Finish(keep);
  ASSERT_EQ(records.size(), 4u);
  EXPECT_EQ(records[1].first, 3);
  EXPECT_EQ(records[2], std::pair(std::int64_t{6}, std::string("5\" wide,x")));
  EXPECT_EQ(records[3].first, 7);
  EXPECT_EQ(SplitRecord(records[1].second, ','),
            (std::vector<std::string>{"two\nlines", "say \"hi\n\""}));
}

TEST(DayCensusTest, OnlyFewRowsFarBeyondAreSetAside) {
  const auto far_rows = [](int regular, int few, int gap) {
    DayCensus census;
    for (int i = 0; i < regular; ++i) census.Add({1, i, 100 + i % 30, 0});
    for (int i = 0; i < few; ++i) census.Add({1, regular + i, 129 + gap, 0});
    const std::size_t far = census.TakeFarRows().size();
    return std::pair(far, census.newest());
  };
  EXPECT_EQ(far_rows(10'000, 3, 61), std::pair(std::size_t{3}, 129));
  EXPECT_EQ(far_rows(10'000, 3, 60), std::pair(std::size_t{0}, 189));
  EXPECT_EQ(far_rows(1'000, 3, 61), std::pair(std::size_t{0}, 190));  // 0.3 % of the rows
}

}  // namespace
}  // namespace ripen::store
