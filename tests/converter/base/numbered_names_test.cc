// Tests which names are of one kind.

#include "converter/base/numbered_names.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace heapgrind {
namespace {

using ::testing::ElementsAre;

TEST(NumberedNamesTest, NamesThatDifferInANumberAreOfOneKind) {
  EXPECT_THAT(FoldNumberedNames({"layer1", "layer2", "layer10"}, 3),
              ElementsAre("layer*", "layer*", "layer*"));
}

TEST(NumberedNamesTest, TooFewStayApart) {
  EXPECT_THAT(FoldNumberedNames({"layer1", "layer2", "loss1"}, 3),
              ElementsAre("", "", ""));
}

TEST(NumberedNamesTest, EqualNamesCountOnce) {
  EXPECT_THAT(FoldNumberedNames({"w-1", "w-1", "w-1"}, 2),
              ElementsAre("", "", ""));
}

TEST(NumberedNamesTest, TwoPoolsStayApart) {
  EXPECT_THAT(
      FoldNumberedNames({"pool-0_0", "pool-0_1", "pool-1_0", "pool-1_1"}, 2),
      ElementsAre("pool-0_*", "pool-0_*", "pool-1_*", "pool-1_*"));
}

TEST(NumberedNamesTest, NumberInFrontOfParenthesesCounts) {
  EXPECT_THAT(FoldNumberedNames({"Thread-1 (work_1)", "Thread-2 (work_1)"}, 2),
              ElementsAre("Thread-* (work_1)", "Thread-* (work_1)"));
}

TEST(NumberedNamesTest, NamesMayDifferInSeveralNumbers) {
  EXPECT_THAT(FoldNumberedNames({"1-of-2", "2-of-2", "1-of-3"}, 3),
              ElementsAre("*-of-*", "*-of-*", "*-of-*"));
}

TEST(NumberedNamesTest, NamesWithoutNumbersStay) {
  EXPECT_THAT(FoldNumberedNames({"a", "b", "c", ""}, 1),
              ElementsAre("", "", "", ""));
}

}  // namespace
}  // namespace heapgrind
