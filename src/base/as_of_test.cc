#include "base/as_of.h"

#include <gtest/gtest.h>

namespace ripen {
namespace {

TEST(ParseMoment, ReadsOffsetsAndFractions) {
  EXPECT_EQ(ParseMoment("2026-11-12T09:14:00Z")->Rfc3339(), "2026-11-12T09:14:00Z");
  EXPECT_EQ(ParseMoment("2026-11-12T00:14:00+01:00")->Rfc3339(), "2026-11-11T23:14:00Z");
  EXPECT_EQ(ParseMoment("2026-11-12 09:14:00.25-05:30")->micros() % 1'000'000, 250'000);
}

TEST(ParseMoment, RefusesWhatIsNone) {
  for (const char* text :
       {"", "2026-11-12", "2026-11-12T09:14Z", "2026-11-12T24:00:00Z", "2026-11-12T09:14:00",
        "2026-13-12T09:14:00Z", "2026-11-12T09:14:00.Z", "2026-11-12T09:14:00Zx"}) {
    const auto moment = ParseMoment(text);
    ASSERT_FALSE(moment) << text;
    EXPECT_EQ(moment.error().message,
              "'" + std::string(text) + "' is not a moment; write it like 2026-11-12T09:14:00Z.");
  }
}

TEST(ParseAsOf, ADayIsItselfAndAMomentTheLastMidnight) {
  const TimeZone utc = TimeZone::Utc();
  EXPECT_EQ(ParseAsOf("2026-11-12", utc)->Iso(), "2026-11-12");
  EXPECT_EQ(ParseAsOf("2026-11-12T23:59:59Z", utc)->Iso(), "2026-11-12");
  EXPECT_EQ(ParseAsOf("2026-11-13T00:00:00Z", utc)->Iso(), "2026-11-12");
  EXPECT_EQ(ParseAsOf("2026-11-12T23:59:58Z", utc)->Iso(), "2026-11-11");
  EXPECT_EQ(ParseAsOf("2026-11-12T12:00:00Z", utc)->Iso(), "2026-11-11");
  const TimeZone berlin = *TimeZone::Find("Europe/Berlin");
  EXPECT_EQ(ParseAsOf("2026-11-12T23:00:00Z", berlin)->Iso(), "2026-11-12");
  EXPECT_EQ(ParseAsOf("noon", utc).error().message,
            "'noon' is neither a day like 2026-11-12 nor a moment like 2026-11-12T09:14:00Z.");
}

}  // namespace
}  // namespace ripen
