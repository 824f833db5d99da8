#include "converter/commands/strip/line_edit.h"

#include <gtest/gtest.h>

namespace heapgrind {
namespace {

TEST(LineEditTest, ReplacesAndRemovesMembers) {
  EXPECT_EQ(ChangeMembers(R"({"a": 1, "b": [1, 2],"c":"x"})",
                          {{"a", ""}, {"b", R"("b": [], "d": 2)"}}),
            R"({"b": [], "d": 2, "c":"x"})");
}

TEST(LineEditTest, ChangesEveryMemberOfThatKey) {
  EXPECT_EQ(ChangeMembers(R"({"a": 1, "b": 2, "\u0061": 3})", {{"a", ""}}),
            R"({"b": 2})");
}

TEST(LineEditTest, AllMembersMayGo) {
  EXPECT_EQ(ChangeMembers(R"({"a": 1})", {{"a", ""}}), "{}");
}

TEST(LineEditTest, TheLastMemberOfAKeyCounts) {
  EXPECT_EQ(MemberValue(R"({"a": 1, "b": 2, "a": "3"})", "a"), "\"3\"");
  EXPECT_EQ(MemberValue(R"({"a": 1})", "b"), "");
}

TEST(LineEditTest, CutsStringsAtCharacters) {
  EXPECT_EQ(CutString("\"abcdef\"", 3), "\"abc\"");
  EXPECT_EQ(CutString("\"ab\"", 3), "\"ab\"");
  EXPECT_EQ(CutString("\"\"", 3), "\"\"");
  EXPECT_EQ(CutString("\"äöüß\"", 2), "\"äö\"");
}

TEST(LineEditTest, AnEscapeIsOneCharacter) {
  EXPECT_EQ(CutString(R"("\"\\\n\u00e9xyz")", 5), R"("\"\\\n\u00e9x")");
}

TEST(LineEditTest, APairOfSurrogatesIsOneCharacter) {
  EXPECT_EQ(CutString(R"("\ud83d\ude00\uD83D\uDE00x")", 1),
            R"("\ud83d\ude00")");
  EXPECT_EQ(CutString(R"("\ud83d\ud83dx")", 1), R"("\ud83d")");
  EXPECT_EQ(CutString(R"("\ud83d")", 1), R"("\ud83d")");
}

TEST(LineEditTest, AByteThatIsNoUtf8IsOneCharacter) {
  EXPECT_EQ(CutString("\"\xff\xfe"
                      "abc\"",
                      2),
            "\"\xff\xfe\"");
}

}  // namespace
}  // namespace heapgrind
