#include "converter/base/clean_name.h"

#include <gtest/gtest.h>

#include <string>

namespace heapgrind {
namespace {

using namespace std::string_literals;

TEST(CleanNameTest, TextThatIsCleanStays) {
  EXPECT_EQ(CleanName("dict::CACHE (app.CACHE['k'])"),
            "dict::CACHE (app.CACHE['k'])");
  EXPECT_EQ(CleanName("größe €uro 😀"), "größe €uro 😀");
}

TEST(CleanNameTest, QuotesAndBackslashesBecomeHarmless) {
  EXPECT_EQ(CleanName("a\"b\\c"), "a'b/c");
}

TEST(CleanNameTest, EachControlCharacterBecomesAQuestionMark) {
  EXPECT_EQ(CleanName("a\0b\nc\td\x1f\x7f"s), "a?b?c?d??");
  EXPECT_EQ(CleanName("a\u0080b\u009fc\u00a0d"), "a?b?c\u00a0d");
}

TEST(CleanNameTest, OuterBlanksGoInnerOnesStay) {
  EXPECT_EQ(CleanName("  a  b "), "a  b");
}

TEST(CleanNameTest, NothingBecomesAQuestionMark) {
  EXPECT_EQ(CleanName(""), "?");
  EXPECT_EQ(CleanName("   "), "?");
}

// The Unicode Standard 15.0, section 3.9: table 3-7 and the text about it.
TEST(CleanNameTest, EachByteThatIsNotUtf8BecomesAQuestionMark) {
  EXPECT_EQ(CleanName("a\x80z"), "a?z");             // Continuation alone.
  EXPECT_EQ(CleanName("a\xc3"), "a?");               // Cut off.
  EXPECT_EQ(CleanName("a\xe2\x82z"), "a??z");        // Cut off.
  EXPECT_EQ(CleanName("\xf0\x9f\x98"), "???");       // Cut off.
  EXPECT_EQ(CleanName("\xc0\xaf"), "??");            // Overlong.
  EXPECT_EQ(CleanName("\xe0\x9f\xbf"), "???");       // Overlong.
  EXPECT_EQ(CleanName("\xf0\x8f\xbf\xbf"), "????");  // Overlong.
  EXPECT_EQ(CleanName("\xed\xa0\x80"), "???");       // A surrogate.
  EXPECT_EQ(CleanName("\xf4\x90\x80\x80"), "????");  // Above U+10FFFF.
  EXPECT_EQ(CleanName("\xff\xfe"), "??");            // Never in UTF-8.
}

TEST(CleanNameTest, LimitsOfEachLengthStay) {
  EXPECT_EQ(CleanName("\u07ff|\u0800|\ud7ff|\ue000|\uffff"),
            "\u07ff|\u0800|\ud7ff|\ue000|\uffff");
  EXPECT_EQ(CleanName("\U00010000|\U0010ffff"), "\U00010000|\U0010ffff");
}

}  // namespace
}  // namespace heapgrind
