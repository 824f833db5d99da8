// Tests who is said to have made objects: whole graphs of small heaps, and the
// laws on random tracebacks.

#include "converter/callgraph/site_call_graph.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <numeric>
#include <random>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "tests/converter/support/call_graph_faults.h"
#include "tests/converter/support/heap_of_text.h"

namespace heapgrind {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr char kCode[] = R"(
{"address": 1, "type": "code", "size": 0, "kind": "code", "name": "f", "file": "/a.py", "line": 10, "last_line": 19, "refs": []}
{"address": 2, "type": "code", "size": 0, "kind": "code", "name": "g", "qualname": "f.g", "file": "/a.py", "line": 12, "last_line": 14, "refs": []}
{"address": 3, "type": "code", "size": 0, "kind": "code", "name": "<lambda>", "file": "/a.py", "line": 16, "last_line": 16, "refs": []}
)";

absl::StatusOr<CallGraph> GraphOf(const HeapGraph& heap) {
  std::vector<NodeId> nodes(heap.num_nodes());
  std::iota(nodes.begin(), nodes.end(), 0);
  return MakeSiteCallGraph(heap, nodes, false, SourceFiles());
}

// "name: line bytes, ..." and "name:line -> callee bytes" of all functions.
std::vector<std::string> Describe(const std::string& lines) {
  const CallGraph graph = *GraphOf(HeapOf(kCode + lines));
  std::vector<std::string> texts;
  for (const Function& function : graph.functions) {
    std::string text = absl::StrCat(function.name, ":");
    for (const LineCost& line : function.lines) {
      absl::StrAppend(&text, " ", line.line, " ", line.self.bytes);
    }
    if (function.lines.empty())
      absl::StrAppend(&text, " ", function.self.bytes);
    for (const Call& call : function.calls) {
      absl::StrAppend(&text, "; ", call.line, " -> ",
                      graph.functions[call.callee].name, " ",
                      call.inclusive.bytes);
    }
    texts.push_back(text);
  }
  return texts;
}

TEST(SiteCallGraphTest, BytesStandAtTheLinesThatAllocatedThem) {
  EXPECT_THAT(Describe(R"(
{"site": 1, "file": "/a.py", "line": 30}
{"site": 2, "file": "/a.py", "line": 11, "caller": 1}
{"site": 3, "file": "/a.py", "line": 18, "caller": 1}
{"address": 5, "type": "A", "size": 1, "site": 1, "refs": []}
{"address": 6, "type": "A", "size": 10, "site": 2, "refs": []}
{"address": 7, "type": "A", "size": 100, "site": 3, "refs": []}
{"address": 8, "type": "A", "size": 1000, "site": 3, "refs": []}
{"address": 9, "type": "A", "size": 10000, "refs": []}
)"),
              ElementsAre("main: 0; 0 -> a.py::<module> 1111; 0 -> no "
                          "site::not traced 10000",
                          "a.py::<module>: 30 1; 30 -> a.py::f (line 10) 1110",
                          "a.py::f (line 10): 11 10 18 1100",
                          "no site::not traced: 10000"));
}

TEST(SiteCallGraphTest, WhatHasStartedTheProgramCallsNothing) {
  EXPECT_THAT(
      Describe(R"(
{"site": 1, "file": "<frozen runpy>", "line": 198}
{"site": 2, "file": "/x/heapgrind/__main__.py", "line": 5, "caller": 1}
{"site": 3, "file": "/x/heapgrind/_run/_program.py", "line": 80, "caller": 2}
{"site": 4, "file": "/usr/lib/python3.8/runpy.py", "line": 265, "caller": 3}
{"site": 5, "file": "/a.py", "line": 30, "caller": 4}
{"site": 6, "file": "<frozen runpy>", "line": 88, "caller": 5}
{"site": 7, "file": "/a.py", "line": 11, "caller": 6}
{"address": 5, "type": "A", "size": 1, "site": 3, "refs": []}
{"address": 6, "type": "A", "size": 10, "site": 5, "refs": []}
{"address": 7, "type": "A", "size": 100, "site": 7, "refs": []}
)"),
      ElementsAre("main: 0; 0 -> _program.py::<module> 1; 0 -> "
                  "a.py::<module> 110; 0 -> no site::not traced 0",
                  "_program.py::<module>: 80 1",
                  "a.py::<module>: 30 10; 30 -> <frozen "
                  "runpy>::<module> 100",
                  "<frozen runpy>::<module>: 0; 88 -> a.py::f (line "
                  "10) 100",
                  "a.py::f (line 10): 11 100", "no site::not traced: 0"));
}

// Names alone do not make a launcher.
TEST(SiteCallGraphTest, ProgramsMayBeCalledAsLaunchersAre) {
  EXPECT_THAT(Describe(R"(
{"site": 1, "file": "/srv/runpy.py", "line": 1}
{"site": 2, "file": "/a.py", "line": 11, "caller": 1}
{"site": 3, "file": "/srv/_run.py", "line": 2}
{"site": 4, "file": "/a.py", "line": 30, "caller": 3}
{"address": 5, "type": "A", "size": 1, "site": 2, "refs": []}
{"address": 6, "type": "A", "size": 2, "site": 4, "refs": []}
)"),
              ElementsAre("main: 0; 0 -> runpy.py::<module> 1; 0 -> "
                          "_run.py::<module> 2; 0 -> no site::not traced 0",
                          "runpy.py::<module>: 0; 1 -> a.py::f (line 10) 1",
                          "a.py::f (line 10): 11 1",
                          "_run.py::<module>: 0; 2 -> a.py::<module> 2",
                          "a.py::<module>: 30 2", "no site::not traced: 0"));
}

TEST(SiteCallGraphTest, LinesBelongToTheInnermostNamedFunction) {
  EXPECT_THAT(
      Describe(R"(
{"site": 1, "file": "/a.py", "line": 10}
{"site": 2, "file": "/a.py", "line": 12}
{"site": 3, "file": "/a.py", "line": 13}
{"site": 4, "file": "/a.py", "line": 16}
{"address": 5, "type": "A", "size": 1, "site": 1, "refs": []}
{"address": 6, "type": "A", "size": 10, "site": 2, "refs": []}
{"address": 7, "type": "A", "size": 100, "site": 3, "refs": []}
{"address": 8, "type": "A", "size": 1000, "site": 4, "refs": []}
)"),
      ElementsAre("main: 0; 0 -> a.py::<module> 1; 0 -> a.py::f (line "
                  "10) 1010; 0 -> a.py::f.g (line 12) 100; 0 -> no "
                  "site::not traced 0",
                  "a.py::<module>: 10 1", "a.py::f (line 10): 12 10 16 1000",
                  "a.py::f.g (line 12): 13 100", "no site::not traced: 0"));
}

TEST(SiteCallGraphTest, CallsOfAFunctionByItselfAreFolded) {
  EXPECT_THAT(Describe(R"(
{"site": 1, "file": "/a.py", "line": 11}
{"site": 2, "file": "/a.py", "line": 11, "caller": 1}
{"site": 3, "file": "/a.py", "line": 18, "caller": 2}
{"address": 5, "type": "A", "size": 1, "site": 3, "refs": []}
)"),
              ElementsAre("main: 0; 0 -> a.py::f (line 10) 1; 0 -> no "
                          "site::not traced 0",
                          "a.py::f (line 10): 18 1", "no site::not traced: 0"));
}

TEST(SiteCallGraphTest, TheImportSystemIsNoCaller) {
  EXPECT_THAT(Describe(R"(
{"site": 1, "file": "/b.py", "line": 1}
{"site": 2, "file": "<frozen importlib._bootstrap>", "line": 7, "caller": 1}
{"site": 3, "file": "/a.py", "line": 2, "caller": 2}
{"address": 5, "type": "A", "size": 1, "site": 3, "refs": []}
)"),
              ElementsAre("main: 0; 0 -> b.py::<module> 1; 0 -> no site::not "
                          "traced 0",
                          "b.py::<module>: 0; 1 -> a.py::<module> 1",
                          "a.py::<module>: 2 1", "no site::not traced: 0"));
}

TEST(SiteCallGraphTest, AHeapWithoutSitesIsAnError) {
  EXPECT_EQ(GraphOf(HeapOf(kCode)).status().message(),
            "expected objects that say where they were allocated, got none\n"
            "hint: take the dump while tracemalloc runs, for instance with: "
            "python -m heapgrind run --sites (Python 3.12 or later)");
}

// A heap whose tracebacks call one another at random.
std::string RandomHeap(uint32_t seed) {
  std::mt19937 random(seed);
  const uint32_t num_sites = 1 + random() % 60;
  std::string lines;
  for (uint32_t site = 1; site <= num_sites; ++site) {
    absl::StrAppend(&lines, "{\"site\": ", site, ", \"file\": \"/",
                    random() % 5, ".py\", \"line\": ", random() % 4,
                    ", \"caller\": ", random() % site, "}\n");
  }
  for (int i = 0; i < 80; ++i) {
    absl::StrAppend(&lines, "{\"address\": ", 100 + i,
                    ", \"type\": \"A\", \"size\": ", random() % 100,
                    ", \"site\": ", random() % (num_sites + 1),
                    ", \"refs\": []}\n");
  }
  return lines;
}

TEST(SiteCallGraphTest, RandomTracebacksKeepTheLaws) {
  for (uint32_t seed = 0; seed < 500; ++seed) {
    const HeapGraph heap = HeapOf(RandomHeap(seed));
    const CallGraph graph = *GraphOf(heap);
    EXPECT_THAT(CallGraphFaults(graph, {TotalSize(heap), heap.num_nodes()}),
                IsEmpty())
        << "seed " << seed;
    for (const Function& function : graph.functions) {
      Cost sum;
      for (const LineCost& line : function.lines) sum += line.self;
      EXPECT_TRUE(function.lines.empty() || sum == function.self)
          << function.name << ", seed " << seed;
    }
  }
}

}  // namespace
}  // namespace heapgrind
