#include "converter/base/cut_text.h"

#include <gtest/gtest.h>

namespace heapgrind {
namespace {

TEST(CutTextTest, TextUpToTheLimitStays) {
  EXPECT_EQ(CutMiddle("", 4), "");
  EXPECT_EQ(CutMiddle("abcd", 4), "abcd");
}

TEST(CutTextTest, LongerOneKeepsItsEnds) {
  EXPECT_EQ(CutMiddle("abcde", 4), "ab...e62a96...de");
}

TEST(CutTextTest, TextsWithTheSameEndsDiffer) {
  EXPECT_NE(CutMiddle("abcde", 4), CutMiddle("abde", 2));
  EXPECT_NE(CutMiddle("ab1de", 4), CutMiddle("ab2de", 4));
  EXPECT_NE(CutMiddle("ab12de", 4), CutMiddle("ab21de", 4));
}

TEST(CutTextTest, NoCharacterIsCut) {
  EXPECT_EQ(CutMiddle("aääääb", 4).substr(0, 4), "a...");
  EXPECT_EQ(CutMiddle("aääääb", 4).substr(10), "...b");
  EXPECT_EQ(CutMiddle("\x80\x80\x80", 2).size(), 12);
}

}  // namespace
}  // namespace heapgrind
