#include "base/day.h"

#include <gtest/gtest.h>

#include <string>

namespace ripen {
namespace {

TEST(Day, ReadsAndWritesIsoDates) {
  const Result<Day> day = Day::Parse("2026-11-12");
  ASSERT_TRUE(day);
  EXPECT_EQ(day->Iso(), "2026-11-12");
  EXPECT_EQ(day->days_since_epoch(), 20769);  // date -d 2026-11-12 +%s divided by 86400
  EXPECT_EQ(day->year(), 2026);
  EXPECT_EQ(day->month(), 11U);
  EXPECT_EQ(day->day_of_month(), 12U);
  EXPECT_EQ(day->iso_weekday(), 4U);  // a Thursday
  EXPECT_EQ(day->monday(), *day - 3);
  EXPECT_EQ(day->monday().monday(), day->monday());
}

TEST(Day, KnowsLeapDaysAndDaysBefore1970) {
  EXPECT_TRUE(Day::Parse("2024-02-29"));
  EXPECT_FALSE(Day::Parse("2026-02-29"));
  EXPECT_FALSE(Day::Parse("1900-02-29"));
  EXPECT_EQ(Day::FromYmd(1969, 12, 31).days_since_epoch(), -1);
  EXPECT_EQ(Day(-1).Iso(), "1969-12-31");
}

TEST(Day, SubtractsToDaysAndMovesByDays) {
  const Day first = Day::FromYmd(2026, 2, 27);
  EXPECT_EQ((first + 2).Iso(), "2026-03-01");
  EXPECT_EQ((first - 58).Iso(), "2025-12-31");
  EXPECT_EQ(Day::FromYmd(2026, 3, 1) - first, 2);
  EXPECT_LT(first, first + 1);
}

TEST(Day, EveryDayOfFourHundredYearsComesBackFromItsText) {
  for (Day day = Day::FromYmd(1900, 1, 1); day < Day::FromYmd(2300, 1, 1); day = day + 1) {
    const Result<Day> read = Day::Parse(day.Iso());
    ASSERT_TRUE(read) << day.Iso();
    ASSERT_EQ(*read, day);
  }
}

TEST(Day, RefusesWhatIsNoDateAndNamesIt) {
  for (const std::string text :
       {"2026-13-01", "2026-00-10", "2026-11-00", "2026-11-31", "26-11-12", "2026/11/12",
        "12.11.2026", "2026-11-12T00:00", "2026-1a-12", "", "2026-+1-12", "-026-11-12x"}) {
    const Result<Day> day = Day::Parse(text);
    ASSERT_FALSE(day) << text;
    EXPECT_EQ(day.error().code, ErrorCode::kInvalidArgument);
    EXPECT_EQ(day.error().message, "'" + text + "' is not a date; write it as yyyy-mm-dd.");
  }
}

TEST(Moment, WritesRfc3339WithMicrosecondsOnlyWhereThereAreAny) {
  EXPECT_EQ(Moment(0).Rfc3339(), "1970-01-01T00:00:00Z");
  EXPECT_EQ(Moment(1'794'474'840'000'000).Rfc3339(), "2026-11-12T09:14:00Z");
  EXPECT_EQ(Moment(1'794'474'840'000'250).Rfc3339(), "2026-11-12T09:14:00.000250Z");
  EXPECT_EQ(Moment(-1).Rfc3339(), "1969-12-31T23:59:59.999999Z");
  EXPECT_EQ(Moment(-kMicrosPerDay).Rfc3339(), "1969-12-31T00:00:00Z");
}

}  // namespace
}  // namespace ripen
