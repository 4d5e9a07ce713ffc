#include "store/duckdb/repeat_filter.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>

#include "store/duckdb/siphash.h"

namespace ripen::store {
namespace {

std::uint64_t Key(int number) { return SipHash(kContentKey, std::to_string(number)); }

// Five million keys need a second layer.
TEST(RepeatFilter, MissesNoRepeatedKeyAndNotesFewOthers) {
  constexpr int kKeys = 5'000'000;
  constexpr int kEvery = 1'000;  // each thousandth comes again
  RepeatFilter filter;
  for (int key = 0; key < kKeys; ++key) filter.Add(Key(key));
  const std::size_t wrong = filter.Noted()->size();
  EXPECT_LT(wrong, kKeys / 50);
  for (int key = 0; key < kKeys; key += kEvery) filter.Add(Key(key));
  std::vector<std::uint64_t> noted = *filter.Noted();
  EXPECT_EQ(noted.size(), wrong + kKeys / kEvery);
  std::sort(noted.begin(), noted.end());
  for (int key = 0; key < kKeys; key += kEvery) {
    ASSERT_TRUE(std::binary_search(noted.begin(), noted.end(), Key(key))) << key;
  }
}

TEST(RepeatFilter, SaysWhenTooManyRepeat) {
  RepeatFilter filter;
  for (int round = 0; round < 2; ++round) {
    for (int key = 0; key < 1'200'000; ++key) filter.Add(Key(key));
  }
  EXPECT_EQ(filter.Noted(), nullptr);
}

}  // namespace
}  // namespace ripen::store
