#include "server/query.h"

#include <gtest/gtest.h>

#include <random>

namespace ripen::server {
namespace {

std::string DetailOf(const std::string& target) {
  const auto parsed = ParseTarget(target);
  return parsed ? "" : parsed.error().detail;
}

TEST(Target, SplitsPathAndQuery) {
  const auto target = ParseTarget("/api/v1/check?as_of=2026-11-20&x=%41");
  ASSERT_TRUE(target.has_value());
  EXPECT_EQ(target->path, "/api/v1/check");
  EXPECT_EQ(target->query, "as_of=2026-11-20&x=%41");
}

TEST(Target, DecodesThePath) {
  EXPECT_EQ(ParseTarget("/groups/M%C3%BCnchen+1")->path, "/groups/München+1");
}

TEST(Target, RefusesWhatIsNoPlainPath) {
  EXPECT_EQ(DetailOf(""), "The address '' does not start with '/'.");
  EXPECT_EQ(DetailOf("http://evil.example/"),
            "The address 'http://evil.example/' does not start with '/'.");
  for (const char* target : {"/a/../b", "/a/./b", "/..", "/a/..", "/.", "//a", "/a//b", "/a\\b",
                             "/%2e%2e/etc/passwd", "/a%2f..%2f..%2fetc", "/%5c..%5c"}) {
    EXPECT_NE(DetailOf(target).find("is not plain: no '..', '.', '//' or '\\'."), std::string::npos)
        << target;
  }
  for (const char* target :
       {"/%", "/%4", "/%zz", "/%00", "/%0a", "/%ff", "/%c0%af", "/%7f", "/%ed%a0%80"}) {
    EXPECT_NE(DetailOf(target).find("has a broken escape or is not UTF-8."), std::string::npos)
        << target;
  }
  EXPECT_EQ(ParseTarget("/" + std::string(kMaxTargetBytes, 'a')).error().status, 414);
}

TEST(ParametersOf, TakesWhatIsAllowed) {
  const auto parameters =
      Parameters::Parse("stage=click&slice=%7B%7D&to=&a+b=c+d%2B", {"stage", "slice", "to", "a b"});
  ASSERT_TRUE(parameters.has_value());
  EXPECT_EQ(parameters->Text("stage"), "click");
  EXPECT_EQ(parameters->Text("slice"), "{}");
  EXPECT_EQ(parameters->Text("to"), "");
  EXPECT_EQ(parameters->Text("a b"), "c d+");
  EXPECT_EQ(parameters->Text("from"), std::nullopt);
}

TEST(ParametersOf, EmptyPartsAreNothing) {
  EXPECT_TRUE(Parameters::Parse("&&stage=click&", {"stage"}).has_value());
}

TEST(ParametersOf, RefusesWhatIsUnknownRepeatedOrBroken) {
  const auto unknown = Parameters::Parse("stages=click", {"as_of", "stage"});
  ASSERT_FALSE(unknown.has_value());
  EXPECT_EQ(unknown.error().status, 400);
  EXPECT_EQ(unknown.error().parameter, "stages");
  EXPECT_EQ(unknown.error().detail, "There is no parameter 'stages' here; there are as_of, stage.");
  EXPECT_EQ(Parameters::Parse("x", {}).error().detail,
            "There is no parameter 'x' here; none is read.");
  EXPECT_EQ(Parameters::Parse("stage=a&stage=a", {"stage"}).error().detail,
            "The parameter 'stage' is given twice.");
  EXPECT_EQ(Parameters::Parse("stage=%f", {"stage"}).error().detail,
            "The parameter 'stage=%f' has a broken escape or is not UTF-8.");
  EXPECT_EQ(Parameters::Parse("stage=a%00b", {"stage"}).error().detail,
            "The parameter 'stage=a%00b' has a broken escape or is not UTF-8.");
}

TEST(ParametersOf, ReadsDates) {
  const auto parameters =
      Parameters::Parse("as_of=2026-11-20&to=2026-13-01&from=", {"as_of", "to", "from"});
  EXPECT_EQ(parameters->Date("as_of")->value(), Day::FromYmd(2026, 11, 20));
  EXPECT_EQ(*parameters->Date("nothing"), std::nullopt);
  EXPECT_EQ(parameters->Date("to").error().detail,
            "to: '2026-13-01' is no date; one is written as 2026-11-20.");
  EXPECT_EQ(parameters->Date("to").error().parameter, "to");
  EXPECT_EQ(parameters->Date("from").error().detail,
            "from: '' is no date; one is written as 2026-11-20.");
}

TEST(PrintableText, IsShortAndPlain) {
  EXPECT_EQ(Printable("München"), "München");
  EXPECT_EQ(Printable("a\nb\x7f\xff"), "a?b??");
  EXPECT_EQ(Printable(std::string(100, 'a')), std::string(80, 'a') + "...");
}

TEST(Target, AnyBytesGiveAPathOrASentence) {
  std::mt19937 random(20261124);
  const std::string alphabet = "/%.?&=+aE0f2c\\\xc3\xbc\xff\x01 ";
  for (int i = 0; i < 20000; ++i) {
    std::string text = "/";
    const auto length = random() % 24;
    for (unsigned j = 0; j < length; ++j) text += alphabet[random() % alphabet.size()];
    const auto target = ParseTarget(text);
    if (!target) {
      EXPECT_TRUE(IsUtf8(target.error().detail));
      continue;
    }
    EXPECT_TRUE(IsUtf8(target->path));
    EXPECT_EQ(target->path.find("/../"), std::string::npos);
    const auto parameters = Parameters::Parse(target->query, {"a"});
    if (!parameters) {
      EXPECT_TRUE(IsUtf8(parameters.error().detail));
    }
  }
}

}  // namespace
}  // namespace ripen::server
