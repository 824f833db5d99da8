#include "converter/json/json_tokens.h"

#include <gtest/gtest.h>

#include <string>

#include "absl/strings/string_view.h"

namespace heapgrind {
namespace {

std::string Unescaped(absl::string_view escaped) {
  std::string text;
  AppendUnescaped(escaped, &text);
  return text;
}

TEST(TokenAtTest, FindsTheTokenThatHoldsAByte) {
  const absl::string_view line = R"({"a\"b": [tru, 12]})";
  EXPECT_EQ(TokenAt(line, 0), "{");
  EXPECT_EQ(TokenAt(line, 1), R"("a\"b")");
  EXPECT_EQ(TokenAt(line, 6), R"("a\"b")");
  EXPECT_EQ(TokenAt(line, 7), ":");
  EXPECT_EQ(TokenAt(line, 11), "tru");
  EXPECT_EQ(TokenAt(line, 16), "12");
}

TEST(TokenAtTest, GoesOnFromABlankToTheNextToken) {
  EXPECT_EQ(TokenAt("{ \t 7", 1), "7");
  EXPECT_EQ(TokenAt("{ ", 1), "");
  EXPECT_EQ(TokenAt("", 0), "");
}

TEST(TokenAtTest, TakesAStringWithoutEndToTheEndOfTheLine) {
  EXPECT_EQ(TokenAt(R"({"abc)", 3), R"("abc)");
  EXPECT_EQ(TokenAt(R"("abc\)", 3), R"("abc\)");
}

TEST(DescribeTokenTest, NamesEveryKindOfToken) {
  EXPECT_EQ(DescribeToken(R"("name")"), "a string");
  EXPECT_EQ(DescribeToken("{"), "an object");
  EXPECT_EQ(DescribeToken("["), "an array");
  EXPECT_EQ(DescribeToken("-1.5"), "-1.5");
  EXPECT_EQ(DescribeToken("null"), "null");
  EXPECT_EQ(DescribeToken("}"), "\"}\"");
  EXPECT_EQ(DescribeToken("hello"), "\"hello\"");
  EXPECT_EQ(DescribeToken(""), "the end of the line");
  EXPECT_EQ(DescribeToken("\x80\x03"), "byte 0x80");
}

TEST(DescribeTokenTest, ShortensWhatIsLongOrCannotBeShown) {
  EXPECT_EQ(DescribeToken(std::string(33, '1')), std::string(32, '1') + "...");
  EXPECT_EQ(DescribeToken("ab\x01z"), "\"ab...\"");
}

TEST(StringAtEndTest, FindsTheOpeningQuote) {
  EXPECT_EQ(StringAtEnd(R"({"a": "b")"), "b");
  EXPECT_EQ(StringAtEnd(R"({"a": "")"), "");
  EXPECT_EQ(StringAtEnd(R"({"a": "x\"y\\")"), R"(x\"y\\)");
  EXPECT_EQ(StringAtEnd(R"("\"")"), R"(\")");
}

TEST(AppendUnescapedTest, DecodesEveryEscape) {
  EXPECT_EQ(Unescaped(R"(\"\\\/\b\f\n\r\t)"), "\"\\/\b\f\n\r\t");
  EXPECT_EQ(Unescaped(R"(\u0041\u00e9\u20AC)"), "A\u00e9\u20ac");
}

TEST(AppendUnescapedTest, KeepsNulAndWhatIsNoUtf8) {
  EXPECT_EQ(Unescaped(R"(a\u0000b)"), std::string("a\0b", 3));
  EXPECT_EQ(Unescaped("\xff\\n\xc3"), "\xff\n\xc3");
}

TEST(AppendUnescapedTest, JoinsAPairOfSurrogates) {
  EXPECT_EQ(Unescaped(R"(\ud83d\ude00!)"), "\U0001F600!");
  EXPECT_EQ(Unescaped(R"(\udbff\udfff)"), "\U0010FFFF");
}

TEST(AppendUnescapedTest, KeepsLoneSurrogatesApart) {
  EXPECT_EQ(Unescaped(R"(\ud800x)"), "\xed\xa0\x80x");
  EXPECT_EQ(Unescaped(R"(\udc80)"), "\xed\xb2\x80");
  EXPECT_EQ(Unescaped(R"(\ud800\ud801)"), "\xed\xa0\x80\xed\xa0\x81");
  EXPECT_EQ(Unescaped(R"(\ud800\u0041)"), "\xed\xa0\x80\x41");
  EXPECT_EQ(Unescaped(R"(\ud800\n)"), "\xed\xa0\x80\n");
}

}  // namespace
}  // namespace heapgrind
