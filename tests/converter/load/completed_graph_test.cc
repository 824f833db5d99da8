#include "converter/load/completed_graph.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "tests/converter/support/heap_of_text.h"

namespace heapgrind {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Pair;
using ::testing::UnorderedElementsAre;

// The module posix (1) with its namespace (2), a copy of that (3), the static
// type file (4), and a list (5) of them all.  Keys are 6 to 9.
constexpr char kMeliaeDump[] =
    R"({"address": 1, "type": "module", "size": 1, "name": "posix", "refs": [2]}
{"address": 2, "type": "dict", "size": 1, "refs": [6, 7, 8, 9]}
{"address": 3, "type": "dict", "size": 1, "refs": [6, 7, 8, 9]}
{"address": 4, "type": "type", "size": 1, "name": "file", "refs": []}
{"address": 5, "type": "list", "size": 1, "refs": [4, 3]}
{"address": 6, "type": "str", "size": 1, "value": "__name__", "refs": []}
{"address": 7, "type": "str", "size": 1, "value": "posix", "refs": []}
{"address": 8, "type": "str", "size": 1, "value": "__doc__", "refs": []}
{"address": 9, "type": "str", "size": 1, "value": "the doc", "refs": []}
)";

bool IsSequence(const HeapGraph& graph, uint64_t address) {
  return graph.shape(NodeAt(graph, address)).is_sequence;
}

TEST(CompletedGraphTest, FirstDictionaryOfAnOwnerIsItsDict) {
  const HeapGraph graph = MeliaeHeapOf(kMeliaeDump);
  EXPECT_THAT(graph.unnamed_dicts,
              UnorderedElementsAre(Pair(NodeAt(graph, 1), NodeAt(graph, 2))));
  EXPECT_EQ(graph.UnnamedDict(NodeAt(graph, 1)), NodeAt(graph, 2));
  EXPECT_EQ(graph.UnnamedDict(NodeAt(graph, 5)), kNoNode);
}

TEST(CompletedGraphTest, DictionaryOfDescriptorsIsThatOfTheirType) {
  const HeapGraph graph = MeliaeHeapOf(
      R"({"address": 1, "type": "type", "size": 1, "name": "file", "refs": []}
{"address": 2, "type": "dict", "size": 1, "refs": [3, 4]}
{"address": 3, "type": "str", "size": 1, "value": "name", "refs": []}
{"address": 4, "type": "member_descriptor", "size": 1, "refs": [1]})");
  EXPECT_THAT(graph.unnamed_dicts, UnorderedElementsAre(Pair(0, 1)));
}

TEST(CompletedGraphTest, DictionariesOfAModulesNamespaceAreTheModules) {
  const HeapGraph graph = MeliaeHeapOf(kMeliaeDump);
  const NodeId module = NodeAt(graph, 1);
  EXPECT_THAT(graph.module_of_copy,
              UnorderedElementsAre(Pair(NodeAt(graph, 2), module),
                                   Pair(NodeAt(graph, 3), module)));
}

TEST(CompletedGraphTest, StaticTypeWithoutRootsIsItsModules) {
  const HeapGraph graph = MeliaeHeapOf(kMeliaeDump);
  const Definition& type = graph.definitions.at(NodeAt(graph, 4));
  EXPECT_TRUE(type.is_of_module);
  EXPECT_EQ(graph.strings.Text(type.module), "__builtin__");
}

TEST(CompletedGraphTest, ModulesAndUnreferencedObjectsAreHeldWithoutRoots) {
  const HeapGraph graph = MeliaeHeapOf(kMeliaeDump);
  EXPECT_THAT(graph.held_from_outside,
              ElementsAre(NodeAt(graph, 1), NodeAt(graph, 5)));
}

TEST(CompletedGraphTest, ElementsAreInNoOrderWithoutNames) {
  EXPECT_FALSE(IsSequence(MeliaeHeapOf(kMeliaeDump), 5));
}

TEST(CompletedGraphTest, NothingIsInferredOfADumpThatSaysIt) {
  const HeapGraph graph = HeapOf(R"(
{"root": "modules", "name": "sys.modules", "refs": [3]}
{"address": 1, "type": "module", "kind": "module", "size": 1, "name": "m", "refs": [2], "names": ["md_dict"]}
{"address": 2, "type": "dict", "size": 1, "refs": []}
{"address": 3, "type": "list", "size": 1, "refs": [1]}
{"address": 4, "type": "type", "kind": "class", "size": 1, "name": "C", "refs": []}
)");
  EXPECT_THAT(graph.unnamed_dicts, IsEmpty());
  EXPECT_THAT(graph.module_of_copy, IsEmpty());
  EXPECT_THAT(graph.held_from_outside, IsEmpty());
  EXPECT_FALSE(graph.definitions.at(NodeAt(graph, 4)).is_of_module);
  EXPECT_TRUE(IsSequence(graph, 3));
  EXPECT_FALSE(IsSequence(graph, 2));
}

TEST(CompletedGraphTest, ChildrenOfXmlAndItemsOfDequesAndArraysHavePlaces) {
  const HeapGraph graph = HeapOf(R"(
{"root": "modules", "name": "sys.modules", "refs": [1]}
{"address": 1, "type": "Element", "size": 1, "refs": [2], "names": ["tag"]}
{"address": 2, "type": "deque", "size": 1, "refs": []}
{"address": 3, "type": "ndarray", "size": 1, "refs": []}
{"address": 4, "type": "set", "size": 1, "refs": []}
)");
  EXPECT_TRUE(IsSequence(graph, 1));
  EXPECT_TRUE(IsSequence(graph, 2));
  EXPECT_TRUE(IsSequence(graph, 3));
  EXPECT_FALSE(IsSequence(graph, 4));
}

}  // namespace
}  // namespace heapgrind
