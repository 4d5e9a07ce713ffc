#include "base/time_zone.h"

#include <gtest/gtest.h>

namespace ripen {
namespace {

constexpr std::int64_t kHour = 3'600'000'000;

TimeZone Berlin() { return TimeZone::Find("Europe/Berlin").value(); }

TEST(TimeZone, UtcCutsAtMidnight) {
  const TimeZone utc = TimeZone::Utc();
  EXPECT_EQ(utc.name(), "UTC");
  const Day day = Day::FromYmd(2026, 11, 12);
  const Moment midnight = utc.StartOf(day);
  EXPECT_EQ(midnight.Rfc3339(), "2026-11-12T00:00:00Z");
  EXPECT_EQ(utc.DayOf(midnight), day);
  EXPECT_EQ(utc.DayOf(Moment(midnight.micros() - 1)), day - 1);
  EXPECT_EQ(utc.DayOf(Moment(-1)).Iso(), "1969-12-31");
}

TEST(TimeZone, SpellingsOfUtcAreOneZone) {
  for (const char* name : {"UTC", "Etc/UTC", "Z"}) {
    EXPECT_EQ(TimeZone::Find(name).value().name(), "UTC") << name;
  }
}

TEST(TimeZone, ADayOfBerlinBeginsAtItsOwnMidnight) {
  const TimeZone berlin = Berlin();
  EXPECT_EQ(berlin.StartOf(Day::FromYmd(2026, 1, 15)).Rfc3339(), "2026-01-14T23:00:00Z");
  EXPECT_EQ(berlin.StartOf(Day::FromYmd(2026, 7, 15)).Rfc3339(), "2026-07-14T22:00:00Z");
}

TEST(TimeZone, TheDaysOfTheClockChangesHave23And25Hours) {
  const TimeZone berlin = Berlin();
  const Day spring = Day::FromYmd(2026, 3, 29);
  const Day autumn = Day::FromYmd(2026, 10, 25);
  EXPECT_EQ(berlin.StartOf(spring + 1).micros() - berlin.StartOf(spring).micros(), 23 * kHour);
  EXPECT_EQ(berlin.StartOf(autumn + 1).micros() - berlin.StartOf(autumn).micros(), 25 * kHour);
}

TEST(TimeZone, EveryMomentOfADayBelongsToIt) {
  const TimeZone berlin = Berlin();
  for (Day day = Day::FromYmd(2026, 1, 1); day < Day::FromYmd(2027, 1, 1); day = day + 1) {
    const Moment start = berlin.StartOf(day);
    ASSERT_EQ(berlin.DayOf(start), day);
    ASSERT_EQ(berlin.DayOf(Moment(start.micros() - 1)), day - 1);
  }
}

TEST(TimeZone, ALocalTimeThatOccursTwiceIsTheFirstAndOneThatDoesNotExistMovesForward) {
  const TimeZone berlin = Berlin();
  const std::int64_t autumn = Day::FromYmd(2026, 10, 25).days_since_epoch() * kMicrosPerDay;
  const std::int64_t spring = Day::FromYmd(2026, 3, 29).days_since_epoch() * kMicrosPerDay;
  // 02:30 occurs at 00:30 and at 01:30 UTC.
  EXPECT_EQ(berlin.FromLocalMicros(autumn + 5 * kHour / 2).Rfc3339(), "2026-10-25T00:30:00Z");
  // 02:30 does not exist; the clock goes from 02:00 to 03:00 at 01:00 UTC.
  EXPECT_EQ(berlin.FromLocalMicros(spring + 5 * kHour / 2).Rfc3339(), "2026-03-29T01:00:00Z");
}

TEST(TimeZone, AMidnightThatDoesNotExistMovesForward) {
  // Santiago's clocks went from 24:00 to 01:00 in the night to 2022-09-11.
  const TimeZone santiago = TimeZone::Find("America/Santiago").value();
  const Day day = Day::FromYmd(2022, 9, 11);
  EXPECT_EQ(santiago.StartOf(day).Rfc3339(), "2022-09-11T04:00:00Z");
  EXPECT_EQ(santiago.DayOf(santiago.StartOf(day)), day);
}

TEST(TimeZone, AnUnknownNameIsAnErrorThatNamesIt) {
  const Result<TimeZone> zone = TimeZone::Find("Europe/Atlantis");
  ASSERT_FALSE(zone);
  EXPECT_EQ(zone.error().code, ErrorCode::kInvalidArgument);
  EXPECT_EQ(zone.error().message,
            "'Europe/Atlantis' is not a known time zone; write it like Europe/Berlin.");
}

}  // namespace
}  // namespace ripen
