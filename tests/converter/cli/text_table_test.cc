#include "converter/cli/text_table.h"

#include <gtest/gtest.h>

namespace heapgrind {
namespace {

TextTable TypesTable() {
  TextTable table({{"Objects"}, {"%", true, 2}, {"Type", false}});
  table.AddRow({"1021", "98.8", "str"});
  table.AddRow({"12", "1.2", "a.very.long.name.of.a.Type"});
  return table;
}

TEST(TextTableTest, NumbersStandRightAndNamesLeft) {
  EXPECT_EQ(TypesTable().Text(OutputStyle()),
            "Objects     %  Type\n"
            "   1021  98.8  str\n"
            "     12   1.2  a.very.long.name.of.a.Type\n");
}

TEST(TextTableTest, NamesAreCutToTheTerminal) {
  OutputStyle style;
  style.num_columns = 31;
  EXPECT_EQ(TypesTable().Text(style),
            "Objects     %  Type\n"
            "   1021  98.8  str\n"
            "     12   1.2  a.very.l….a.Type\n");
}

TEST(TextTableTest, LeastImportantColumnIsLeftOut) {
  OutputStyle style;
  style.num_columns = 28;
  EXPECT_EQ(TypesTable().Text(style),
            "Objects  Type\n"
            "   1021  str\n"
            "     12  a.very.lo…of.a.Type\n");
}

TEST(TextTableTest, HeadingIsBoldWhereThereIsColour) {
  OutputStyle style;
  style.has_colour = true;
  TextTable table({{"Type", false}});
  table.AddRow({"str"});
  EXPECT_EQ(table.Text(style), "\033[1mType\033[0m\nstr\n");
}

TEST(TextTableTest, TextBeforeTheLastColumnIsCutOnATerminal) {
  OutputStyle style;
  style.num_columns = 200;
  TextTable table({{"Type", false}, {"Path", false}});
  table.AddRow({std::string(20, 'a') + std::string(20, 'b'), "x.y"});
  EXPECT_EQ(table.Text(style),
            "Type                            Path\n"
            "aaaaaaaaaaaaaaa…bbbbbbbbbbbbbb  x.y\n");
}

TEST(TerminalTest, BytesAreExactForPrograms) {
  EXPECT_EQ(BytesText(123456789, OutputStyle()), "123456789");
  EXPECT_EQ(ChangeText(-3, OutputStyle()), "-3");
  EXPECT_EQ(ChangeText(0, OutputStyle()), "0");
  EXPECT_EQ(ChangeText(INT64_MIN, OutputStyle()), "-9223372036854775808");
}

TEST(TerminalTest, BytesAreReadableForPeople) {
  OutputStyle style;
  style.is_readable = true;
  EXPECT_EQ(BytesText(0, style), "0 B");
  EXPECT_EQ(BytesText(1023, style), "1023 B");
  EXPECT_EQ(BytesText(1024, style), "1.0 KiB");
  EXPECT_EQ(BytesText(1024 * 1024 - 1, style), "1.0 MiB");
  EXPECT_EQ(BytesText(124620416, style), "118.8 MiB");
  EXPECT_EQ(BytesText(UINT64_MAX, style), "16.0 EiB");
  EXPECT_EQ(ChangeText(1536, style), "+1.5 KiB");
}

TEST(TerminalTest, PercentHasOneDigit) {
  EXPECT_EQ(PercentText(1, 3), "33.3");
  EXPECT_EQ(PercentText(3, 3), "100.0");
  EXPECT_EQ(PercentText(0, 0), "0.0");
}

}  // namespace
}  // namespace heapgrind
