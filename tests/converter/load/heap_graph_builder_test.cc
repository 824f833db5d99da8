// Tests how records become a heap graph, and what is counted as lost.

#include "converter/load/heap_graph_builder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "tests/converter/support/heap_of_text.h"
#include "tests/converter/support/string_source.h"

namespace heapgrind {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

GraphLosses LossesOf(const std::string& lines) {
  StringSource source(lines);
  return ReadHeap("text", &source)->losses;
}

std::vector<uint64_t> AddressesOf(const HeapGraph& graph) {
  std::vector<uint64_t> addresses;
  for (NodeId node = 0; node < graph.num_nodes(); ++node) {
    addresses.push_back(graph.address[node]);
  }
  return addresses;
}

std::vector<uint64_t> SizesOf(const HeapGraph& graph) {
  std::vector<uint64_t> sizes;
  for (NodeId node = 0; node < graph.num_nodes(); ++node) {
    sizes.push_back(graph.size[node]);
  }
  return sizes;
}

std::string_view Text(const HeapGraph& graph, StringId id) {
  return graph.strings.Text(id);
}

TEST(HeapGraphBuilderTest, NodesAreInTheOrderOfAddresses) {
  const HeapGraph graph = HeapOf(R"(
{"address": 30, "type": "list", "size": 3, "refs": [10, 20]}
{"address": 10, "type": "int", "size": 1, "value": 7, "refs": []}
{"address": 18446744073709551615, "type": "set", "size": 4, "refs": [30, 30]}
{"address": 20, "type": "str", "size": 2, "value": "x", "refs": []}
)");
  EXPECT_THAT(AddressesOf(graph),
              ElementsAre(10, 20, 30, 18446744073709551615u));
  EXPECT_THAT(SizesOf(graph), ElementsAre(1, 2, 3, 4));
  EXPECT_THAT(graph.References(2), ElementsAre(0, 1));
  EXPECT_THAT(graph.References(3), ElementsAre(2, 2));
  EXPECT_EQ(graph.type(3), "set");
  EXPECT_EQ(Text(graph, graph.text[0]), "7");
  EXPECT_EQ(Text(graph, graph.text[1]), "x");
}

TEST(HeapGraphBuilderTest, AnObjectCountsWhatIsResident) {
  HeapGraph graph = HeapOf(R"(
{"address": 10, "type": "mmap", "size": 20000000000, "resident": 4096, "refs": []}
{"address": 20, "type": "list", "size": 300000, "resident": 300000, "refs": []}
{"address": 30, "type": "bytes", "size": 200000, "refs": []}
)");
  EXPECT_THAT(SizesOf(graph), ElementsAre(4096, 300000, 200000));
  EXPECT_EQ(graph.VirtualSize(0), 20000000000u);
  EXPECT_EQ(graph.VirtualSize(1), 300000u);
  EXPECT_EQ(graph.VirtualSize(2), 200000u);
  graph.CountVirtualSizes();
  EXPECT_THAT(SizesOf(graph), ElementsAre(20000000000u, 300000, 200000));
}

TEST(HeapGraphBuilderTest, ReferencesToAbsentObjectsKeepTheirPlace) {
  const std::string lines =
      R"({"root": "thread", "name": "T", "refs": [5, 6]}
{"address": 5, "type": "list", "size": 1, "refs": [7, 5, 8]})";
  const HeapGraph graph = MeliaeHeapOf(lines);
  EXPECT_THAT(graph.References(0), ElementsAre(kNoNode, 0, kNoNode));
  EXPECT_THAT(graph.roots[0].references, ElementsAre(0, kNoNode));
  EXPECT_EQ(LossesOf(lines).absent_references, 3u);
}

TEST(HeapGraphBuilderTest, FirstOfTwoRecordsCounts) {
  const std::string lines =
      R"({"address": 5, "type": "list", "size": 1, "refs": []}
{"address": 5, "type": "list", "size": 1, "refs": []}
{"address": 5, "type": "list", "size": 2, "refs": []}
{"address": 5, "type": "set", "size": 1, "refs": [5]})";
  const HeapGraph graph = MeliaeHeapOf(lines);
  EXPECT_THAT(SizesOf(graph), ElementsAre(1));
  EXPECT_EQ(graph.type(0), "list");
  EXPECT_EQ(LossesOf(lines).repeated_objects, 1u);
  EXPECT_EQ(LossesOf(lines).contradicting_objects, 2u);
}

TEST(HeapGraphBuilderTest, ReferencesLeftOutAreCounted) {
  EXPECT_EQ(
      LossesOf(
          R"({"address": 5, "type": "l", "size": 1, "refs": [], "refs_left_out": 3}
{"address": 6, "type": "l", "size": 1, "refs": [], "refs_left_out": 4})")
          .references_left_out,
      7u);
}

TEST(HeapGraphBuilderTest, NamesBelongToTheReferencesBehindThePairs) {
  const HeapGraph graph = HeapOf(R"(
{"address": 0, "type": "D", "size": 1, "pairs": 1, "refs": [1, 2, 3, 4], "names": [null, "part"]}
{"address": 1, "type": "str", "size": 1, "refs": []}
{"address": 2, "type": "str", "size": 1, "refs": []}
{"address": 3, "type": "str", "size": 1, "refs": []}
{"address": 4, "type": "str", "size": 1, "refs": []}
)");
  EXPECT_EQ(graph.NumPairReferences(0), 2u);
  EXPECT_EQ(graph.ReferenceName(0, 1), kNoString);
  EXPECT_EQ(graph.ReferenceName(0, 2), kNoString);
  EXPECT_EQ(Text(graph, graph.ReferenceName(0, 3)), "part");
  EXPECT_EQ(graph.Follow(0, graph.strings.Find("part")), 4u);
  EXPECT_EQ(graph.Follow(0, graph.strings.Find("str")), kNoNode);
  EXPECT_EQ(graph.Follow(0, kNoString), kNoNode);
}

TEST(HeapGraphBuilderTest, ReferencesBeyondTheNamesHaveNone) {
  const HeapGraph graph = HeapOf(R"(
{"address": 0, "type": "X", "size": 1, "refs": [0, 0], "names": ["a"]}
{"address": 1, "type": "X", "size": 1, "refs": [0], "names": ["a"]}
)");
  EXPECT_EQ(Text(graph, graph.ReferenceName(0, 0)), "a");
  EXPECT_EQ(graph.ReferenceName(0, 1), kNoString);
  EXPECT_EQ(graph.shape_of_node[0], graph.shape_of_node[1]);
}

TEST(HeapGraphBuilderTest, NamesBeyondTheReferencesAreLeftOut) {
  const HeapGraph graph = HeapOf(R"(
{"address": 0, "type": "X", "size": 1, "refs": [0], "names": ["b", "a"]}
{"address": 1, "type": "X", "size": 1, "refs": [], "names": ["a"]}
)");
  EXPECT_EQ(Text(graph, graph.ReferenceName(0, 0)), "b");
  EXPECT_EQ(graph.Follow(0, graph.strings.Find("a")), kNoNode);
  EXPECT_EQ(graph.Follow(1, graph.strings.Find("a")), kNoNode);
}

TEST(HeapGraphBuilderTest, DictOfAMeliaeDumpIsAllPairs) {
  const HeapGraph graph = MeliaeHeapOf(
      R"({"address": 0, "type": "dict", "size": 1, "refs": [1, 2, 3, 4]}
{"address": 1, "type": "dict", "size": 1, "refs": [1, 2, 3]}
{"address": 2, "type": "list", "size": 1, "refs": [1, 2]})");
  EXPECT_EQ(graph.NumPairReferences(0), 4u);
  EXPECT_EQ(graph.NumPairReferences(1), 0u);
  EXPECT_EQ(graph.NumPairReferences(2), 0u);
}

TEST(HeapGraphBuilderTest, DefinitionsAndReferenceCountsFollowTheirObject) {
  const HeapGraph graph = HeapOf(R"(
{"address": 9, "type": "X", "size": 1, "refcount": 2, "refs": [9], "names": ["me"]}
{"address": 8, "type": "M", "kind": "class", "size": 1, "name": "C", "qualname": "A.C", "module": "m", "line": 5, "refs": []}
{"address": 7, "type": "code", "kind": "code", "size": 1, "name": "f", "file": "/f.py", "refs": []}
)");
  EXPECT_EQ(graph.kind(1), NodeKind::kClass);
  const Definition& the_class = graph.definitions.at(1);
  EXPECT_EQ(Text(graph, the_class.qualname), "A.C");
  EXPECT_EQ(Text(graph, the_class.module), "m");
  EXPECT_EQ(the_class.file, kNoString);
  EXPECT_EQ(the_class.line, 5u);
  const Definition& the_code = graph.definitions.at(0);
  EXPECT_EQ(Text(graph, the_code.qualname), "f");
  EXPECT_EQ(Text(graph, the_code.file), "/f.py");
  EXPECT_EQ(graph.definitions.size(), 2u);
  EXPECT_THAT(graph.program_nodes, ElementsAre(0, 1));
  EXPECT_EQ(graph.refcounts.at(2), 2u);
}

TEST(HeapGraphBuilderTest, RootsAreInTheOrderOfKindNameAndAddresses) {
  const HeapGraph graph = HeapOf(R"(
{"root": "thread", "name": "B", "refs": [2], "names": ["frame"]}
{"root": "thread", "name": "B", "refs": [1]}
{"root": "thread", "name": "A", "refs": []}
{"root": "modules", "name": "sys.modules", "refs": [1]}
{"address": 1, "type": "dict", "size": 1, "refs": []}
{"address": 2, "type": "dict", "size": 1, "refs": []}
)");
  ASSERT_EQ(graph.roots.size(), 4u);
  EXPECT_EQ(graph.roots[0].kind, RootKind::kModules);
  EXPECT_EQ(Text(graph, graph.roots[0].kind_name), "modules");
  EXPECT_EQ(Text(graph, graph.roots[1].name), "A");
  EXPECT_THAT(graph.roots[2].references, ElementsAre(0));
  EXPECT_THAT(graph.roots[2].names, IsEmpty());
  EXPECT_THAT(graph.roots[3].references, ElementsAre(1));
  EXPECT_THAT(graph.roots[3].names, ElementsAre(graph.strings.Find("frame")));
}

TEST(HeapGraphBuilderTest, SizesBeyond32BitsAreKept) {
  const HeapGraph graph = HeapOf(R"(
{"address": 3, "type": "a", "size": 18446744073709551615, "refs": []}
{"address": 2, "type": "a", "size": 4294967294, "refs": []}
{"address": 1, "type": "a", "size": 4294967295, "refs": []}
{"address": 4, "type": "a", "size": 4294967296, "refs": []}
)");
  EXPECT_THAT(SizesOf(graph), ElementsAre(4294967295, 4294967294,
                                          18446744073709551615u, 4294967296));
}

TEST(HeapGraphBuilderTest, MoreObjectsThanNodeNumbersAreAnError) {
  GraphOptions options;
  options.max_objects = 1;
  HeapGraphBuilder builder(options);
  DumpRecord record;
  record.type = "list";
  builder.Add(record);
  EXPECT_TRUE(builder.Build().ok());
  builder.Add(record);
  builder.Add(record);
  EXPECT_EQ(builder.Build().status(),
            absl::ResourceExhaustedError("expected at most 1 objects, got 2"));
}

TEST(HeapGraphBuilderTest, BuildLeavesTheBuilderEmpty) {
  HeapGraphBuilder builder;
  DumpRecord record;
  record.type = "list";
  record.address = 4;
  builder.Add(record);
  EXPECT_EQ(builder.Build()->num_nodes(), 1u);
  record.address = 5;
  builder.Add(record);
  EXPECT_THAT(AddressesOf(*builder.Build()), ElementsAre(5));
}

}  // namespace
}  // namespace heapgrind
