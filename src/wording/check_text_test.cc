#include "wording/check_text.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "wording/test_reports.h"

namespace ripen::wording {
namespace {

using ::testing::HasSubstr;

TEST(CheckText, NamesTheGroupAndWhatTheOverallFigureHides) {
  const std::string text = CheckText(testing::WorkedExample(), Phrasebook::For("en"));
  EXPECT_THAT(text, HasSubstr("Recommendations to customers aged 25-34 are clicked only a little "
                              "more than half as often\nas before."));
  EXPECT_THAT(text, HasSubstr("15 instead of 28 in 100, since 11 Nov"));
  EXPECT_THAT(text, HasSubstr("The overall figure hides it"));
}

}  // namespace
}  // namespace ripen::wording
