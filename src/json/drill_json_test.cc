#include "json/drill_json.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

namespace ripen::json {
namespace {

using ::testing::HasSubstr;

DrillReport SomeReport() {
  DrillReport report;
  report.as_of = Day::FromYmd(2026, 11, 20);
  report.stage = "click";
  report.slice = Slice::Of({{"age_group", "25-34"}, {"region", std::nullopt}});
  report.change = -.25;
  report.days = 10;
  report.rate = .2812;
  report.first_start = Day::FromYmd(2026, 11, 1);
  report.last_start = Day::FromYmd(2026, 11, 11);
  report.sizes = {{-.05, 40, 0, 0, .21, {}, {}, 0, 0, 0}, {-.25, 40, 36, .58, .98, 3, 4, 33, 1, 2}};
  return report;
}

const DrillWords kEn{"A fall.", {"One.", "Two."}, {"Change  noticed"}};
const DrillWords kDe{"Ein Rückgang.", {"Eins."}, {"Änderung"}};

TEST(DrillJson, HoldsEverySizeAndTheWords) {
  const auto parsed = nlohmann::json::parse(DrillJson(SomeReport(), kEn, kDe));
  EXPECT_EQ(parsed.at("slice"), nlohmann::json::parse(R"({"age_group":"25-34","region":null})"));
  EXPECT_EQ(parsed.at("sizes").at(0),
            nlohmann::json::parse(R"({"change":-0.05,"runs":40,"noticed":0,"share":0,
      "low":0,"high":0.21,"days_median":null,"days_nine_in_ten":null,
      "named":{"exactly":0,"wider":0,"narrower":0}})"));
  EXPECT_EQ(parsed.at("sizes").at(1).at("days_nine_in_ten"), 4);
  EXPECT_EQ(parsed.at("message").at("de").at("headline"), "Ein Rückgang.");
}

TEST(DrillJson, AnAnswerIsReadAsItWasWritten) {
  DrillState state{"7", "done", 1, {}, DrillJson(SomeReport(), kEn, kDe)};
  const auto done = ParseDrillReply(DrillAnswerJson(state));
  ASSERT_TRUE(done) << done.error().message;
  EXPECT_EQ(done->state.result, state.result);
  EXPECT_EQ(done->en.details, kEn.details);
  EXPECT_EQ(done->de.table, kDe.table);
  state = {"8", "failed", .25, "No attribute is named \"result\":x.", ""};
  const auto failed = ParseDrillReply(DrillAnswerJson(state));
  ASSERT_TRUE(failed);
  EXPECT_EQ(failed->state.reason, state.reason);
  EXPECT_EQ(failed->state.progress, .25);
  EXPECT_TRUE(failed->state.result.empty());
  for (const char* text : {"", "[]", "{}", R"({"id":"1","state":1})"}) {
    EXPECT_FALSE(ParseDrillReply(text)) << text;
  }
}

TEST(DrillJson, ARequestIsReadAsItWasWritten) {
  DrillRequest request;
  request.stage = "click";
  request.slice = SomeReport().slice;
  request.change = -.45;
  request.days = 7;
  request.as_of = Day::FromYmd(2026, 11, 20);
  const auto read = ParseDrillRequest(DrillRequestJson(request));
  ASSERT_TRUE(read) << read.error().message;
  EXPECT_EQ(read->slice, request.slice);
  EXPECT_EQ(read->as_of, request.as_of);
  EXPECT_EQ(read->days, 7);
  EXPECT_DOUBLE_EQ(read->change, -.45);
  const auto least = ParseDrillRequest(R"({"stage":"click","change":1})");
  ASSERT_TRUE(least);
  EXPECT_TRUE(least->slice.IsTotal());
  EXPECT_EQ(least->days, 10);
}

TEST(DrillJson, SaysWhatIsNoRequest) {
  const std::vector<std::pair<std::string, std::string>> wrong = {
      {"", "the body is no JSON object"},
      {"[]", "the body is no JSON object"},
      {R"({"change":-0.1})", "stage is missing"},
      {R"({"stage":"click"})", "change is missing"},
      {R"({"stage":1,"change":-0.1})", "stage is no text"},
      {R"({"stage":"click","change":"-5%"})", "change is no number"},
      {R"({"stage":"click","change":-0.1,"days":2.5})", "days is no whole number"},
      {R"({"stage":"click","change":-0.1,"days":123456789012345678901})",
       "days is no whole number"},
      {R"({"stage":"click","change":-0.1,"slice":["a"]})", "slice is no object of texts"},
      {R"({"stage":"click","change":-0.1,"slice":{"a":{}}})", "slice is no object of texts"},
      {R"({"stage":"click","change":-0.1,"slice":{"a":1}})", "a value is no text"},
      {R"({"stage":"click","change":-0.1,"as_of":"soon"})", "as_of is no day"},
      {R"({"stage":"click","change":-0.1,"colour":1})", "'colour' is none of"}};
  for (const auto& [text, what] : wrong) {
    const auto request = ParseDrillRequest(text);
    ASSERT_FALSE(request) << text;
    EXPECT_THAT(request.error().message, HasSubstr(what)) << text;
  }
  std::string deep = R"({"stage":"click","change":-0.1,"slice":)";
  deep += std::string(30000, '[') + std::string(30000, ']') + "}";
  EXPECT_FALSE(ParseDrillRequest(deep));
  EXPECT_FALSE(ParseDrillRequest(std::string(100000, ' ')));
}

TEST(ProblemDetail, IsTheSentenceOrTheText) {
  EXPECT_EQ(ProblemDetail(R"({"detail":"Wrong.","status":400})"), "Wrong.");
  EXPECT_EQ(ProblemDetail("<html>"), "<html>");
}

}  // namespace
}  // namespace ripen::json
