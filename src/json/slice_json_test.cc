#include "json/slice_json.h"

#include <gtest/gtest.h>

#include <random>
#include <string>

#include "json/json_writer.h"

namespace ripen::json {
namespace {

std::string Sentence(const std::string& text) {
  const auto slice = ParseSlice(text);
  EXPECT_FALSE(slice.has_value()) << text;
  return slice ? "" : slice.error().message;
}

std::string Wrong(const std::string& what, const std::string& text) {
  return "A group must be given as JSON like {\"age_group\":\"25-34\"}; " + what + ": '" + text +
         "'.";
}

TEST(SliceJson, ReadsTextsAndNullsInAnyOrder) {
  const auto slice = ParseSlice(R"( {"region": null, "age_group": "25-34"} )");
  ASSERT_TRUE(slice.has_value());
  EXPECT_EQ(*slice, Slice::Of({{"age_group", "25-34"}, {"region", std::nullopt}}));
  EXPECT_EQ(ParseSlice(SliceJson(*slice)), *slice);
  EXPECT_TRUE(ParseSlice("{}")->IsTotal());
}

TEST(SliceJson, SaysWhatIsNoGroup) {
  EXPECT_EQ(Sentence("{"), Wrong("this is no JSON from byte 2 on", "{"));
  EXPECT_EQ(Sentence("[]"), Wrong("a list is no group", "[]"));
  EXPECT_EQ(Sentence("null"), Wrong("this is no object", "null"));
  EXPECT_EQ(Sentence("\"x\""), Wrong("this is no object", "\"x\""));
  for (const char* text : {R"({"a":1})", R"({"a":true})", R"({"a":0.5})", R"({"a":{}})"}) {
    EXPECT_EQ(Sentence(text), Wrong("a value is no text", text));
  }
  EXPECT_EQ(Sentence(R"({"a":"x","a":"y"})"), Wrong("'a' is given twice", R"({"a":"x","a":"y"})"));
  EXPECT_EQ(Sentence(R"({"":"x"})"),
            Wrong("an attribute's name must have 1 to 256 bytes", R"({"":"x"})"));
}

TEST(SliceJson, KeepsWithinItsBounds) {
  const auto beyond = [](const std::string& text) {
    const auto slice = ParseSlice(text);
    return !slice.has_value() && slice.error().code == ErrorCode::kOutOfRange;
  };
  EXPECT_TRUE(beyond("{\"a\":\"" + std::string(kMaxSliceBytes, 'x') + "\"}"));
  EXPECT_TRUE(beyond("{\"a\":\"" + std::string(kMaxSliceValueBytes + 1, 'x') + "\"}"));
  EXPECT_TRUE(ParseSlice("{\"a\":\"" + std::string(kMaxSliceValueBytes, 'x') + "\"}").has_value());
  std::string many = "{";
  for (std::size_t i = 0; i < kMaxSliceAttributes; ++i) {
    many += "\"a" + std::to_string(i) + "\":null,";
  }
  EXPECT_TRUE(beyond(many + "\"more\":null}"));
  many.back() = '}';
  EXPECT_TRUE(ParseSlice(many).has_value());
}

TEST(SliceJson, DeepNestingIsRefusedAtItsFirstLevel) {
  EXPECT_EQ(Sentence(std::string(200, '[')).substr(0, 84),
            Wrong("a list is no group", std::string(200, '[')).substr(0, 84));
}

TEST(SliceJson, ReadsBackWhateverWasWritten) {
  std::mt19937 random(11);
  const std::string letters = "aZ09 \"\\/\n\t{}[]:,";
  for (int i = 0; i < 2000; ++i) {
    std::vector<Segment> segments;
    for (auto n = random() % 4; n > 0; --n) {
      std::string value = random() % 2 == 0 ? "ü–" : "";
      for (auto k = random() % 10; k > 0; --k) value += letters[random() % letters.size()];
      segments.push_back(
          {"a" + std::to_string(n), random() % 5 == 0 ? AttributeValue() : AttributeValue(value)});
    }
    const Slice slice = Slice::Of(segments);
    const auto read = ParseSlice(SliceJson(slice));
    ASSERT_TRUE(read.has_value()) << read.error().message;
    EXPECT_EQ(*read, slice);
  }
}

}  // namespace
}  // namespace ripen::json
