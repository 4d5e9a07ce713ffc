#include "base/nearest_name.h"

#include <gtest/gtest.h>

namespace ripen {
namespace {

TEST(NearestName, FindsATypingError) {
  EXPECT_EQ(NearestName("lagnuage", {"currency", "language", "timezone"}), "language");
  EXPECT_EQ(NearestName("Time-Zone", {"currency", "timezone"}), "timezone");
}

TEST(NearestName, SaysNothingWhenNothingIsNear) {
  EXPECT_EQ(NearestName("xyz", {"currency", "language"}), std::nullopt);
  EXPECT_EQ(NearestName("anything", {}), std::nullopt);
  EXPECT_EQ(NearestName(std::string(5000, 'a'), {"a"}), std::nullopt);
}

TEST(NearestName, TakesTheFirstOfEquals) { EXPECT_EQ(NearestName("cat", {"bat", "rat"}), "bat"); }

}  // namespace
}  // namespace ripen
