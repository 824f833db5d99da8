// Compares a whole callgrind file.

#include "converter/callgraph/callgrind_writer.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "absl/strings/str_cat.h"
#include "converter/base/version.h"

namespace heapgrind {
namespace {

std::string Write(const CallGraph& graph, const CallgrindHeader& header) {
  std::string text;
  WriteCallgrind(graph, header, [&text](absl::string_view piece) {
    text.append(piece.data(), piece.size());
  });
  return text;
}

TEST(CallgrindWriterTest, LinesOfOtherFilesStandBetweenTheirNames) {
  CallGraph graph;
  graph.functions = {{"main", "(process)", "/a.py", 0, {6, 3}, {}}};
  graph.functions[0].lines = {
      {"", 7, {1, 1}}, {"/b.py", 8, {2, 1}}, {"/b.py", 9, {3, 1}}};
  EXPECT_THAT(Write(graph, {1, "a", "b"}), testing::EndsWith(R"(
ob=(1) (process)
fl=(1) /a.py
fn=(1) main
7 1 1
fi=(2) /b.py
8 2 1
9 3 1
fe=(1)
totals: 6 3
)"));
}

TEST(CallgrindWriterTest, WritesEveryFunctionWithItsCalls) {
  CallGraph graph;
  graph.functions = {
      {"main", "(process)", "???", 0, {1, 1}, {{1, 2, 0, {90, 5}}}},
      {"module::app (app)",
       "app",
       "/src/app.py",
       1,
       {40, 2},
       {{2, 1, 7, {20, 2}}, {3, 1, 9, {30, 1}}}},
      {"dict::A (app.A)", "app", "/src/app.py", 7, {20, 2}, {}},
      {"dict::B (app.B)", "(shared)", "/src/b.py", 9, {30, 1}, {}},
  };
  EXPECT_EQ(Write(graph, {4711, "python3 app.py", "heap of 2026-11-22"}),
            absl::StrCat(R"(# callgrind format
version: 1
creator: memdump2callgrind )",
                         kVersion, R"(
pid: 4711
cmd: python3 app.py
part: 1
desc: Trigger: heap of 2026-11-22
positions: line
event: Bytes : Retained bytes
event: Objects : Objects
events: Bytes Objects
summary: 91 6

ob=(1) (process)
fl=(1) ???
fn=(1) main
0 1 1
cob=(2) app
cfi=(2) /src/app.py
cfn=(2) module::app (app)
calls=2 1
0 90 5

ob=(2)
fl=(2)
fn=(2)
1 40 2
cob=(2)
cfi=(2)
cfn=(3) dict::A (app.A)
calls=1 7
7 20 2
cob=(3) (shared)
cfi=(3) /src/b.py
cfn=(4) dict::B (app.B)
calls=1 9
9 30 1

ob=(2)
fl=(2)
fn=(3)
7 20 2

ob=(3)
fl=(3)
fn=(4)
9 30 1
totals: 91 6
)"));
}

TEST(CallgrindWriterTest, WritesTheLargestCost) {
  CallGraph graph;
  graph.functions = {
      {"main", "(process)", "???", 0, {9007199254740991, 3}, {}}};
  EXPECT_EQ(Write(graph, {1, "c", "d"}),
            absl::StrCat("# callgrind format\nversion: 1\n"
                         "creator: memdump2callgrind ",
                         kVersion, R"(
pid: 1
cmd: c
part: 1
desc: Trigger: d
positions: line
event: Bytes : Retained bytes
event: Objects : Objects
events: Bytes Objects
summary: 9007199254740991 3

ob=(1) (process)
fl=(1) ???
fn=(1) main
0 9007199254740991 3
totals: 9007199254740991 3
)"));
}

TEST(CallgrindWriterTest, WritesTheEventsAskedFor) {
  CallGraph graph;
  graph.functions = {{"main", "(process)", "???", 0, {100, 3, 48, 9}, {}}};
  CallgrindHeader header = {1, "a", "b"};
  header.extra_events = {false, true};
  EXPECT_THAT(Write(graph, header),
              ::testing::AllOf(
                  ::testing::HasSubstr("event: Slack : Allocator rounding "
                                       "bytes\nevents: Bytes Objects Slack\n"
                                       "summary: 100 3 9\n"),
                  ::testing::HasSubstr("\n0 100 3 9\n"),
                  ::testing::Not(::testing::HasSubstr("GC_bytes"))));
}

TEST(CallgrindWriterTest, WritesTheNumberOfThePart) {
  CallGraph graph;
  graph.functions = {{"main", "(process)", "???", 0, {100, 3}, {}}};
  CallgrindHeader header = {7, "a", "b"};
  header.part = 3;
  EXPECT_THAT(Write(graph, header),
              ::testing::HasSubstr("pid: 7\ncmd: a\npart: 3\ndesc: "));
}

}  // namespace
}  // namespace heapgrind
