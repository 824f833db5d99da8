// Tests what pruning keeps, on small trees.

#include "converter/profile/prune.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <vector>

#include "converter/heap/cost.h"
#include "tests/converter/support/tree_maker.h"

namespace heapgrind {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::Field;

auto Is(uint32_t parent, Cost self, uint64_t num_pruned) {
  return AllOf(Field(&CostedRow::parent, parent), Field(&CostedRow::self, self),
               Field(&CostedRow::num_pruned, num_pruned));
}

TEST(PruneTest, FunctionsBelowThePercentageBecomeOneCalleeOfEachType) {
  TreeMaker maker;
  const uint32_t big = maker.Add(0, "dict", 9000, 10);
  maker.Add(0, "list", 90, 1);
  const uint32_t small = maker.Add(0, "set", 4, 2);
  maker.Add(small, "int", 6, 3);
  maker.Add(small, "list", 10, 1);
  maker.Add(big, "str", 890, 7);
  const std::vector<CostedRow> pruned = maker.Pruned({1.0, kNoLimit, kNoLimit});
  EXPECT_THAT(pruned, ElementsAre(Is(0, {0, 0}, 0), Is(0, {9000, 10}, 0),
                                  Is(0, {100, 2}, 2), Is(0, {10, 5}, 2),
                                  Is(1, {890, 7}, 0)));
  EXPECT_EQ(maker.Text(pruned[2].type), "list");
  EXPECT_EQ(pruned[2].num_pruned_types, 0u);
  // What is below a tenth of the percentage in each type.
  EXPECT_EQ(maker.Text(pruned[3].type), "small");
  EXPECT_EQ(pruned[3].num_pruned_types, 2u);
  EXPECT_TRUE(pruned[0].inclusive == (Cost{10000, 24}));
  EXPECT_TRUE(pruned[1].inclusive == (Cost{9890, 17}));
}

TEST(PruneTest, FunctionOfExactlyThePercentageStays) {
  TreeMaker maker;
  maker.Add(0, "dict", 990);
  maker.Add(0, "dict", 10);
  EXPECT_EQ(maker.Pruned({1.0, kNoLimit, kNoLimit}).size(), 3u);
}

TEST(PruneTest, LargestCalleesStay) {
  TreeMaker maker;
  for (const uint64_t bytes : {1, 5, 3, 4, 2}) maker.Add(0, "dict", bytes);
  EXPECT_THAT(maker.Pruned({0, kNoLimit, 3}),
              ElementsAre(Is(0, {0, 0}, 0), Is(0, {6, 3}, 3), Is(0, {5, 1}, 0),
                          Is(0, {4, 1}, 0)));
}

TEST(PruneTest, LargestFunctionsStay) {
  TreeMaker maker;
  const uint32_t one = maker.Add(0, "dict", 1);
  maker.Add(one, "list", 50);
  const uint32_t other = maker.Add(0, "dict", 30);
  maker.Add(other, "list", 2);
  // main, one with its list, other, and the rest of other.
  EXPECT_THAT(maker.Pruned({0, 5, kNoLimit}),
              ElementsAre(Is(0, {0, 0}, 0), Is(0, {1, 1}, 0), Is(1, {50, 1}, 0),
                          Is(0, {30, 1}, 0), ::testing::_));
}

TEST(PruneTest, NoLimitKeepsEverything) {
  TreeMaker maker;
  maker.Add(maker.Add(0, "dict", 0), "list", 0);
  EXPECT_EQ(maker.Pruned({0, kNoLimit, kNoLimit}).size(), 3u);
}

TEST(PruneTest, LeastLimitsLeaveMainAndTheRest) {
  TreeMaker maker;
  maker.Add(maker.Add(0, "dict", 10), "list", 5);
  EXPECT_THAT(maker.Pruned({0, 2, kNoLimit}),
              ElementsAre(Is(0, {0, 0}, 0), Is(0, {15, 2}, 2)));
  EXPECT_THAT(maker.Pruned({0, kNoLimit, 1}),
              ElementsAre(Is(0, {0, 0}, 0), Is(0, {15, 2}, 2)));
}

TEST(PruneTest, WhatIsWantedStaysWithItsOwners) {
  TreeMaker maker;
  const uint32_t owner = maker.Add(0, "dict", 10);
  maker.Add(owner, "list", 50);
  maker.Add(owner, "set", 5);
  maker.Add(0, "list", 30);
  maker.Add(0, "set", 2);
  EXPECT_THAT(
      maker.PrunedTo({false, false, false, true, false, false}),
      ElementsAre(Is(0, {0, 0}, 0), Is(0, {10, 1}, 0), Is(1, {50, 1}, 1),
                  Is(1, {5, 1}, 0), Is(0, {32, 2}, 2)));
}

TEST(PruneTest, EverythingMayStay) {
  TreeMaker maker;
  maker.Add(maker.Add(0, "dict", 10), "list", 5);
  EXPECT_THAT(maker.Kept(), ElementsAre(Is(0, {0, 0}, 0), Is(0, {10, 1}, 0),
                                        Is(1, {5, 1}, 0)));
}

TEST(PruneTest, TypeCalledSmallIsNoRest) {
  TreeMaker maker;
  maker.Add(0, "dict", 100);
  maker.Add(0, "small", 8);
  maker.Add(0, "list", 1);
  const std::vector<CostedRow> pruned =
      maker.Pruned({10.0, kNoLimit, kNoLimit});
  EXPECT_THAT(pruned, ElementsAre(Is(0, {0, 0}, 0), Is(0, {100, 1}, 0),
                                  Is(0, {8, 1}, 1), Is(0, {1, 1}, 1)));
  EXPECT_EQ(pruned[2].num_pruned_types, 0u);
  EXPECT_EQ(pruned[3].num_pruned_types, 1u);
}

}  // namespace
}  // namespace heapgrind
