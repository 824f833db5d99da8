#include "converter/base/unique_names.h"

#include <gtest/gtest.h>

namespace heapgrind {
namespace {

TEST(UniqueNamesTest, EqualNamesAreNumberedFromTwo) {
  UniqueNames names;
  EXPECT_EQ(names.Add("a"), "a");
  EXPECT_EQ(names.Add("b"), "b");
  EXPECT_EQ(names.Add("a"), "a #2");
  EXPECT_EQ(names.Add("a"), "a #3");
}

TEST(UniqueNamesTest, NumberedNameThatWasHandedOutIsPassedOver) {
  UniqueNames names;
  EXPECT_EQ(names.Add("a #2"), "a #2");
  EXPECT_EQ(names.Add("a"), "a");
  EXPECT_EQ(names.Add("a"), "a #3");
  EXPECT_EQ(names.Add("a"), "a #4");
}

TEST(UniqueNamesTest, NumberedNameMayBeNumberedAgain) {
  UniqueNames names;
  EXPECT_EQ(names.Add("a"), "a");
  EXPECT_EQ(names.Add("a"), "a #2");
  EXPECT_EQ(names.Add("a #2"), "a #2 #2");
}

}  // namespace
}  // namespace heapgrind
