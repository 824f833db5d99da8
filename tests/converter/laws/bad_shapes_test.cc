// Converts heaps that are deep or cyclic, from records to the callgrind file,
// on a small stack.  A quadratic step would not end in time.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdint>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "converter/callgraph/call_graph.h"
#include "converter/load/heap_graph_builder.h"
#include "tests/converter/support/shaped_heap.h"

namespace heapgrind {
namespace {

using ::testing::AllOf;
using ::testing::Contains;
using ::testing::EndsWith;
using ::testing::Field;
using ::testing::Le;
using ::testing::SizeIs;

TEST(BadShapesTest, ChainOfAMillionListsFolds) {
  const CallGraph graph = ConvertByPath(
      MakeHeap(kMillion, "list", [](uint64_t i, DumpRecord* record) {
        if (i + 1 < kMillion) record->refs = {kRoot + i + 1};
      }));
  EXPECT_THAT(graph.functions, SizeIs(Le(4)));
}

TEST(BadShapesTest, ChainOfAMillionInstancesIsOneFunction) {
  const CallGraph graph = ConvertByPath(
      MakeHeap(kMillion, "Node", [](uint64_t i, DumpRecord* record) {
        if (i + 1 < kMillion) record->refs = {kRoot + i + 1};
        record->names = {"next"};
      }));
  EXPECT_THAT(graph.functions,
              Contains(AllOf(Field(&Function::name, EndsWith(".next*)")),
                             Field(&Function::self,
                                   Cost{10 * (kMillion - 1), kMillion - 1}))));
}

// Node -> __dict__ -> Node: even numbers are nodes, the odd ones after them
// their dictionaries.  The last object is the key.
TEST(BadShapesTest, ChainOfInstancesWithDictIsOneFunction) {
  constexpr uint64_t kNumObjects = kMillion / 2 + 1;
  const CallGraph graph = ConvertByPath(
      MakeHeap(kNumObjects, "Node", [](uint64_t i, DumpRecord* record) {
        if (i + 1 == kNumObjects) {
          record->type = "str";
          record->value = "next";
        } else if (i % 2 == 0) {
          record->refs = {kRoot + i + 1};
          record->names = {"__dict__"};
        } else if (i + 2 < kNumObjects) {
          record->type = "dict";
          record->refs = {kRoot + kNumObjects - 1, kRoot + i + 1};
          record->pairs = 1;
        }
      }));
  EXPECT_THAT(graph.functions,
              Contains(Field(&Function::name, EndsWith(".next*)"))));
  EXPECT_THAT(graph.functions, SizeIs(Le(6)));
}

TEST(BadShapesTest, HeapThatIsOneCycleIsGarbage) {
  HeapGraphBuilder builder;
  for (uint64_t i = 0; i < kMillion; ++i) {
    DumpRecord record;
    record.address = i;
    record.size = 10;
    record.type = "tuple";
    record.refs = {(i + 1) % kMillion};
    builder.Add(record);
  }
  const CallGraph graph = ConvertByPath(*builder.Build());
  EXPECT_THAT(graph.functions, SizeIs(Le(4)));
  EXPECT_EQ(graph.functions[1].object, "(unreachable)");
}

// Dictionaries 1, 3, 5 ... in each other, by keys of different texts between.
TEST(BadShapesTest, DeeplyNestedDictsWithDifferentKeysStayShallow) {
  constexpr uint64_t kNumObjects = 200001;
  std::vector<std::string> keys(kNumObjects);
  for (uint64_t i = 0; i < kNumObjects; ++i) keys[i] = absl::StrCat("k", i);
  const auto fill = [&keys](uint64_t i, DumpRecord* record) {
    if (i % 2 == 1) {
      record->type = "str";
      record->value = keys[i];
    } else if (i + 2 < kNumObjects) {
      record->refs = {kRoot + i + 1, kRoot + i + 2};
      record->pairs = 1;
    }
  };
  EXPECT_GT(NumFunctionsUnpruned(MakeHeap(kNumObjects, "dict", fill)), 100u);
}

// Instances in each other as attributes that take turns and do not fold.
TEST(BadShapesTest, DeeplyNestedInstancesWithDifferentAttributesStayShallow) {
  constexpr uint64_t kNumObjects = 100000;
  std::vector<std::string> names(40);
  for (size_t i = 0; i < names.size(); ++i) names[i] = absl::StrCat("a", i);
  const auto fill = [&names](uint64_t i, DumpRecord* record) {
    if (i + 1 < kNumObjects) record->refs = {kRoot + i + 1};
    record->names = {names[i % names.size()]};
  };
  EXPECT_GT(NumFunctionsUnpruned(MakeHeap(kNumObjects, "Node", fill)), 100u);
}

}  // namespace
}  // namespace heapgrind
