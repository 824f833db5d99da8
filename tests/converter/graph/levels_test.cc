#include "converter/graph/levels.h"

#include <gtest/gtest.h>

namespace heapgrind {
namespace {

// 0 -> 1 <-> 2 -> 3, and 1 -> 1; 4 is what lies deeper.
Levels SomeLevels() {
  return Levels(5, {{0, 1}, {1, 1}, {1, 2}, {2, 1}, {2, 3}}, 4);
}

TEST(LevelsTest, EdgeToAnotherComponentLeadsToLevelZero) {
  EXPECT_EQ(SomeLevels().Below({0, 0}, 1), NodeAtLevel(1, 0));
  EXPECT_EQ(SomeLevels().Below({2, 7}, 3), NodeAtLevel(3, 0));
}

TEST(LevelsTest, EdgeToOneselfStays) {
  EXPECT_EQ(SomeLevels().Below({1, 3}, 1), NodeAtLevel(1, 3));
}

TEST(LevelsTest, EdgeDownTheRanksOfAComponentGoesOneLevelDeeper) {
  EXPECT_EQ(SomeLevels().Below({1, 3}, 2), NodeAtLevel(2, 3));
  EXPECT_EQ(SomeLevels().Below({2, 3}, 1), NodeAtLevel(1, 4));
}

TEST(LevelsTest, WhatLiesDeeperIsOneNode) {
  EXPECT_EQ(SomeLevels().Below({1, kMaxLevel}, 2), NodeAtLevel(2, kMaxLevel));
  EXPECT_EQ(SomeLevels().Below({2, kMaxLevel}, 1), NodeAtLevel(4, 0));
  EXPECT_EQ(SomeLevels().Below({4, 0}, 3), NodeAtLevel(4, 0));
}

}  // namespace
}  // namespace heapgrind
