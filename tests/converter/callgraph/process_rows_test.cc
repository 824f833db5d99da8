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

DumpFacts FactsOf(uint64_t rss) {
  DumpFacts facts;
  facts.header.rss = rss;
  facts.header.pymalloc_arenas = 500;
  facts.header.pymalloc_used = 400;
  facts.header.pymalloc_free = 70;
  facts.header.malloc_free = 20;
  return facts;
}

// What the end record adds: 150 of pymalloc's bytes are of no object, and 100
// of malloc's; 30 bytes of large objects are swapped out, 50 are absent.
DumpFacts WithEnd(DumpFacts facts) {
  facts.header.malloc_used = 200;
  facts.header.malloc_mapped = 100;
  facts.header.swap = 70;
  facts.end.pymalloc_explained = 250;
  facts.end.malloc_explained = 200;
  facts.end.malloc_absent = 50;
  facts.end.swapped = 30;
  return facts;
}

TEST(ProcessRowsTest, FillUpToTheResidentMemory) {
  CallGraph graph = ObjectsOf(300);
  EXPECT_EQ(AddProcessRows(FiguresOf(FactsOf(1000)), 10, &graph), 0u);
  EXPECT_THAT(Rows(graph),
              ElementsAre(Pair("process::allocator overhead", 40),
                          Pair("process::allocator free space", 90),
                          Pair("process::native memory", 570)));
}

TEST(ProcessRowsTest, TellWhatHasNoObjectAndWhatIsSwappedOut) {
  CallGraph graph = ObjectsOf(300);
  const ProcessFigures figures = FiguresOf(WithEnd(FactsOf(1000)));
  EXPECT_EQ(AddProcessRows(figures, 10, &graph), 0u);
  EXPECT_THAT(Rows(graph),
              ElementsAre(Pair("process::allocator overhead", 40),
                          Pair("process::allocator free space", 90),
                          Pair("process::pymalloc without objects", 150),
                          Pair("process::malloc without objects", 100),
                          Pair("process::swapped", 40),
                          Pair("process::native memory", 350)));
}

TEST(ProcessRowsTest, OfSeveralProcessesAreSums) {
  CallGraph graph = ObjectsOf(300);
  ProcessFigures figures = FiguresOf(WithEnd(FactsOf(1000)));
  figures += FiguresOf(FactsOf(1000));  // Of format 1.
  EXPECT_EQ(AddProcessRows(figures, 10, &graph), 0u);
  EXPECT_THAT(Rows(graph),
              ElementsAre(Pair("process::allocator overhead", 70),
                          Pair("process::allocator free space", 180),
                          Pair("process::pymalloc without objects", 150),
                          Pair("process::malloc without objects", 100),
                          Pair("process::swapped", 40),
                          Pair("process::native memory", 1230)));
}

TEST(ProcessFiguresTest, WhereNativeMemoryHasOwnersTheRestHasNone) {
  DumpFacts facts = WithEnd(FactsOf(1000));
  facts.end.native_explained = 10;
  const ProcessFigures figures = FiguresOf(facts);
  EXPECT_EQ(figures.malloc_without_objects, 0u);
  EXPECT_EQ(figures.native_without_owner, 100u);
}

TEST(ProcessRowsTest, EveryPartIsARow) {
  const ProcessMemory memory = {1, 2, 4, 8, 16, 32, 64, /*excess=*/128};
  std::vector<uint64_t> bytes;
  for (const ProcessRow& row : RowsOf(memory)) bytes.push_back(row.bytes);
  EXPECT_THAT(bytes, ElementsAre(1, 2, 4, 8, 16, 32, 64));
}

TEST(ProcessFiguresTest, ExplainedCountsWhatIsThere) {
  const ProcessFigures figures = FiguresOf(WithEnd(FactsOf(1000)));
  EXPECT_EQ(figures.handed_out, 650u);
  EXPECT_EQ(figures.explained, 400u);
}

TEST(ProcessFiguresTest, ExplainedIsNotKnownWithoutAnEndOrPymalloc) {
  EXPECT_EQ(FiguresOf(FactsOf(1000)).handed_out, 0u);
  DumpFacts python2 = WithEnd(FactsOf(1000));
  python2.header.pymalloc_used = 0;
  EXPECT_EQ(FiguresOf(python2).handed_out, 0u);
  EXPECT_EQ(FiguresOf(python2).malloc_without_objects, 100u);
}

TEST(ProcessFiguresTest, RecordsMayExplainMoreThanTheHeaderKnowsOf) {
  DumpFacts facts = WithEnd(FactsOf(1000));
  facts.end.pymalloc_explained = facts.end.malloc_explained = 5000;
  const ProcessFigures figures = FiguresOf(facts);
  EXPECT_EQ(figures.pymalloc_without_objects, 0u);
  EXPECT_EQ(figures.malloc_without_objects, 0u);
  EXPECT_EQ(figures.explained, figures.handed_out);
}

TEST(ProcessRowsTest, TakeNoMoreThanIsLeft) {
  CallGraph graph = ObjectsOf(300);
  EXPECT_EQ(AddProcessRows(FiguresOf(FactsOf(350)), 10, &graph), 0u);
  EXPECT_THAT(Rows(graph),
              ElementsAre(Pair("process::allocator overhead", 40),
                          Pair("process::allocator free space", 10)));
}

TEST(ProcessRowsTest, ReportObjectsBeyondTheResidentMemory) {
  CallGraph graph = ObjectsOf(1200);
  EXPECT_EQ(AddProcessRows(FiguresOf(FactsOf(1000)), 10, &graph), 200u);
  EXPECT_THAT(Rows(graph), IsEmpty());
}

TEST(ProcessRowsTest, NeedTheResidentMemory) {
  CallGraph graph = ObjectsOf(300);
  EXPECT_EQ(AddProcessRows(ProcessFigures(), 10, &graph), 0u);
  EXPECT_THAT(Rows(graph), IsEmpty());
}

}  // namespace
}  // namespace heapgrind
