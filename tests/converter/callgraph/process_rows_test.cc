#include "converter/callgraph/process_rows.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

namespace heapgrind {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Pair;

CallGraph ObjectsOf(uint64_t bytes) {
  CallGraph call_graph;
  Function main;
  main.name = "main";
  main.self = {bytes, 1};
  call_graph.functions.push_back(main);
  return call_graph;
}

// The rows that were added, with the bytes of their calls from main.
std::vector<std::pair<std::string, uint64_t>> Rows(const CallGraph& graph) {
  std::vector<std::pair<std::string, uint64_t>> rows;
  for (const Call& call : graph.functions[0].calls) {
    const Function& row = graph.functions[call.callee];
    EXPECT_TRUE(row.self == call.inclusive);
    rows.emplace_back(row.name, row.self.bytes);
  }
  return rows;
}

DumpHeader HeaderOf(uint64_t rss) {
  DumpHeader header;
  header.rss = rss;
  header.pymalloc_arenas = 500;
  header.pymalloc_used = 400;
  header.pymalloc_free = 70;
  header.malloc_free = 20;
  return header;
}

TEST(ProcessRowsTest, FillUpToTheResidentMemory) {
  CallGraph graph = ObjectsOf(300);
  EXPECT_EQ(AddProcessRows(HeaderOf(1000), 10, &graph), 0u);
  EXPECT_THAT(Rows(graph),
              ElementsAre(Pair("process::allocator overhead", 40),
                          Pair("process::allocator free space", 90),
                          Pair("process::native memory", 570)));
}

TEST(ProcessRowsTest, TakeNoMoreThanIsLeft) {
  CallGraph graph = ObjectsOf(300);
  EXPECT_EQ(AddProcessRows(HeaderOf(350), 10, &graph), 0u);
  EXPECT_THAT(Rows(graph),
              ElementsAre(Pair("process::allocator overhead", 40),
                          Pair("process::allocator free space", 10)));
}

TEST(ProcessRowsTest, ReportObjectsBeyondTheResidentMemory) {
  CallGraph graph = ObjectsOf(1200);
  EXPECT_EQ(AddProcessRows(HeaderOf(1000), 10, &graph), 200u);
  EXPECT_THAT(Rows(graph), IsEmpty());
}

TEST(ProcessRowsTest, NeedTheResidentMemory) {
  CallGraph graph = ObjectsOf(300);
  EXPECT_EQ(AddProcessRows(DumpHeader(), 10, &graph), 0u);
  EXPECT_THAT(Rows(graph), IsEmpty());
}

}  // namespace
}  // namespace heapgrind
