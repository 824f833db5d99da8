// Dominators of large regular graphs, whose answer is known, on a small stack,
// and how many steps they take: what is quadratic takes billions for these.

#include <gtest/gtest.h>

#include "converter/graph/components.h"
#include "converter/graph/dominators.h"
#include "tests/converter/support/graph_shapes.h"
#include "tests/converter/support/small_stack.h"

namespace heapgrind {
namespace {

constexpr uint32_t kMillion = 1000000;

// Expects that the immediate dominator of each node n but the root 0 is
// `expected(n)`, and that it takes a few steps a node to find them.
template <typename Function>
void ExpectIdoms(const Adjacency& graph, Function expected) {
  DominatorTree tree;
  RunOnSmallStack([&graph, &tree] {
    tree = ComputeDominators(graph.first, graph.edges, 0);
  });
  uint32_t num_wrong = tree.idom.size() == graph.num_nodes() ? 0 : 1;
  for (uint32_t node = 1; node < tree.idom.size(); ++node) {
    if (tree.idom[node] != expected(node)) ++num_wrong;
  }
  EXPECT_EQ(num_wrong, 0u);
  EXPECT_LE(tree.num_steps, 3 * tree.idom.size());
}

uint32_t NodeBefore(uint32_t node) { return node - 1; }
uint32_t TheRoot(uint32_t) { return 0; }

TEST(DominatorsShapesTest, ChainOfTenMillion) {
  ExpectIdoms(Chain(10 * kMillion), NodeBefore);
}

TEST(DominatorsShapesTest, ChainOfAMillionWhoseNodesAllReferBack) {
  ExpectIdoms(ChainWithReturns(kMillion), NodeBefore);
}

TEST(DominatorsShapesTest, ChainOfAMillionWhoseEndRefersToAll) {
  ExpectIdoms(ChainWhoseEndRefersToAll(kMillion), NodeBefore);
}

TEST(DominatorsShapesTest, CycleOfAMillion) {
  ExpectIdoms(Cycle(kMillion), NodeBefore);
}

TEST(DominatorsShapesTest, StarOfAMillion) {
  ExpectIdoms(Star(kMillion), TheRoot);
}

TEST(DominatorsShapesTest, CompleteGraphOfTwoThousand) {
  ExpectIdoms(CompleteGraph(2000), TheRoot);
}

TEST(DominatorsShapesTest, CombOfAMillion) {
  ExpectIdoms(Comb(kMillion), [](uint32_t node) {
    return node % 2 == 1 ? node - 1 : node - 2;
  });
}

TEST(DominatorsShapesTest, LadderOfAMillion) {
  // The last node has only its own rail.
  ExpectIdoms(Ladder(kMillion), [](uint32_t node) {
    return node == kMillion - 1 ? node - 2 : 0;
  });
}

// A payload belongs to the first list node that refers to it.
uint32_t IdomInSharingList(uint32_t node, uint32_t num_payloads) {
  const uint32_t num_list_nodes = kMillion - num_payloads - 1;
  if (node <= num_list_nodes) return node - 1;
  const uint32_t payload = node - num_list_nodes - 1;
  return payload == 0 ? num_payloads : payload;
}

TEST(DominatorsShapesTest, ListWithSharedPayloadsAndNextFirst) {
  for (const uint32_t num_payloads : {1, 100, 10000}) {
    SCOPED_TRACE(num_payloads);
    ExpectIdoms(
        ListWithSharedPayloads(kMillion, num_payloads, true),
        [=](uint32_t node) { return IdomInSharingList(node, num_payloads); });
  }
}

TEST(DominatorsShapesTest, ListWithSharedPayloadsAndNextLast) {
  ExpectIdoms(ListWithSharedPayloads(kMillion, 100, false),
              [](uint32_t node) { return IdomInSharingList(node, 100); });
}

}  // namespace
}  // namespace heapgrind
