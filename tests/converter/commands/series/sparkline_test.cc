#include "converter/commands/series/sparkline.h"

#include <gtest/gtest.h>

#include <cstdint>

namespace heapgrind {
namespace {

TEST(SparklineTest, NumbersStandBetweenSmallestAndLargest) {
  EXPECT_EQ(Sparkline({100, 101, 102, 103, 104, 105, 106, 107}), "▁▂▃▄▅▆▇█");
  EXPECT_EQ(Sparkline({7, 0, 1000, 499, 500}), "▁▁█▄▅");
}

TEST(SparklineTest, EqualNumbersAreFlat) {
  EXPECT_EQ(Sparkline({5, 5, 5}), "▁▁▁");
  EXPECT_EQ(Sparkline({0}), "▁");
}

TEST(SparklineTest, LargestNumberIsHighest) {
  EXPECT_EQ(Sparkline({0, UINT64_MAX}), "▁█");
}

TEST(SparklineTest, NoNumbersAreNoCurve) { EXPECT_EQ(Sparkline({}), ""); }

}  // namespace
}  // namespace heapgrind
