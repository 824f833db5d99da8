#include "converter/commands/walk/python_text.h"

#include <gtest/gtest.h>

namespace heapgrind {
namespace {

TEST(PythonTextTest, QuotesAsPythonDoes) {
  EXPECT_EQ(QuotedText("plain"), "'plain'");
  EXPECT_EQ(QuotedText("it's a \\"), "'it\\'s a \\\\'");
  EXPECT_EQ(QuotedText("\n\t\r\x01"), "'\\n\\t\\r\\x01'");
  EXPECT_EQ(QuotedText("\xff é"), "'\\xff é'");
  EXPECT_EQ(QuotedText(""), "''");
}

// The text of the literal that `literal` begins with, and its size.
std::string Unquoted(std::string_view literal) {
  std::string text;
  size_t size = 0;
  if (!UnquoteText(literal, &text, &size)) return "none";
  return std::to_string(size) + ":" + text;
}

TEST(PythonTextTest, UnquotesBothKindsOfQuotes) {
  EXPECT_EQ(Unquoted("'a\"b' rest"), "5:a\"b");
  EXPECT_EQ(Unquoted("\"a'b\""), "5:a'b");
  EXPECT_EQ(Unquoted("'a\\'b\\\\\\n\\x41'"), "14:a'b\\\nA");
}

TEST(PythonTextTest, AnEscapeThatIsNoneStandsForItself) {
  EXPECT_EQ(Unquoted("'\\q\\x4'"), "7:qx4");
}

TEST(PythonTextTest, LiteralsMustBeginAndEnd) {
  EXPECT_EQ(Unquoted("'a"), "none");
  EXPECT_EQ(Unquoted("'a\\'"), "none");
  EXPECT_EQ(Unquoted("'a\\"), "none");
  EXPECT_EQ(Unquoted("a'"), "none");
  EXPECT_EQ(Unquoted(""), "none");
}

TEST(PythonTextTest, QuotingAndUnquotingIsTheSameAgain) {
  std::string all;
  for (int c = 0; c < 256; ++c) all.push_back(static_cast<char>(c));
  const std::string quoted = QuotedText(all);
  EXPECT_EQ(Unquoted(quoted), std::to_string(quoted.size()) + ":" + all);
}

TEST(PythonTextTest, IdentifiersAreLettersDigitsAndWhatIsNotAscii) {
  EXPECT_TRUE(IsIdentifier("_a1"));
  EXPECT_TRUE(IsIdentifier("größe"));
  EXPECT_FALSE(IsIdentifier("1a"));
  EXPECT_FALSE(IsIdentifier("cell x"));
  EXPECT_FALSE(IsIdentifier(""));
}

TEST(PythonTextTest, HiddenCharactersAreEscapedAndComeBack) {
  const std::string hidden = "a\u202e\u009b\U000e0041\x7f";
  const std::string quoted = QuotedText(hidden);
  EXPECT_EQ(quoted, "'a\\u202e\\u009b\\U000e0041\\x7f'");
  std::string text;
  size_t size = 0;
  EXPECT_TRUE(UnquoteText(quoted, &text, &size));
  EXPECT_EQ(text, hidden);
}

}  // namespace
}  // namespace heapgrind
