// Tests which of the names of a shared object wins: the order of the ranks, and
// that neither addresses nor the order of the lines decide.

#include "converter/profile/shared_names.h"

#include <gtest/gtest.h>

#include <string>

#include "tests/converter/support/heap_of_text.h"
#include "tests/converter/support/stages.h"

namespace heapgrind {
namespace {

// What a `T` goes by that `holders` refer to, which the modules `a` and `b`
// hold as `x` and `y`, so that no single one owns it.  The text of the leaf, in
// brackets unless it is an attribute.
std::string NameOf(const std::string& holders) {
  Stages stages(HeapOf(
      R"({"root": "modules", "name": "sys.modules", "refs": [1]}
{"address": 1, "type": "dict", "size": 1, "refs": [2, 4, 3, 6]}
{"address": 2, "type": "str", "size": 1, "value": "a", "refs": []}
{"address": 3, "type": "str", "size": 1, "value": "b", "refs": []}
{"address": 4, "type": "module", "size": 1, "name": "a", "refs": [5], "names": ["__dict__"]}
{"address": 5, "type": "dict", "size": 1, "refs": [8, 10]}
{"address": 6, "type": "module", "size": 1, "name": "b", "refs": [7], "names": ["__dict__"]}
{"address": 7, "type": "dict", "size": 1, "refs": [9, 20]}
{"address": 8, "type": "str", "size": 1, "value": "x", "refs": []}
{"address": 9, "type": "str", "size": 1, "value": "y", "refs": []}
)" + holders +
      R"({"address": 99, "type": "T", "size": 1, "refs": []}
)"));
  const OwnedHeap heap = stages.owned();
  const NodeId node = NodeAt(stages.graph, 99);
  const Leaves leaves =
      FindLeaves(heap, FindShared(heap.graph, heap.ownership, heap.tree),
                 PlaceSubtrees(heap.tree));
  EXPECT_FALSE(leaves.is_named_by_owner[node]);
  const Leaf leaf = leaves.leaf_of_node[node];
  const std::string text(stages.graph.strings.Text(leaf.text));
  return leaf.form == LeafForm::kAttribute ? text
         : leaf.form == LeafForm::kElement ? text + "[*]"
                                           : "[" + text + "]";
}

TEST(SharedNamesTest, AttributeOfANamedObjectBeatsAnElement) {
  EXPECT_EQ(NameOf(R"({"address": 10, "type": "list", "size": 1, "refs": [99]}
{"address": 20, "type": "App", "size": 1, "refs": [99], "names": ["service"]}
)"),
            "service");
}

TEST(SharedNamesTest, ElementGoesByItsContainerAndBeatsACell) {
  EXPECT_EQ(
      NameOf(
          R"({"address": 10, "type": "cell", "size": 1, "refs": [99], "names": ["cell_contents"]}
{"address": 20, "type": "list", "size": 1, "refs": [99]}
)"),
      "y[*]");
}

TEST(SharedNamesTest, ElementOfANamedContainerBeatsAnAttributeOfAnElement) {
  EXPECT_EQ(NameOf(R"({"address": 10, "type": "list", "size": 1, "refs": [11]}
{"address": 11, "type": "Node", "size": 1, "refs": [99], "names": ["parent"]}
{"address": 20, "type": "list", "size": 1, "refs": [99]}
)"),
            "y[*]");
}

TEST(SharedNamesTest, AttributeOfAnElementBeatsALocalVariable) {
  EXPECT_EQ(NameOf(R"({"address": 10, "type": "list", "size": 1, "refs": [11]}
{"address": 11, "type": "Node", "size": 1, "refs": [99], "names": ["parent"]}
{"address": 20, "type": "coroutine", "size": 1, "refs": [99], "names": ["cr_await"]}
)"),
            "parent");
}

TEST(SharedNamesTest, LocalVariableBeatsWhatACellCallsIt) {
  EXPECT_EQ(
      NameOf(
          R"({"address": 10, "type": "cell", "size": 1, "refs": [99], "names": ["cell_contents"]}
{"address": 20, "type": "coroutine", "size": 1, "refs": [99], "names": ["cr_await"]}
)"),
      "cr_await");
}

TEST(SharedNamesTest, ObjectIsNotNamedByItsOwnParts) {
  // The child that 99 alone holds calls it `parent`.
  Stages stages(HeapOf(R"({"root": "interpreter", "name": "i", "refs": [1, 2]}
{"address": 1, "type": "method", "size": 1, "refs": [5], "names": ["__self__"]}
{"address": 2, "type": "method", "size": 1, "refs": [5], "names": ["__self__"]}
{"address": 5, "type": "T", "size": 1, "refs": [6], "names": ["child"]}
{"address": 6, "type": "Child", "size": 1, "refs": [5], "names": ["parent"]}
)"));
  const OwnedHeap heap = stages.owned();
  const Leaves leaves =
      FindLeaves(heap, FindShared(heap.graph, heap.ownership, heap.tree),
                 PlaceSubtrees(heap.tree));
  EXPECT_EQ(stages.graph.strings.Text(
                leaves.leaf_of_node[NodeAt(stages.graph, 5)].text),
            "__self__");
}

TEST(SharedNamesTest, FirstTextWinsAtAnyAddress) {
  EXPECT_EQ(
      NameOf(
          R"({"address": 10, "type": "App", "size": 1, "refs": [99], "names": ["beta"]}
{"address": 20, "type": "App", "size": 1, "refs": [99], "names": ["alpha"]}
)"),
      "alpha");
  EXPECT_EQ(
      NameOf(
          R"({"address": 10, "type": "App", "size": 1, "refs": [99], "names": ["alpha"]}
{"address": 20, "type": "App", "size": 1, "refs": [99], "names": ["beta"]}
)"),
      "alpha");
}

}  // namespace
}  // namespace heapgrind
