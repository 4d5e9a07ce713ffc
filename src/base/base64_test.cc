#include "base/base64.h"

#include <gtest/gtest.h>

namespace ripen {
namespace {

TEST(Base64, EncodesTheExamplesOfItsStandard) {
  EXPECT_EQ(Base64(""), "");
  EXPECT_EQ(Base64("Man"), "TWFu");
  EXPECT_EQ(Base64("fo"), "Zm8=");
  EXPECT_EQ(Base64("foobar"), "Zm9vYmFy");
  EXPECT_EQ(Base64(std::string_view("\xff\x00\xfe", 3)), "/wD+");
}

}  // namespace
}  // namespace ripen
