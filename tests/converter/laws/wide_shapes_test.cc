// Converts heaps with very wide objects, or very much shared, from records to
// the callgrind file, on a small stack.  A quadratic step would not end in
// time.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "absl/strings/str_cat.h"
#include "converter/callgraph/call_graph.h"
#include "tests/converter/support/shaped_heap.h"

namespace heapgrind {
namespace {

using ::testing::SizeIs;

TEST(BadShapesTest, ListOfAMillionElements) {
  const CallGraph graph = ConvertByPath(
      MakeHeap(kMillion, "int", [](uint64_t i, DumpRecord* record) {
        if (i > 0) return;
        record->type = "list";
        for (uint64_t j = 1; j < kMillion; ++j)
          record->refs.push_back(kRoot + j);
      }));
  EXPECT_THAT(graph.functions, SizeIs(4));
  EXPECT_EQ(graph.functions.back().self.objects, kMillion - 1);
}

// "key-bcd" for 123: names that differ in a number alone are one function.
std::string Lettered(uint64_t number) {
  std::string name = absl::StrCat("key-", number);
  for (size_t i = 4; i < name.size(); ++i) name[i] += 'a' - '0';
  return name;
}

// A dictionary whose 100 000 values are ints and strings in turn.
HeapGraph WideDict(std::string_view kind, bool is_namespace,
                   std::vector<std::string>* keys) {
  constexpr uint64_t kNumItems = 100000;
  for (uint64_t i = 0; i < kNumItems; ++i) {
    keys->push_back(Lettered(i));
  }
  return MakeHeap(2 + 2 * kNumItems, "str",
                  [&](uint64_t i, DumpRecord* record) {
                    if (i == 0) {
                      record->type = kind;
                      record->kind = is_namespace ? kind : "";
                      record->name = "m";
                      record->refs = {kRoot + 1};
                      record->names = {is_namespace ? "__dict__" : "data"};
                    } else if (i == 1) {
                      record->type = "dict";
                      record->pairs = kNumItems;
                      for (uint64_t j = 2; j < 2 + 2 * kNumItems; ++j) {
                        record->refs.push_back(kRoot + j);
                      }
                    } else if (i % 2 == 0) {
                      record->value = (*keys)[i / 2 - 1];
                    } else if (i % 4 == 1) {
                      record->type = "Session";
                    }
                  });
}

TEST(BadShapesTest, DictWithManyKeysIsFewFunctions) {
  std::vector<std::string> keys;
  EXPECT_LE(NumFunctionsUnpruned(WideDict("Owner", false, &keys)), 8u);
}

TEST(BadShapesTest, ModuleWithManyVariablesKeepsToTheLimitOfCallees) {
  std::vector<std::string> keys;
  // main, the module, and as many callees as a function may have.
  EXPECT_EQ(NumFunctionsUnpruned(WideDict("module", true, &keys)), 2u + 5000u);
}

// Two lists that share all of their many elements, and what these hold.
TEST(BadShapesTest, TwoListsThatShareAllElements) {
  constexpr uint64_t kNumObjects = 200000;
  const CallGraph graph = ConvertByPath(
      MakeHeap(kNumObjects, "Session", [](uint64_t i, DumpRecord* record) {
        if (i == 0) record->refs = {kRoot + 1, kRoot + 2};
        if (i == 0) record->names = {"first", "second"};
        if (i != 1 && i != 2) return;
        record->type = "list";
        for (uint64_t j = 3; j < kNumObjects; ++j) {
          record->refs.push_back(kRoot + j);
        }
      }));
  uint64_t most = 0;
  for (const Function& function : graph.functions) {
    most = std::max(most, function.self.objects);
  }
  EXPECT_EQ(graph.functions.size(), 5u);
  EXPECT_EQ(most, kNumObjects - 3);
}

// Each object refers to the next and to itself, back and ahead, repeatedly.
TEST(BadShapesTest, TangleOfReferences) {
  constexpr uint64_t kNumObjects = kMillion / 10;
  EXPECT_GT(NumFunctionsUnpruned(MakeHeap(
                kNumObjects, "Node",
                [](uint64_t i, DumpRecord* record) {
                  for (const uint64_t to : {i + 1, i, i / 2, 7 * i, i + 1}) {
                    record->refs.push_back(kRoot + to % kNumObjects);
                  }
                  record->names = {"next", "self", "up"};
                  if (i % 3 == 0) record->type = "list";
                })),
            1u);
}

}  // namespace
}  // namespace heapgrind
