#include "converter/commands/strip/limited_references.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "converter/dump/dump_record_parser.h"

namespace heapgrind {
namespace {

// "PAIRS: REFS; NAMES; LEFT OUT" of the object `members` with a limit.
std::string Limit(absl::string_view members, uint64_t limit) {
  DumpRecordParser parser;
  const std::string line =
      absl::StrCat(R"({"address": 1, "size": 8, )", members, "}");
  EXPECT_TRUE(parser.Parse(line).ok()) << line;
  const LimitedReferences limited = LimitReferences(parser.record(), limit);
  return absl::StrCat(limited.num_pairs, ": ", absl::StrJoin(limited.refs, " "),
                      "; ", absl::StrJoin(limited.names, " "), "; ",
                      limited.num_left_out);
}

TEST(LimitedReferencesTest, CutsReferencesWithoutNames) {
  EXPECT_EQ(Limit(R"("type": "list", "refs": [2, 3, 4, 5])", 2), "0: 2 3; ; 2");
  EXPECT_EQ(Limit(R"("type": "list", "refs": [2, 3])", 2), "0: 2 3; ; 0");
}

TEST(LimitedReferencesTest, CountsWhatPointsInsideOfBlocksAnew) {
  DumpRecord object;
  object.refs = {2, 3, 4, 5};
  object.inside = 2;
  EXPECT_EQ(LimitReferences(object, 3).num_inside, 1u);
  EXPECT_EQ(LimitReferences(object, 4).num_inside, 2u);
}

TEST(LimitedReferencesTest, CutsPairsAsAWhole) {
  EXPECT_EQ(
      Limit(R"("type": "dict", "pairs": 3, "refs": [2, 3, 4, 5, 6, 7])", 5),
      "2: 2 3 4 5; ; 2");
  EXPECT_EQ(Limit(R"("type": "dict", "pairs": 1, "refs": [2, 3])", 1),
            "0: ; ; 2");
}

TEST(LimitedReferencesTest, WhatFollowsThePairsHasTheRestOfTheLimit) {
  EXPECT_EQ(Limit(R"("type": "D", "pairs": 1, "refs": [2, 3, 4, 5, 6])", 3),
            "1: 2 3 4; ; 2");
}

TEST(LimitedReferencesTest, ReferencesWithNamesStayAndDoNotCount) {
  EXPECT_EQ(Limit(R"("type": "T", "refs": [2, 3, 4, 5, 6],
                     "names": ["a", null, "b\n"])",
                  1),
            R"(0: 2 3 4; "a" null "b\n"; 2)");
}

TEST(LimitedReferencesTest, ANullThatGoesTakesItsPlaceAmongTheNames) {
  EXPECT_EQ(
      Limit(R"("type": "T", "refs": [2, 3, 4], "names": [null, null, "b"])", 1),
      R"(0: 2 4; null "b"; 1)");
}

TEST(LimitedReferencesTest, MeliaeDictionariesHavePairs) {
  EXPECT_EQ(Limit(R"("type": "dict", "refs": [2, 3, 4, 5])", 3), "1: 2 3; ; 2");
}

}  // namespace
}  // namespace heapgrind
