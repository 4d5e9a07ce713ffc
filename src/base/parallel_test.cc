#include "base/parallel.h"

#include <gtest/gtest.h>

#include <vector>

namespace ripen {
namespace {

TEST(ParallelFor, CallsEachStepOnceOnAnyNumberOfThreads) {
  for (const int threads : {-1, 0, 1, 2, 7}) {
    std::vector<int> calls(1000, 0);
    ParallelFor(calls.size(), threads, [&](std::size_t i) { ++calls[i]; });
    EXPECT_EQ(calls, std::vector<int>(1000, 1)) << threads;
  }
  ParallelFor(0, 4, [](std::size_t) { FAIL(); });
}

}  // namespace
}  // namespace ripen
