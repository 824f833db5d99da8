#include "converter/base/visible_text.h"

#include <gtest/gtest.h>

#include <string>

namespace heapgrind {
namespace {

using namespace std::string_literals;

TEST(VisibleTextTest, TextThatIsVisibleStays) {
  EXPECT_EQ(VisibleText("größe €uro 😀 \"\\"), "größe €uro 😀 \"\\");
}

TEST(VisibleTextTest, ControlCharactersAndOtherBytesBecomeQuestionMarks) {
  EXPECT_EQ(VisibleText("a\033[1mé\xff\x7f\u009b\0\n"s), "a?[1mé?????");
  EXPECT_EQ(VisibleText("\xed\xa0\xbd"), "???");  // A surrogate.
}

TEST(VisibleTextTest, OtherHiddenCharactersBecomeNumbers) {
  EXPECT_EQ(VisibleText("a\u202eb\u2066c\u061cd\u200fe"),
            "a<U+202E>b<U+2066>c<U+061C>d<U+200F>e");
  EXPECT_EQ(VisibleText("\u2028\u2029\u200b\u200d\ufeff\u00ad\U000e0041"),
            "<U+2028><U+2029><U+200B><U+200D><U+FEFF><U+00AD><U+E0041>");
}

TEST(VisibleTextTest, NeighboursOfHiddenCharactersStay) {
  EXPECT_EQ(VisibleText("\u00a0\u200a\u2010\u2027\u202f\u205f\u2070\ufefe"),
            "\u00a0\u200a\u2010\u2027\u202f\u205f\u2070\ufefe");
}

TEST(VisibleTextTest, JsonEscapesHiddenCharacters) {
  EXPECT_EQ(VisibleJson("{\"a\": \"é\u009b\u202e\x7f\U000e0041\"}\n"),
            "{\"a\": \"é\\u009b\\u202e\\u007f\\udb40\\udc41\"}\n");
}

}  // namespace
}  // namespace heapgrind
