#include "converter/cli/closest_name.h"

#include <gtest/gtest.h>

namespace heapgrind {
namespace {

const std::vector<std::string>& Names() {
  static const auto* const names = new std::vector<std::string>{
      "run", "attach", "summary", "diff", "walk", "strip"};
  return *names;
}

TEST(ClosestNameTest, OneLetterMissingIsFound) {
  EXPECT_EQ(ClosestName("sumary", Names()), "summary");
}

TEST(ClosestNameTest, TwoEditsAreFound) {
  EXPECT_EQ(ClosestName("atacch", Names()), "attach");
  EXPECT_EQ(ClosestName("symari", {"summary"}), "");
}

TEST(ClosestNameTest, SwappedNeighboursAreOneEdit) {
  EXPECT_EQ(ClosestName("wlak", Names()), "walk");
  EXPECT_EQ(ClosestName("rnu", Names()), "run");
}

TEST(ClosestNameTest, BeginningIsCompleted) {
  EXPECT_EQ(ClosestName("su", Names()), "summary");
  EXPECT_EQ(ClosestName("d", Names()), "diff");
}

TEST(ClosestNameTest, HalfOfAShortNameIsTooMuch) {
  EXPECT_EQ(ClosestName("xyn", Names()), "");
  EXPECT_EQ(ClosestName("di--", Names()), "");
}

TEST(ClosestNameTest, NothingIsCloseToNothing) {
  EXPECT_EQ(ClosestName("", Names()), "");
  EXPECT_EQ(ClosestName(std::string(1000000, 's'), Names()), "");
  EXPECT_EQ(ClosestName("run", {}), "");
}

}  // namespace
}  // namespace heapgrind
