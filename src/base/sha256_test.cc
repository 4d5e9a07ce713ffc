#include "base/sha256.h"

#include <gtest/gtest.h>

#include <string>

namespace ripen {
namespace {

// The values of `printf '' | sha256sum` and `printf abc | sha256sum`.
TEST(Sha256, EqualsTheSystemsOwnProgram) {
  EXPECT_EQ(Sha256Hex(""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  EXPECT_EQ(Sha256Hex("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

TEST(Sha256, ReadsBytesNotText) {
  const std::string with_zero("a\0b", 3);
  EXPECT_NE(Sha256Hex(with_zero), Sha256Hex("a"));
  EXPECT_EQ(Sha256Hex(with_zero).size(), 64U);
}

}  // namespace
}  // namespace ripen
