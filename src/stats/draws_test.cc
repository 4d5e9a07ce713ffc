#include "stats/draws.h"

#include <gtest/gtest.h>

#include <cmath>

namespace ripen::stats {
namespace {

// The first numbers of the reference implementation from this start.
TEST(Draws, AreSplitMix64) {
  Draws draws = Draws::FromStart(1234567);
  EXPECT_EQ(draws(), 6457827717110365317ULL);
  EXPECT_EQ(draws(), 3203168211198807973ULL);
  EXPECT_EQ(draws(), 9817491932198370423ULL);
}

TEST(Draws, AreAFunctionOfTheirKey) {
  EXPECT_EQ(Draws({1, 2, 3})(), Draws({1, 2, 3})());
  EXPECT_NE(Draws({1, 2, 3})(), Draws({1, 3, 2})());
  EXPECT_NE(Draws({1, 2, 3})(), Draws({2, 2, 3})());
}

// Seeds are fixed; at these sizes four standard errors miss once in 16,000.
TEST(Draws, HaveTheirLaws) {
  constexpr int kDraws = 100'000;
  double uniform = 0;
  double gamma = 0;
  double gamma_squares = 0;
  double beta = 0;
  double binomial = 0;
  Draws draws({7, 0, 0});
  for (int i = 0; i < kDraws; ++i) {
    uniform += draws.Uniform();
    const double each = draws.Gamma(4, 2);
    gamma += each;
    gamma_squares += each * each;
    beta += draws.Beta(2, 6);
    binomial += static_cast<double>(draws.Binomial(50, .3));
  }
  const double root = std::sqrt(static_cast<double>(kDraws));
  EXPECT_NEAR(uniform / kDraws, .5, 4 * .2887 / root);
  EXPECT_NEAR(gamma / kDraws, 2, 4 * 1 / root);
  EXPECT_NEAR(gamma_squares / kDraws, 5, 4 * 5.2 / root);
  EXPECT_NEAR(beta / kDraws, .25, 4 * .1443 / root);
  EXPECT_NEAR(binomial / kDraws, 15, 4 * 3.24 / root);
}

TEST(Draws, TheEdgesOfABinomialAreExact) {
  Draws draws({1, 1, 1});
  EXPECT_EQ(draws.Binomial(0, .5), 0);
  EXPECT_EQ(draws.Binomial(10, 0), 0);
  EXPECT_EQ(draws.Binomial(10, -1), 0);
  EXPECT_EQ(draws.Binomial(10, 1), 10);
}

}  // namespace
}  // namespace ripen::stats
