#include "json/json_writer.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <nlohmann/json.hpp>
#include <random>

#include "json/problem_json.h"

namespace ripen::json {
namespace {

TEST(Quoted, EscapesWhatJsonDemands) {
  EXPECT_EQ(Quoted("a\"b\\c"), R"("a\"b\\c")");
  EXPECT_EQ(Quoted("\n\r\t"), R"("\n\r\t")");
  EXPECT_EQ(Quoted(std::string_view("\x00\x1f\x7f", 3)), R"("\u0000\u001f\u007f")");
  EXPECT_EQ(Quoted("Süd – 日本 🎉"), "\"Süd – 日本 🎉\"");
  EXPECT_EQ(Quoted(""), "\"\"");
}

TEST(Quoted, ReplacesBytesThatAreNoUtf8) {
  const std::string mark = "\xEF\xBF\xBD";
  EXPECT_EQ(Quoted("a\xFF"), "\"a" + mark + "\"");
  EXPECT_EQ(Quoted("\xC3"), "\"" + mark + "\"");                        // cut off
  EXPECT_EQ(Quoted("\xC0\xAF"), "\"" + mark + mark + "\"");             // overlong
  EXPECT_EQ(Quoted("\xED\xA0\x80"), "\"" + mark + mark + mark + "\"");  // a surrogate
  EXPECT_EQ(Quoted("\xF4\x90\x80\x80"), "\"" + mark + mark + mark + mark + "\"");
}

// Whatever the bytes, the text is valid JSON; whatever is UTF-8 comes back as it was.
TEST(Quoted, IsValidJsonForAnyBytes) {
  std::mt19937 random(20261124);
  for (int i = 0; i < 20000; ++i) {
    std::string bytes(random() % 12, ' ');
    for (char& c : bytes) c = static_cast<char>(random() & 0xFFU);
    const auto parsed = nlohmann::json::parse(Quoted(bytes), nullptr, false);
    ASSERT_TRUE(parsed.is_string()) << Quoted(bytes);
    // The library refuses to write what is no UTF-8; where it writes, we must agree.
    try {
      (void)nlohmann::json(bytes).dump();
      EXPECT_EQ(parsed.get<std::string>(), bytes);
    } catch (const nlohmann::json::type_error&) {
      EXPECT_NE(parsed.get<std::string>(), bytes);
    }
  }
}

TEST(Rate, HasSixDecimals) {
  EXPECT_EQ(Rate(0.2259483), "0.225948");
  EXPECT_EQ(Rate(0), "0.000000");
  EXPECT_EQ(Rate(-1e-9), "0.000000");
  EXPECT_EQ(Rate(1), "1.000000");
  EXPECT_EQ(Rate(-0.13), "-0.130000");
}

TEST(Number, IsTheShortestText) {
  EXPECT_EQ(Number(0.9), "0.9");
  EXPECT_EQ(Number(36500), "36500");
  EXPECT_EQ(Number(-0.0), "0");
  EXPECT_EQ(Number(123456789.5), "123456789.5");
  std::mt19937_64 random(7);
  for (int i = 0; i < 2000; ++i) {
    const double value =
        std::ldexp(static_cast<double>(random()), static_cast<int>(random() % 200) - 100);
    EXPECT_EQ(nlohmann::json::parse(Number(value)).get<double>(), value);
  }
}

TEST(NumberDeathTest, NeverWritesNanOrInfinity) {
  EXPECT_DEATH(Rate(std::numeric_limits<double>::quiet_NaN()), "no number for JSON");
  EXPECT_DEATH(Number(std::numeric_limits<double>::infinity()), "no number for JSON");
}

TEST(Object, SortsItsKeysAndRefusesOneTwice) {
  EXPECT_EQ(Object().PutInt("b", 1).PutText("a", "x").PutBool("c", true).Done(),
            R"({"a":"x","b":1,"c":true})");
  EXPECT_EQ(Object().Done(), "{}");
  Object object;
  object.PutInt("a", 1);
  EXPECT_DEATH(object.PutInt("a", 2), "'a' is written twice");
}

TEST(Object, WritesNullForTheAbsent) {
  EXPECT_EQ(Object()
                .PutDay("day", std::optional<Day>())
                .PutRate("rate", std::optional<double>())
                .PutTextOrNull("text", std::nullopt)
                .Done(),
            R"({"day":null,"rate":null,"text":null})");
}

TEST(Lists, JoinTheirItems) {
  EXPECT_EQ(Array({}), "[]");
  EXPECT_EQ(Array({"1", "2"}), "[1,2]");
  EXPECT_EQ(Lines({}), "[]");
  EXPECT_EQ(Lines({"1", "2"}), "[\n1,\n2\n]");
}

TEST(ProblemJson, IsAProblemDocument) {
  const Error error{ErrorCode::kNotFound, "There is no stage 'x'."};
  const auto problem = nlohmann::json::parse(ProblemJson(404, "Not Found", error, "stage"));
  EXPECT_EQ(problem, (nlohmann::json{{"type", "about:blank"},
                                     {"title", "Not Found"},
                                     {"status", 404},
                                     {"detail", "There is no stage 'x'."},
                                     {"code", "not_found"},
                                     {"parameter", "stage"}}));
  EXPECT_FALSE(nlohmann::json::parse(ProblemJson(500, "Internal Server Error", error))
                   .contains("parameter"));
}

}  // namespace
}  // namespace ripen::json
