// Tests the ownership graph: its rounds by small heaps, all of it by the
// oracle.

#include "converter/owners/ownership.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "converter/owners/root_homes.h"
#include "converter/python/module_table.h"
#include "converter/python/namespaces.h"
#include "tests/converter/support/heap_of_text.h"
#include "tests/converter/support/naive_dominators.h"
#include "tests/converter/support/naive_ownership.h"
#include "tests/converter/support/random_dump.h"
#include "tests/converter/support/stages.h"

namespace heapgrind {
namespace {

using ::testing::AllOf;
using ::testing::Contains;
using ::testing::Not;
using ::testing::UnorderedElementsAre;
using Edge = std::pair<NodeId, NodeId>;

// Addresses are 0, 1, 2 ... in the order of the lines, so they are the nodes.
TEST(OwnershipTest, LocalOwnsWhatNothingElseReaches) {
  const Stages stages(HeapOf(R"(
{"root": "thread", "name": "T", "refs": [0], "names": ["frame"]}
{"address": 0, "type": "frame", "kind": "frame", "size": 8, "refs": [1, 2], "names": ["held", "only"]}
{"address": 1, "type": "list", "size": 8, "refs": []}
{"address": 2, "type": "list", "size": 8, "refs": []}
{"root": "interpreter", "name": "i", "refs": [1]}
)"));
  // Nodes: 0 to 2, main 3, the roots 4 (interpreter) and 5 (thread), held 6,
  // garbage 7.
  EXPECT_THAT(
      EdgesOf(stages.ownership),
      UnorderedElementsAre(Edge(3, 4), Edge(3, 5), Edge(3, 6), Edge(3, 7),
                           Edge(5, 0), Edge(4, 1), Edge(0, 2)));
  EXPECT_EQ(stages.ownership.reached_by_owning, 2u);
  EXPECT_EQ(stages.ownership.reached_by_local, 1u);
}

TEST(OwnershipTest, BorrowedReferencesOwnWhatIsLeftAfterLocals) {
  const Stages stages(HeapOf(R"(
{"root": "thread", "name": "T", "refs": [0], "names": ["frame"]}
{"address": 0, "type": "frame", "kind": "frame", "size": 8, "refs": [1, 2], "names": ["f_globals", "x"]}
{"address": 1, "type": "dict", "size": 8, "refs": []}
{"address": 2, "type": "list", "size": 8, "refs": [3]}
{"address": 3, "type": "function", "kind": "function", "size": 8, "refs": [1], "names": ["__globals__"]}
)"));
  // Both borrowed references lead out, and are promoted at once.
  EXPECT_THAT(
      EdgesOf(stages.ownership),
      UnorderedElementsAre(Edge(4, 5), Edge(4, 6), Edge(4, 7), Edge(5, 0),
                           Edge(0, 1), Edge(0, 2), Edge(2, 3), Edge(3, 1)));
  EXPECT_EQ(stages.ownership.reached_by_owning, 1u);
  EXPECT_EQ(stages.ownership.reached_by_local, 2u);
  EXPECT_EQ(stages.ownership.reached_by_borrowed, 1u);
}

// A function borrows its globals, which a variable of C code knows, too.
TEST(OwnershipTest, WordsOfNativeCodeOwnOnlyWhatNothingBorrows) {
  const Stages stages(HeapOf(R"lines(
{"root": "thread", "name": "T", "refs": [0], "names": ["frame"]}
{"root": "static", "name": "lib.so", "refs": [1, 2]}
{"address": 0, "type": "function", "kind": "function", "size": 8, "refs": [1], "names": ["__globals__"]}
{"address": 1, "type": "dict", "size": 8, "refs": []}
{"address": 2, "type": "(native)", "size": 8, "refs": []}
)lines"));
  EXPECT_THAT(
      EdgesOf(stages.ownership),
      UnorderedElementsAre(Edge(3, 4), Edge(3, 5), Edge(3, 6), Edge(3, 7),
                           Edge(5, 0), Edge(0, 1), Edge(4, 2)));
}

TEST(OwnershipTest, GarbageOwnsNothingThatIsAlive) {
  const Stages stages(HeapOf(R"(
{"root": "interpreter", "name": "i", "refs": [0]}
{"address": 0, "type": "list", "size": 8, "refs": []}
{"address": 1, "type": "list", "size": 8, "refs": [2, 0]}
{"address": 2, "type": "list", "size": 8, "refs": [1]}
)"));
  EXPECT_THAT(
      EdgesOf(stages.ownership),
      UnorderedElementsAre(Edge(3, 4), Edge(3, 5), Edge(3, 6), Edge(4, 0),
                           Edge(6, 2), Edge(1, 2), Edge(2, 1)));
  EXPECT_EQ(stages.ownership.unreachable_objects, 2u);
}

TEST(OwnershipTest, GarbageThatCHoldsIsTheRootOfItsCycle) {
  const Stages stages(HeapOf(R"(
{"root": "interpreter", "name": "i", "refs": [0]}
{"address": 0, "type": "list", "size": 8, "refs": []}
{"address": 1, "type": "list", "size": 8, "refcount": 1, "refs": [2]}
{"address": 2, "type": "list", "size": 8, "refcount": 2, "refs": [1]}
)"));
  EXPECT_THAT(
      EdgesOf(stages.ownership),
      UnorderedElementsAre(Edge(3, 4), Edge(3, 5), Edge(3, 6), Edge(4, 0),
                           Edge(5, 2), Edge(1, 2), Edge(2, 1)));
}

// 2 has a parent, and C code calls it back.
TEST(OwnershipTest, GreenletThatOnlyCKnowsIsItsParents) {
  const Stages stages(HeapOf(R"(
{"root": "modules", "name": "sys.modules", "refs": [3]}
{"root": "thread", "name": "T", "refs": [0], "names": ["greenlet"]}
{"address": 0, "type": "greenlet", "size": 8, "refs": []}
{"address": 1, "type": "frame", "kind": "frame", "size": 8, "refs": []}
{"address": 2, "type": "greenlet", "size": 8, "refcount": 1, "refs": [1, 0], "names": ["gr_frame", "parent"]}
{"address": 3, "type": "dict", "size": 8, "refs": []}
)"));
  EXPECT_THAT(EdgesOf(stages.ownership), Contains(Edge(0, 2)));
  EXPECT_EQ(stages.ownership.unreachable_objects, 0u);
}

TEST(OwnershipTest, ClassThatOnlyCKnowsIsItsModules) {
  const Stages stages(HeapOf(R"(
{"root": "modules", "name": "sys.modules", "refs": [0]}
{"address": 0, "type": "dict", "size": 8, "pairs": 1, "refs": [1, 2]}
{"address": 1, "type": "str", "size": 8, "value": "app", "refs": []}
{"address": 2, "type": "module", "kind": "module", "size": 8, "name": "app", "refs": [0], "names": ["__dict__"]}
{"address": 3, "type": "type", "kind": "class", "size": 8, "name": "A", "module": "app", "qualname": "A", "refcount": 1, "refs": []}
{"address": 4, "type": "type", "kind": "class", "size": 8, "name": "B", "module": "app", "qualname": "B", "refcount": 0, "refs": []}
)"));
  EXPECT_THAT(EdgesOf(stages.ownership),
              AllOf(Contains(Edge(2, 3)), Not(Contains(Edge(2, 4)))));
  EXPECT_EQ(stages.ownership.unreachable_objects, 2u);
}

// The key that only the dictionary has is its; the other one is the list's.
TEST(OwnershipTest, KeyBelongsToWhoHoldsItAsAPart) {
  const Stages stages(HeapOf(R"(
{"root": "interpreter", "name": "i", "refs": [0, 1]}
{"address": 0, "type": "dict", "size": 8, "pairs": 2, "refs": [2, 4, 3, 4]}
{"address": 1, "type": "list", "size": 8, "refs": [3]}
{"address": 2, "type": "Node", "size": 8, "refs": []}
{"address": 3, "type": "Node", "size": 8, "refs": []}
{"address": 4, "type": "list", "size": 8, "refs": []}
)"));
  EXPECT_THAT(EdgesOf(stages.ownership),
              AllOf(Contains(Edge(0, 2)), Contains(Edge(1, 3)),
                    Not(Contains(Edge(0, 3)))));
}

TEST(OwnershipTest, DumpWithoutRootsHasThemInferred) {
  const Stages stages(MeliaeHeapOf(R"(
{"address": 0, "type": "module", "size": 8, "name": "m", "refs": [1]}
{"address": 1, "type": "dict", "size": 8, "refs": [3, 0]}
{"address": 2, "type": "list", "size": 8, "refs": []}
{"address": 3, "type": "str", "size": 8, "value": "self", "refs": []}
)"));
  EXPECT_THAT(EdgesOf(stages.ownership),
              UnorderedElementsAre(Edge(4, 0), Edge(4, 2), Edge(4, 5),
                                   Edge(4, 6), Edge(0, 1), Edge(1, 3)));
}

TEST(OwnershipTest, StrictMakesEveryReferenceOwning) {
  const Stages stages(HeapOf(R"(
{"root": "thread", "name": "T", "refs": [0]}
{"address": 0, "type": "frame", "kind": "frame", "size": 8, "refs": [1], "names": ["f_globals"]}
{"address": 1, "type": "dict", "size": 8, "refs": [0]}
)"),
                      OwnershipRules::kStrict);
  EXPECT_THAT(EdgesOf(stages.ownership),
              UnorderedElementsAre(Edge(2, 3), Edge(2, 4), Edge(2, 5),
                                   Edge(3, 0), Edge(0, 1), Edge(1, 0)));
  EXPECT_EQ(stages.ownership.reached_by_owning, 2u);
}

// Compares with the oracle, and what the header promises besides.
void ExpectDefined(const HeapGraph& graph, OwnershipRules rules) {
  const Namespaces namespaces(graph);
  Homes homes = FindHomes(graph, namespaces, ModuleTable(graph, namespaces));
  FindRootHomes(graph, &homes);
  const OwnershipGraph ownership = ComputeOwnership(graph, homes, rules);
  EXPECT_EQ(EdgesOf(ownership), NaiveOwnership(graph, homes, rules));
  const std::vector<bool> reached = ReachedWithout(
      AdjacencyOf(ownership), ownership.main(), ownership.num_nodes());
  // All but the anchor `focus`.
  EXPECT_EQ(std::count(reached.begin(), reached.end(), false), 1);
  EXPECT_FALSE(reached[ownership.focus()]);
  EXPECT_EQ(ownership.reached_by_owning + ownership.reached_by_local +
                ownership.reached_by_borrowed + ownership.unreachable_objects,
            graph.num_nodes());
}

TEST(OwnershipTest, RandomHeapsAgreeWithTheOracle) {
  for (uint32_t seed = 1; seed <= 25 && !HasFailure(); ++seed) {
    SCOPED_TRACE(seed);
    const HeapGraph graph =
        MeliaeHeapOf(JoinLines(RandomDump(seed, 20 * seed)));
    ExpectDefined(graph, OwnershipRules::kModules);
    ExpectDefined(graph, OwnershipRules::kStrict);
  }
}

TEST(OwnershipTest, RandomMeliaeHeapsAgreeWithTheOracle) {
  for (uint32_t seed = 1; seed <= 15 && !HasFailure(); ++seed) {
    SCOPED_TRACE(seed);
    const HeapGraph graph =
        MeliaeHeapOf(JoinLines(RandomMeliaeDump(seed, 20 * seed)));
    ExpectDefined(graph, OwnershipRules::kModules);
    ExpectDefined(graph, OwnershipRules::kStrict);
  }
}

}  // namespace
}  // namespace heapgrind
