// Tests which references lead from parts back to their whole.

#include "converter/owners/back_references.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tests/converter/support/heap_of_text.h"

namespace heapgrind {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

// The sources of the references that lead back, each once.  Addresses are 0, 1,
// 2 ... in the order of the lines, so they are the nodes.
std::vector<NodeId> SourcesOf(const std::string& lines) {
  const HeapGraph graph = HeapOf(lines);
  const std::vector<bool> is_back = FindBackReferences(graph);
  std::vector<NodeId> sources;
  for (NodeId node = 0; node < graph.num_nodes() && !is_back.empty(); ++node) {
    for (size_t i = 0; i < graph.References(node).size(); ++i) {
      if (is_back[graph.first_reference[node] + i]) sources.push_back(node);
    }
  }
  return sources;
}

constexpr char kTree[] = R"lines(
{"address": 0, "type": "Tree", "size": 1, "refs": [1], "names": ["nodes"]}
{"address": 1, "type": "list", "size": 1, "refs": [2]}
{"address": 2, "type": "Node", "size": 1, "refs": [0, 3], "names": ["parent", "test"]}
)lines";

TEST(BackReferencesTest, ElementLeadsBackToWhoHoldsItsList) {
  EXPECT_THAT(SourcesOf(std::string(kTree) + R"lines(
{"address": 3, "type": "Other", "size": 1, "refs": [2], "names": ["parent"]}
)lines"),
              ElementsAre(2));
}

TEST(BackReferencesTest, OtherObjectsOfTheTypeLeadBackByTheSameAttribute) {
  EXPECT_THAT(SourcesOf(std::string(kTree) + R"lines(
{"address": 3, "type": "Node", "size": 1, "refs": [2], "names": ["parent"]}
)lines"),
              ElementsAre(2, 3));
}

TEST(BackReferencesTest, ListOfTwoHoldersHasNoWhole) {
  EXPECT_THAT(SourcesOf(std::string(kTree) + R"lines(
{"address": 3, "type": "Tree", "size": 1, "refs": [1], "names": ["nodes"]}
)lines"),
              IsEmpty());
}

TEST(BackReferencesTest, AttributesAreFoundInDictionaries) {
  EXPECT_THAT(SourcesOf(R"lines(
{"address": 0, "type": "Tree", "size": 1, "refs": [1], "names": ["__dict__"]}
{"address": 1, "type": "dict", "size": 1, "pairs": 1, "refs": [6, 2]}
{"address": 2, "type": "dict", "size": 1, "pairs": 1, "refs": [6, 3]}
{"address": 3, "type": "Node", "size": 1, "refs": [4], "names": ["__dict__"]}
{"address": 4, "type": "dict", "size": 1, "pairs": 1, "refs": [5, 0]}
{"address": 5, "type": "str", "size": 1, "value": "tree", "refs": []}
{"address": 6, "type": "str", "size": 1, "value": "nodes", "refs": []}
)lines"),
              ElementsAre(4));
}

}  // namespace
}  // namespace heapgrind
