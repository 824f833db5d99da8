// Tests at which lines a function's own bytes stand, from dumps that say where
// objects were allocated.

#include "converter/callgraph/allocation_lines.h"

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

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr char kApp[] = R"(
{"root": "module", "name": "app", "refs": [1]}
{"address": 1, "type": "module", "size": 1, "kind": "module", "name": "app", "file": "/app.py", "refs": [2], "names": ["__dict__"]}
{"address": 2, "type": "dict", "size": 2, "refs": [3, 4], "pairs": 1}
{"address": 3, "type": "str", "size": 3, "value": "CACHE", "refs": []}
{"site": 1, "file": "/app.py", "line": 7}
{"site": 2, "file": "/lib.py", "line": 9, "caller": 1}
{"site": 3, "file": "/lib.py", "line": 5, "caller": 1}
{"site": 4, "file": "<string>", "line": 2}
)";

// "FILE:LINE BYTES" of the lines of the function whose name begins so.
std::vector<std::string> LinesOf(const std::string& name,
                                 const std::string& objects) {
  HeapGraph graph = HeapOf(kApp + objects);
  ConvertOptions options;
  options.conversion.limits.min_percent = 0;
  const CallGraph call_graph = ConvertGraph(options, &graph);
  EXPECT_THAT(
      CallGraphFaults(call_graph, {TotalSize(graph), graph.num_nodes()}),
      IsEmpty());
  std::vector<std::string> lines;
  for (const Function& function : call_graph.functions) {
    if (function.name.rfind(name, 0) != 0) continue;
    for (const LineCost& line : function.lines) {
      lines.push_back(
          absl::StrCat(line.file, ":", line.line, " ", line.self.bytes));
    }
  }
  return lines;
}

TEST(AllocationLinesTest, OwnFileComesFirstAndThenTheOthersByLine) {
  EXPECT_THAT(LinesOf("list::CACHE", R"(
{"address": 4, "type": "list", "size": 10, "site": 2, "refs": []}
)"),
              ElementsAre("/lib.py:9 10"));
  EXPECT_THAT(LinesOf("A::[*]", R"(
{"address": 4, "type": "list", "size": 10, "refs": [5, 6, 7, 8]}
{"address": 5, "type": "A", "size": 100, "site": 2, "refs": []}
{"address": 6, "type": "A", "size": 200, "site": 1, "refs": []}
{"address": 7, "type": "A", "size": 400, "site": 3, "refs": []}
{"address": 8, "type": "A", "size": 800, "site": 2, "refs": []}
)"),
              ElementsAre(":7 200", "/lib.py:5 400", "/lib.py:9 900"));
}

// Without a source on this machine the variable is where its module is.
TEST(AllocationLinesTest, WhatHasNoSiteOrNoFileStandsWhereTheFunctionIs) {
  EXPECT_THAT(LinesOf("A::[*]", R"(
{"address": 4, "type": "list", "size": 10, "refs": [5, 6, 7]}
{"address": 5, "type": "A", "size": 100, "refs": []}
{"address": 6, "type": "A", "size": 200, "site": 4, "refs": []}
{"address": 7, "type": "A", "size": 400, "site": 2, "refs": []}
)"),
              ElementsAre(":1 300", "/lib.py:9 400"));
}

TEST(AllocationLinesTest, AreNoneWithoutSites) {
  EXPECT_THAT(LinesOf("list::CACHE", R"(
{"address": 4, "type": "list", "size": 10, "refs": []}
)"),
              IsEmpty());
}

}  // namespace
}  // namespace heapgrind
