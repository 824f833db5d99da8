// Converts dumps whose texts, sizes and roots are at or beyond what is usual,
// from their lines to the callgrind file.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "tests/converter/support/call_graph_faults.h"
#include "tests/converter/support/convert_graph.h"
#include "tests/converter/support/heap_of_text.h"

namespace heapgrind {
namespace {

using ::testing::IsEmpty;

CallGraph Convert(Granularity granularity, HeapGraph* graph) {
  ConvertOptions options;
  options.conversion.granularity = granularity;
  return ConvertGraph(options, graph);
}

// The self cost of all functions.  Fails if a conversion breaks a law.
Cost CostOf(HeapGraph graph) {
  const Cost total = {TotalSize(graph), graph.num_nodes()};
  EXPECT_THAT(CallGraphFaults(Convert(Granularity::kType, &graph), total),
              IsEmpty());
  const CallGraph by_path = Convert(Granularity::kPath, &graph);
  EXPECT_THAT(CallGraphFaults(by_path, total), IsEmpty());
  Cost sum;
  for (const Function& function : by_path.functions) sum += function.self;
  return sum;
}

// A dump in which `name`, the inside of a JSON string, is everything that can
// have a name.
std::string DumpOfName(const std::string& name) {
  return absl::StrCat(
      R"({"root": "modules", "name": ")", name, R"(", "refs": [1]}
{"root": "thread", "name": ")",
      name, R"(", "refs": [6], "names": [")", name, R"("]}
{"address": 1, "type": "dict", "size": 1, "pairs": 1, "refs": [2, 3]}
{"address": 2, "type": "str", "size": 1, "value": ")",
      name, R"(", "refs": []}
{"address": 3, "type": "module", "kind": "module", "size": 1, "name": ")",
      name, R"(", "file": "/)", name,
      R"(", "refs": [4], "names": ["__dict__"]}
{"address": 4, "type": "dict", "size": 1, "pairs": 1, "refs": [2, 5]}
{"address": 5, "type": ")",
      name, R"(", "size": 1, "refs": [7, 8], "names": [")", name, R"("]}
{"address": 6, "type": "frame", "kind": "frame", "size": 1, "name": ")",
      name, R"(", "file": "/a/)", name, R"(", "line": 3, "refs": []}
{"address": 7, "type": ")",
      name, R"(", "size": 1, "refs": []}
{"address": 8, "type": "list", "size": 1, "refs": []}
)");
}

TEST(BadContentTest, NamesOfAnyBytesComeOutClean) {
  const std::vector<std::string> names = {
      "",                      // Empty.
      " ",                     // A blank.
      "\\u0000",               // NUL.
      "a\\u0000b",             //
      "a\\nb\\tc\\r",          // Control characters.
      "\\u007f\\u0085",        // DEL and NEL.
      "\\\"quoted\\\"",        // Quotes.
      "back\\\\slash\\\\",     // Backslashes.
      "\\ud800",               // A lone surrogate.
      "\\udc00\\ud800",        //
      "\\ud83d\\ude00",        // A pair.
      "fn=(1) x",              // What the format uses.
      "main",                  // The root's name.
      "(",                     //
      "a::b (c)",              //
      "#2",                    //
      std::string(3000, 'x'),  // Long.
      std::string(900, '.'),   //
  };
  for (const std::string& name : names) {
    SCOPED_TRACE(name);
    EXPECT_EQ(CostOf(HeapOf(DumpOfName(name))), (Cost{8, 8}));
  }
}

// The reader takes bytes as they are, so names can be broken UTF-8.
TEST(BadContentTest, BrokenUtf8ComesOutClean) {
  for (const char* const name :
       {"\xff", "\xc3", "\xed\xa0\x80", "a\xe2\x82", "\xf8\x88\x80\x80\x80"}) {
    HeapGraph graph = HeapOf(DumpOfName("broken"));
    for (Shape& shape : graph.shapes) {
      shape.type = graph.strings.Intern(name);
      for (StringId& id : shape.names) id = graph.strings.Intern(name);
    }
    for (StringId& text : graph.text) text = graph.strings.Intern(name);
    EXPECT_EQ(CostOf(std::move(graph)), (Cost{8, 8}));
  }
}

TEST(BadContentTest, DumpWithoutRootsOrReferences) {
  EXPECT_EQ(
      CostOf(HeapOf(R"({"address": 0, "type": "a", "size": 3, "refs": []})")),
      (Cost{3, 1}));
}

TEST(BadContentTest, RootsThatReferToAbsentObjectsOnly) {
  EXPECT_EQ(CostOf(HeapOf(R"({"root": "modules", "name": "m", "refs": [77]}
{"root": "thread", "name": "t", "refs": [78, 79], "names": ["frame"]}
{"root": "interpreter", "name": "i", "refs": []}
{"address": 0, "type": "a", "size": 3, "refs": [99, 98]})")),
            (Cost{3, 1}));
}

TEST(BadContentTest, RootWithoutReferences) {
  EXPECT_EQ(CostOf(HeapOf(R"({"root": "modules", "name": "m", "refs": []}
{"address": 0, "type": "a", "size": 3, "refs": []})")),
            (Cost{3, 1}));
}

TEST(BadContentTest, ModulesRootThatIsNoDict) {
  EXPECT_EQ(CostOf(HeapOf(R"({"root": "modules", "name": "m", "refs": [0]}
{"address": 0, "type": "list", "size": 3, "refs": [0, 1]}
{"address": 1, "type": "module", "kind": "module", "size": 3, "refs": []})")),
            (Cost{6, 2}));
}

TEST(BadContentTest, HeapOfNoBytes) {
  EXPECT_EQ(CostOf(HeapOf(R"({"root": "interpreter", "name": "i", "refs": [0]}
{"address": 0, "type": "list", "size": 0, "refs": [1]}
{"address": 1, "type": "list", "size": 0, "refs": []})")),
            (Cost{0, 2}));
}

TEST(BadContentTest, SizesThatAddUpToTheLargestCost) {
  // 2^53 - 1, the largest number that every reader of callgrind files knows.
  EXPECT_EQ(CostOf(HeapOf(R"({"root": "interpreter", "name": "i", "refs": [0]}
{"address": 0, "type": "list", "size": 9007199254740990, "refs": [1]}
{"address": 1, "type": "list", "size": 1, "refs": []})")),
            (Cost{9007199254740991, 2}));
}

TEST(BadContentTest, DefinitionsThatContainThemselves) {
  EXPECT_EQ(CostOf(HeapOf(R"({"root": "modules", "name": "m", "refs": [1]}
{"address": 1, "type": "dict", "size": 1, "pairs": 1, "refs": [2, 3]}
{"address": 2, "type": "str", "size": 1, "value": "m", "refs": []}
{"address": 3, "type": "module", "kind": "module", "size": 1, "name": "m", "refs": [1], "names": ["__dict__"]}
{"address": 4, "type": "type", "kind": "class", "size": 1, "name": "C", "qualname": "C.C", "module": "m", "refs": [5, 4], "names": ["__dict__", "x"]}
{"address": 5, "type": "dict", "size": 1, "pairs": 1, "refs": [6, 4]}
{"address": 6, "type": "str", "size": 1, "value": "C", "refs": []}
{"address": 7, "type": "function", "kind": "function", "size": 1, "name": "f", "module": "m", "refs": [7, 1, 7], "names": ["__code__", "__globals__", "__dict__"]})")),
            (Cost{7, 7}));
}

}  // namespace
}  // namespace heapgrind
