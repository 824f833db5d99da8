// Converts heaps of extreme shapes, from records to the callgrind file, on a
// small stack: deep, wide, cyclic.  A quadratic step would not end in time.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/strings/str_cat.h"
#include "converter/callgraph/callgrind_writer.h"
#include "converter/load/heap_graph_builder.h"
#include "tests/converter/support/call_graph_faults.h"
#include "tests/converter/support/convert_graph.h"
#include "tests/converter/support/heap_of_text.h"
#include "tests/converter/support/small_stack.h"

namespace heapgrind {
namespace {

using ::testing::AllOf;
using ::testing::Contains;
using ::testing::EndsWith;
using ::testing::Field;
using ::testing::IsEmpty;
using ::testing::Le;
using ::testing::SizeIs;

#if defined(__SANITIZE_ADDRESS__)
constexpr uint64_t kMillion = 50000;
#elif !defined(__OPTIMIZE__)
constexpr uint64_t kMillion = 300000;
#else
constexpr uint64_t kMillion = 1000000;
#endif
constexpr uint64_t kRoot = 1;  // Address of the object that the root holds.

// A heap of records that `fill(i, &record)` makes of empty ones of type `type`;
// record i has the address kRoot + i, and the interpreter holds the first.
HeapGraph MakeHeap(uint64_t num_objects, std::string_view type,
                   absl::FunctionRef<void(uint64_t, DumpRecord*)> fill) {
  HeapGraphBuilder builder;
  DumpRecord root;
  root.form = RecordForm::kRoot;
  root.root = "interpreter";
  root.name = "state";
  root.refs = {kRoot};
  root.names = {"first"};
  builder.Add(root);
  for (uint64_t i = 0; i < num_objects; ++i) {
    DumpRecord record;
    record.address = kRoot + i;
    record.size = 10;
    record.type = type;
    fill(i, &record);
    builder.Add(record);
  }
  return *builder.Build();
}

CallGraph Convert(const ConversionOptions& options, HeapGraph* graph) {
  CallGraph result;
  RunOnSmallStack([&] {
    result = ConvertGraph({{}, options}, graph);
    uint64_t num_bytes = 0;
    WriteCallgrind(result, {1, "python", "a test"},
                   [&](absl::string_view text) { num_bytes += text.size(); });
    EXPECT_GT(num_bytes, 0u);
  });
  EXPECT_THAT(CallGraphFaults(result, {TotalSize(*graph), graph->num_nodes()}),
              IsEmpty());
  return result;
}

CallGraph ConvertByPath(HeapGraph graph) { return Convert({}, &graph); }

// By path without pruning, and by type; the function count of the former.
size_t NumFunctionsUnpruned(HeapGraph graph) {
  ConversionOptions options;
  options.granularity = Granularity::kType;
  Convert(options, &graph);
  options.granularity = Granularity::kPath;
  options.limits = {0, 1000000000, 5000};
  return Convert(options, &graph).functions.size();
}

TEST(BadShapesTest, ChainOfAMillionListsFolds) {
  const CallGraph graph = ConvertByPath(
      MakeHeap(kMillion, "list", [](uint64_t i, DumpRecord* record) {
        if (i + 1 < kMillion) record->refs = {kRoot + i + 1};
      }));
  EXPECT_THAT(graph.functions, SizeIs(Le(4)));
}

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

// A dictionary whose 100 000 values are ints and strings in turn.
HeapGraph WideDict(std::string_view kind, bool is_namespace,
                   std::vector<std::string>* keys) {
  constexpr uint64_t kNumItems = 100000;
  for (uint64_t i = 0; i < kNumItems; ++i) {
    keys->push_back(absl::StrCat("key", i));
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
  const size_t num_functions =
      NumFunctionsUnpruned(WideDict("module", true, &keys));
  EXPECT_GT(num_functions, 4900u);
  EXPECT_LT(num_functions, 5100u);
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
  EXPECT_EQ(graph.functions.size(), 5u);
  EXPECT_EQ(graph.functions.back().self.objects, kNumObjects - 3);
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
