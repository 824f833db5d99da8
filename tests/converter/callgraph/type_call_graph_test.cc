// Tests how a heap becomes a graph of types without cycles.

#include "converter/callgraph/type_call_graph.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "tests/converter/support/heap_of_text.h"
#include "tests/converter/support/stages.h"

namespace heapgrind {
namespace {

using ::testing::UnorderedElementsAre;

// "caller -> callee count bytes objects" of each call.
std::vector<std::string> Calls(HeapGraph heap) {
  Stages stages(std::move(heap), OwnershipRules::kStrict);
  const CallGraph graph = MakeTypeCallGraph(stages.owned());
  std::vector<std::string> calls;
  for (const Function& function : graph.functions) {
    for (const Call& call : function.calls) {
      calls.push_back(absl::StrCat(
          function.name, " -> ", graph.functions[call.callee].name, " ",
          call.count, " ", call.inclusive.bytes, " ", call.inclusive.objects));
    }
  }
  return calls;
}

TEST(TypeCallGraphTest, CountsWhatEachTypeOwns) {
  EXPECT_THAT(Calls(HeapOf(R"(
{"root": "interpreter", "name": "i", "refs": [1]}
{"address": 1, "type": "A", "size": 1, "refs": [2, 3]}
{"address": 2, "type": "B", "size": 10, "refs": [4]}
{"address": 3, "type": "B", "size": 100, "refs": []}
{"address": 4, "type": "C", "size": 1000, "refs": []}
)")),
              UnorderedElementsAre("main -> A 1 1111 4", "A -> B 2 1110 3",
                                   "B -> C 1 1000 1"));
}

TEST(TypeCallGraphTest, ObjectsOwnedByOneOfTheirTypeBelongToIt) {
  EXPECT_THAT(Calls(HeapOf(R"(
{"root": "interpreter", "name": "i", "refs": [1]}
{"address": 1, "type": "A", "size": 1, "refs": [2]}
{"address": 2, "type": "A", "size": 10, "refs": [3]}
{"address": 3, "type": "B", "size": 100, "refs": []}
)")),
              UnorderedElementsAre("main -> A 1 111 3", "A -> B 1 100 1"));
}

TEST(TypeCallGraphTest, TypesThatOwnEachOtherAreOnLevels) {
  EXPECT_THAT(
      Calls(HeapOf(R"(
{"root": "interpreter", "name": "i", "refs": [1]}
{"address": 1, "type": "dict", "size": 1, "refs": [2]}
{"address": 2, "type": "list", "size": 10, "refs": [3]}
{"address": 3, "type": "dict", "size": 100, "refs": []}
)")),
      UnorderedElementsAre("main -> dict 1 111 3", "dict -> list 1 110 2",
                           "list -> dict (nested 1) 1 100 1"));
}

TEST(TypeCallGraphTest, LevelsEnd) {
  std::string lines = R"({"root": "interpreter", "name": "i", "refs": [0]})";
  constexpr int kNumObjects = 200;
  for (int i = 0; i < kNumObjects; ++i) {
    absl::StrAppend(&lines, "\n{\"address\": ", i, ", \"type\": \"",
                    i % 2 == 0 ? "dict" : "list",
                    "\", \"size\": 1, \"refs\": [", i + 1, "]}");
  }
  const std::vector<std::string> calls = Calls(HeapOf(lines));
  EXPECT_LT(calls.size(), 50u);
  EXPECT_EQ(calls.front(), "main -> dict 1 200 200");
  EXPECT_THAT(calls, testing::Contains(testing::HasSubstr("(nested deeper)")));
}

TEST(TypeCallGraphTest, TypeCalledMainIsNotTheRoot) {
  EXPECT_THAT(Calls(HeapOf(R"(
{"root": "interpreter", "name": "i", "refs": [1]}
{"address": 1, "type": "main", "size": 1, "refs": []}
)")),
              UnorderedElementsAre("main -> main #2 1 1 1"));
}

}  // namespace
}  // namespace heapgrind
