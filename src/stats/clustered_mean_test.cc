#include "stats/clustered_mean.h"

#include <gtest/gtest.h>

#include <vector>

#include "stats/draws.h"

namespace ripen::stats {
namespace {

TEST(ClusteredMean, GivesTheWorkedValue) {
  const MeanRange range = ClusteredMean(std::vector<ClusterSum>{{1, 2}, {2, 2}, {0, 1}, {3, 4}});
  EXPECT_NEAR(range.mean, 2.0 / 3, 1e-12);
  EXPECT_NEAR(range.standard_error, .135240, 5e-7);
  EXPECT_LT(range.low, range.mean);
  EXPECT_GT(range.high, range.mean);
}

TEST(ClusteredMean, OneClusterSaysNothingOfTheOthers) {
  const MeanRange range = ClusteredMean(std::vector<ClusterSum>{{3, 4}});
  EXPECT_EQ(range.mean, .75);
  EXPECT_EQ(range.low, 0);
  EXPECT_EQ(range.high, 1);
}

TEST(ClusteredMean, WhereAllAgreeTheRangeIsThatOfSoManyTrials) {
  const std::vector<ClusterSum> none(50, ClusterSum{0, 3});
  const MeanRange range = ClusteredMean(none);
  EXPECT_EQ(range.low, 0);
  EXPECT_NEAR(range.high, .0532, 1e-3);  // Wilson of 0 in 50 with t of 49 degrees
}

// Customers differ: a range of independent lists would hold in .7 of the cases. 1,000 runs; the
// share that holds has a standard error of .01, so this fails by chance in under one in 10,000.
TEST(ClusteredMean, HoldsTheTruthNineTimesInTen) {
  Draws draws(Draws::Key{11, StreamKey("clusters"), 0});
  int held = 0;
  for (int run = 0; run < 1000; ++run) {
    std::vector<ClusterSum> clusters(80);
    for (ClusterSum& cluster : clusters) {
      cluster.records = static_cast<double>(1 + draws() % 6);
      const double rate = draws.Beta(1, 3);
      cluster.sum =
          static_cast<double>(draws.Binomial(static_cast<std::int64_t>(cluster.records), rate));
    }
    const MeanRange range = ClusteredMean(clusters);
    held += range.low <= .25 && .25 <= range.high ? 1 : 0;
  }
  EXPECT_GT(held, 860);
  EXPECT_LT(held, 940);
}

}  // namespace
}  // namespace ripen::stats
