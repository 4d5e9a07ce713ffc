#include "wording/wrap.h"

#include <gtest/gtest.h>

namespace ripen::wording {
namespace {

TEST(Wrap, BreaksAtSpacesAndIndents) {
  EXPECT_EQ(Wrap("one two three", "- ", "  ", 9), "- one two\n  three\n");
  EXPECT_EQ(Wrap("", "- ", "  "), "- \n");
}

TEST(Wrap, CountsCharactersNotBytes) {
  EXPECT_EQ(Wrap("äöü äöü", "", "", 7), "äöü äöü\n");
  EXPECT_EQ(Wrap("äöü äöü", "", "", 6), "äöü\näöü\n");
}

TEST(Wrap, KeepsDatesAndFiguresTogether) {
  EXPECT_EQ(Wrap("seit dem 19. November", "", "", 13), "seit dem\n19. November\n");
  EXPECT_EQ(Wrap("it was 24 in 100 here", "", "", 11), "it was\n24 in 100\nhere\n");
}

TEST(Wrap, LeavesALongWordWhole) {
  EXPECT_EQ(Wrap("a verylongword b", "", "", 6), "a\nverylongword\nb\n");
}

}  // namespace
}  // namespace ripen::wording
