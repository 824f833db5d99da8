#include "converter/commands/report/markdown_table.h"

#include "gtest/gtest.h"

namespace heapgrind {
namespace {

TEST(MarkdownTableTest, NumbersStandToTheRight) {
  MarkdownTable table({{"Bytes", true}, {"Type"}});
  table.AddRow({"12", "`str`"});
  EXPECT_EQ(table.Text(), "| Bytes | Type |\n|---:|---|\n| 12 | `str` |\n");
}

TEST(CodeSpanTest, TextWithoutBackticksStandsBetweenTwo) {
  EXPECT_EQ(CodeSpan("</script><b>*x*"), "`</script><b>*x*`");
}

TEST(CodeSpanTest, BackticksDoNotEndIt) {
  EXPECT_EQ(CodeSpan("a``b"), "```a``b```");
  EXPECT_EQ(CodeSpan("`a"), "`` `a ``");
}

TEST(CodeSpanTest, CellsDoNotEndInIt) {
  EXPECT_EQ(CodeSpan("a|b"), "`a\\|b`");
  EXPECT_EQ(CodeSpan("a\\|b"), "`a/\\|b`");
}

TEST(CodeSpanTest, LinesAndDirectionsAreShown) {
  EXPECT_EQ(CodeSpan("a\nb"), "`a?b`");
  EXPECT_EQ(CodeSpan("a\xE2\x80\xAE"), "`a<U+202E>`");
  EXPECT_EQ(CodeSpan(""), "`?`");
}

}  // namespace
}  // namespace heapgrind
