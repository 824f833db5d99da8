#include "converter/graph/row_starts.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdint>
#include <vector>

namespace heapgrind {
namespace {

using ::testing::ElementsAre;

constexpr uint64_t kCarry = uint64_t{1} << 32;

// The starts of all rows, and the end of the last.
std::vector<uint64_t> All(const RowStarts& starts) {
  std::vector<uint64_t> all;
  for (size_t row = 0; row <= starts.num_rows(); ++row) {
    all.push_back(starts[row]);
  }
  return all;
}

TEST(RowStartsTest, NoRowsHaveNoElements) {
  const RowStarts starts;
  EXPECT_EQ(starts.num_rows(), 0u);
  EXPECT_EQ(starts.end(), 0u);
}

TEST(RowStartsTest, SizesBecomeStarts) {
  const RowStarts starts = RowStarts::OfSizes({99, 2, 0, 3});
  EXPECT_THAT(All(starts), ElementsAre(0, 2, 2, 5));
  EXPECT_EQ(starts.SizeOf(2), 3u);
  EXPECT_EQ(starts.end(), 5u);
}

TEST(RowStartsTest, SizesThatExceed32BitsTogetherAreKept) {
  const RowStarts starts =
      RowStarts::OfSizes({0, UINT32_MAX, 1, 0, 5, UINT32_MAX, UINT32_MAX});
  EXPECT_THAT(All(starts),
              ElementsAre(0, kCarry - 1, kCarry, kCarry, kCarry + 5,
                          2 * kCarry + 4, 3 * kCarry + 3));
  EXPECT_EQ(starts.SizeOf(1), 1u);
  EXPECT_EQ(starts.SizeOf(5), UINT32_MAX);
}

TEST(RowStartsTest, RowsAppendedKeepTheirEnds) {
  RowStarts starts;
  starts.reserve(6);
  const std::vector<uint64_t> ends = {
      3, 3, kCarry - 1, kCarry, 5 * kCarry + 7, 5 * kCarry + 8};
  for (const uint64_t end : ends) starts.push_back(end);
  EXPECT_THAT(All(starts), ElementsAre(0, 3, 3, kCarry - 1, kCarry,
                                       5 * kCarry + 7, 5 * kCarry + 8));
}

TEST(RowStartsTest, LastRowCanBeExtended) {
  RowStarts starts = RowStarts::OfSizes({0, 2, 0});
  starts.ExtendLastRow(2 * kCarry + 2);
  EXPECT_THAT(All(starts), ElementsAre(0, 2, 2 * kCarry + 2));
}

}  // namespace
}  // namespace heapgrind
