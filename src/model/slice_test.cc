#include "model/slice.h"

#include <gtest/gtest.h>

namespace ripen {
namespace {

const Segment kYoung{"age_group", "25-34"};
const Segment kSouth{"region", "South"};

TEST(Slice, IsTheSameWhateverTheOrderOfItsSegments) {
  EXPECT_EQ(Slice::Of({kSouth, kYoung}), Slice::Of({kYoung, kSouth}));
  EXPECT_EQ(Slice::Of({kSouth, kYoung}).Canonical(), R"({"age_group":"25-34","region":"South"})");
}

TEST(Slice, TheEmptyOneIsEverything) {
  EXPECT_TRUE(Slice{}.IsTotal());
  EXPECT_EQ(Slice{}.Canonical(), "{}");
  EXPECT_FALSE(Slice::Of({kYoung}).IsTotal());
}

TEST(Slice, LiesInsideASliceWhoseSegmentsItContains) {
  const Slice young = Slice::Of({kYoung});
  const Slice both = Slice::Of({kYoung, kSouth});
  EXPECT_TRUE(both.IsInside(young));
  EXPECT_TRUE(both.IsInside(both));
  EXPECT_TRUE(both.IsInside(Slice{}));
  EXPECT_FALSE(young.IsInside(both));
  EXPECT_FALSE(Slice::Of({{"age_group", "35-44"}}).IsInside(young));
}

TEST(Slice, MissingIsAValueOfItsOwn) {
  const Slice missing = Slice::Of({{"region", std::nullopt}});
  EXPECT_EQ(missing.Canonical(), R"({"region":null})");
  EXPECT_NE(missing, Slice::Of({{"region", "null"}}));
  EXPECT_EQ(Slice::Of({{"region", "null"}}).Canonical(), R"({"region":"null"})");
}

TEST(Slice, TheCanonicalTextCannotBeForgedByAValue) {
  const Slice forged = Slice::Of({{"a", "1\",\"b\":\"2"}});
  EXPECT_NE(forged.Canonical(), Slice::Of({{"a", "1"}, {"b", "2"}}).Canonical());
  EXPECT_EQ(forged.Canonical(), R"({"a":"1\",\"b\":\"2"})");
  EXPECT_EQ(Slice::Of({{"a", "x\n\\"}}).Canonical(), R"({"a":"x\u000a\\"})");
}

TEST(ParseSegment, ReadsAnAttributeAndItsValueOrTheMissingOne) {
  EXPECT_EQ(ParseSegment("age_group=25-34"), (Segment{"age_group", "25-34"}));
  EXPECT_EQ(ParseSegment("size=a=b"), (Segment{"size", "a=b"}));
  EXPECT_EQ(ParseSegment("region="), (Segment{"region", std::nullopt}));
  EXPECT_FALSE(ParseSegment("region"));
  EXPECT_FALSE(ParseSegment("=South"));
}

}  // namespace
}  // namespace ripen
