#include "converter/cli/text_width.h"

#include <gtest/gtest.h>

namespace heapgrind {
namespace {

TEST(TextWidthTest, AsciiTakesOneColumnACharacter) {
  EXPECT_EQ(TextWidth(""), 0u);
  EXPECT_EQ(TextWidth("app.CACHE"), 9u);
}

TEST(TextWidthTest, WideCharactersTakeTwo) {
  EXPECT_EQ(TextWidth("漢字"), 4u);
  EXPECT_EQ(TextWidth("ü"), 1u);
}

TEST(TextWidthTest, CombiningCharactersTakeNone) {
  EXPECT_EQ(TextWidth("e\u0301"), 1u);
}

TEST(TextWidthTest, BytesThatAreNoCharacterTakeOne) {
  EXPECT_EQ(TextWidth("a\xFF"), 2u);
}

TEST(CutTextTest, TextThatFitsStays) {
  EXPECT_EQ(CutText("app.CACHE", 9), "app.CACHE");
}

TEST(CutTextTest, LosesItsMiddle) {
  EXPECT_EQ(CutText("app.CACHE[*].data", 9), "app.…data");
  EXPECT_EQ(CutText("app.CACHE", 2), "a…");
  EXPECT_EQ(CutText("app.CACHE", 1), "…");
  EXPECT_EQ(CutText("app.CACHE", 0), "");
}

TEST(CutTextTest, WideCharactersAreNotHalved) {
  EXPECT_EQ(CutText("漢字漢字", 4), "漢…");
  EXPECT_EQ(CutText("漢字漢字", 5), "漢…字");
  EXPECT_EQ(TextWidth(CutText("漢字漢字漢字", 10)), 9u);
}

}  // namespace
}  // namespace heapgrind
