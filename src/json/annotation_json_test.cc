#include "json/annotation_json.h"

#include <gtest/gtest.h>

namespace ripen::json {
namespace {

std::string Refusal(const char* body) {
  const auto annotation = ParseAnnotation(body);
  return annotation ? "" : annotation.error().message;
}

TEST(AnnotationJson, ReadsWhatSomebodyTells) {
  const auto summer = ParseAnnotation(
      R"({"kind":"launch","day":"2026-04-01","item":{"collection":"Summer"},"note":"n"})");
  ASSERT_TRUE(summer) << summer.error().message;
  EXPECT_TRUE(summer->new_epoch);  // a launch, unless it is said
  EXPECT_EQ(*summer->item, (Segment{"collection", "Summer"}));
  const auto sale = ParseAnnotation(
      R"({"kind":"campaign","day":"2026-04-01","last_day":"2026-04-03","title":"Sale"})");
  ASSERT_TRUE(sale);
  EXPECT_FALSE(sale->new_epoch);
  EXPECT_EQ(AnnotationJson(*CheckedAnnotation(*sale)),
            "{\"day\":\"2026-04-01\",\"id\":\"" + CheckedAnnotation(*sale)->id +
                R"(","item":null,"kind":"campaign","last_day":"2026-04-03","new_epoch":false,)"
                R"("note":"","origin":"configuration","title":"Sale","told_on":null})");
}

TEST(AnnotationJson, NamesWhatIsWrong) {
  EXPECT_EQ(Refusal("[]"),
            R"(The body must be a JSON object like {"kind":"launch","day":"2026-04-01",)"
            R"("item":{"collection":"Summer"}}.)");
  EXPECT_EQ(Refusal(R"({"kind":"sale","day":"2026-04-01"})"),
            "kind must be launch, campaign, model_version or other.");
  EXPECT_EQ(Refusal(R"({"kind":"launch","day":"1 April"})"), "day must be a day like 2026-04-01.");
  EXPECT_EQ(Refusal(R"({"kind":"launch","day":"2026-04-01","item":{"a":"b","c":"d"}})"),
            "item must name one attribute and its value.");
  EXPECT_EQ(Refusal(R"({"kind":"launch","day":"2026-04-01","new_epoch":1})"),
            "new_epoch must be true or false.");
  EXPECT_EQ(Refusal(R"({"kind":"launch","day":"2026-04-01","told_on":"2026-04-01"})"),
            "An annotation has kind, day, last_day, item, title, note and new_epoch, not "
            "\"told_on\".");
}

}  // namespace
}  // namespace ripen::json
