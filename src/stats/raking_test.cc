#include "stats/raking.h"

#include <gtest/gtest.h>

namespace ripen::stats {
namespace {

TEST(RakedRates, GiveTheWorkedValueWhereTwoAttributesSayTheSame) {
  const std::vector<std::uint16_t> first{0, 1};
  const std::vector<std::uint16_t> second{0, 1};
  const std::vector<double> trials{100, 100};
  const std::vector<double> events{30, 10};
  const auto rates = RakedRates({{first, second}, {2, 2}, trials, events}, 1);
  EXPECT_NEAR(rates[0], (30 + 20 * .2) / 120, 1e-9);
  EXPECT_NEAR(rates[1], (10 + 20 * .2) / 120, 1e-9);
}

TEST(RakedRates, MatchEveryMarginAndMultiply) {
  // 2 x 3 cells whose rates are products; the trials are uneven.
  std::vector<std::uint16_t> first;
  std::vector<std::uint16_t> second;
  std::vector<double> trials;
  std::vector<double> events;
  const std::vector<double> effect_a{.1, .2};
  const std::vector<double> effect_b{.5, 1, 1.5};
  for (std::uint16_t a = 0; a < 2; ++a) {
    for (std::uint16_t b = 0; b < 3; ++b) {
      first.push_back(a);
      second.push_back(b);
      trials.push_back(1e6 * (1 + a + 2 * b));
      events.push_back(trials.back() * effect_a[a] * effect_b[b]);
    }
  }
  const auto rates = RakedRates({{first, second}, {2, 3}, trials, events}, 2);
  for (std::size_t cell = 0; cell < rates.size(); ++cell) {
    EXPECT_NEAR(rates[cell], events[cell] / trials[cell], 2e-4) << cell;
  }
}

TEST(RakedRates, GiveACellWithoutTrialsWhatItsValuesMake) {
  const std::vector<std::uint16_t> first{0, 0, 1, 1};
  const std::vector<std::uint16_t> second{0, 1, 0, 1};
  const std::vector<double> trials{1e6, 1e6, 1e6, 0};
  const std::vector<double> events{1e5, 2e5, 2e5, 0};
  const auto rates = RakedRates({{first, second}, {2, 2}, trials, events}, 1);
  EXPECT_NEAR(rates[3], .4, 2e-3);
}

}  // namespace
}  // namespace ripen::stats
