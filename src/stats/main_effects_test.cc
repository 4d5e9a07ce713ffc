#include "stats/main_effects.h"

#include <gtest/gtest.h>

#include <vector>

namespace ripen::stats {
namespace {

TEST(MainEffectRates, GiveTheWorkedValue) {
  // Two attributes of two values with so many trials that 20 more do not count.
  const std::vector<std::uint16_t> values{0, 0, 0, 1, 1, 0, 1, 1};
  const std::vector<std::size_t> sizes{2, 2};
  const std::vector<double> trials{1e9, 1e9, 1e9, 1e9};
  // p = .2; first attribute .3 / .1, second .3 / .1.
  const std::vector<double> events{.45e9, .15e9, .15e9, .05e9};
  const std::vector<std::int32_t> streams{0, 0, 0, 0};
  const auto rates = MainEffectRates({values, sizes}, trials, events, streams, 1);
  EXPECT_NEAR(rates[1], .2 * 1.5 * .5, 1e-6);
  EXPECT_NEAR(rates[0], .45, 1e-6);
  EXPECT_NEAR(rates[3], .05, 1e-6);
}

TEST(MainEffectRates, SmallMarginsShrinkTowardsTheStream) {
  const std::vector<std::uint16_t> values{0, 1};
  const std::vector<std::size_t> sizes{2};
  const auto rates =
      MainEffectRates({values, sizes}, std::vector<double>{20, 980}, std::vector<double>{20, 180},
                      std::vector<std::int32_t>{0, 0}, 1);
  EXPECT_NEAR(rates[0], (20 + 20 * .2) / 40, 1e-12);
}

TEST(MainEffectRates, StayInsideTheirStreamAndUnderOne) {
  const std::vector<std::uint16_t> values{0, 1, 0};
  const std::vector<std::size_t> sizes{2};
  const auto rates =
      MainEffectRates({values, sizes}, std::vector<double>{100, 100, 0},
                      std::vector<double>{90, 10, 0}, std::vector<std::int32_t>{1, -1, 0}, 2);
  EXPECT_NEAR(rates[0], .9, 1e-12);
  EXPECT_EQ(rates[1], 0);
  EXPECT_EQ(rates[2], 0);
}

}  // namespace
}  // namespace ripen::stats
