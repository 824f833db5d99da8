#include "converter/base/string_table.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"

namespace heapgrind {
namespace {

TEST(StringTableTest, EqualTextsHaveEqualNumbers) {
  StringTable table;
  const StringId a = table.Intern("a");
  const StringId b = table.Intern("b");
  EXPECT_NE(a, b);
  EXPECT_EQ(table.Intern(std::string("a")), a);
  EXPECT_EQ(table.Text(a), "a");
  EXPECT_EQ(table.Find("b"), b);
  EXPECT_EQ(table.Find("c"), kNoString);
}

TEST(StringTableTest, EmptyTextIsNotNoText) {
  StringTable table;
  EXPECT_EQ(table.Find(""), kNoString);
  const StringId empty = table.Intern("");
  EXPECT_NE(empty, kNoString);
  EXPECT_EQ(table.Find(""), empty);
  EXPECT_EQ(table.Text(empty), "");
  EXPECT_EQ(table.Text(kNoString), "");
}

TEST(StringTableTest, TextsMayHoldNulAndDifferAfterIt) {
  using namespace std::string_literals;
  StringTable table;
  const StringId one = table.Intern("a\0b"s);
  const StringId other = table.Intern("a\0c"s);
  EXPECT_NE(one, other);
  EXPECT_EQ(table.Text(one), "a\0b"s);
}

TEST(StringTableTest, TextsStayInPlaceAsTheTableGrowsAndMoves) {
  StringTable table;
  std::vector<std::string_view> views;
  for (int i = 0; i < 50000; ++i) {
    views.push_back(table.Text(table.Intern(absl::StrCat("text ", i))));
  }
  const std::string long_text(1000000, 'x');
  const StringId long_id = table.Intern(long_text);
  const StringTable moved = std::move(table);
  for (int i = 0; i < 50000; ++i) {
    ASSERT_EQ(views[i], absl::StrCat("text ", i));
    ASSERT_EQ(moved.Text(moved.Find(absl::StrCat("text ", i))).data(),
              views[i].data());
  }
  EXPECT_EQ(moved.Text(long_id), long_text);
}

}  // namespace
}  // namespace heapgrind
