// Dominators of large regular graphs, whose answer is known, on a small stack,
// and how many steps they take: what is quadratic takes billions for these.

#include <gtest/gtest.h>

#include <algorithm>

#include "converter/components.h"
#include "converter/dominators.h"
#include "tests/converter/small_stack.h"

namespace heapgrind {
namespace {

constexpr uint32_t kMillion = 1000000;

// A graph of `num_nodes` whose node n has the edges that `append(n, &edges)`
// appends.
template <typename Function>
Adjacency MakeGraph(uint32_t num_nodes, Function append) {
  Adjacency graph;
  graph.first.reserve(num_nodes + 1);
  for (uint32_t node = 0; node < num_nodes; ++node) {
    append(node, &graph.edges);
    graph.first.push_back(graph.edges.size());
  }
  return graph;
}

// Expects that the immediate dominator of each node n but the root 0 is
// `expected(n)`, and that it takes a few steps a node to find them.
template <typename Function>
void ExpectIdoms(const Adjacency& graph, Function expected) {
  DominatorTree tree;
  RunOnSmallStack([&graph, &tree] {
    tree = ComputeDominators(graph.first, graph.edges, 0);
  });
  uint32_t num_wrong = 0;
  for (uint32_t node = 1; node < graph.num_nodes(); ++node) {
    if (tree.idom[node] != expected(node)) ++num_wrong;
  }
  EXPECT_EQ(num_wrong, 0u);
  EXPECT_LE(tree.num_steps, 3 * tree.idom.size());
}

using Edges = std::vector<uint32_t>;

TEST(DominatorsShapesTest, ChainOfAMillion) {
  const Adjacency graph = MakeGraph(kMillion, [](uint32_t node, Edges* edges) {
    if (node + 1 < kMillion) edges->push_back(node + 1);
  });
  ExpectIdoms(graph, [](uint32_t node) { return node - 1; });
}

TEST(DominatorsShapesTest, ChainOfAMillionWhoseNodesAllReferBack) {
  const Adjacency graph = MakeGraph(kMillion, [](uint32_t node, Edges* edges) {
    if (node + 1 < kMillion) edges->push_back(node + 1);
    edges->push_back(node / 2);
  });
  ExpectIdoms(graph, [](uint32_t node) { return node - 1; });
}

TEST(DominatorsShapesTest, StarOfAMillion) {
  const Adjacency graph = MakeGraph(kMillion, [](uint32_t node, Edges* edges) {
    for (uint32_t i = 1; node == 0 && i < kMillion; ++i) edges->push_back(i);
  });
  ExpectIdoms(graph, [](uint32_t) { return 0u; });
}

// Spine nodes are even, the tooth of a spine node is the odd one after it.
TEST(DominatorsShapesTest, CombOfAMillion) {
  const Adjacency graph = MakeGraph(kMillion, [](uint32_t node, Edges* edges) {
    if (node % 2 == 1) return;
    edges->push_back(node + 1);
    if (node + 2 < kMillion) edges->push_back(node + 2);
  });
  ExpectIdoms(graph, [](uint32_t n) { return n % 2 == 1 ? n - 1 : n - 2; });
}

// Rails of odd and of even nodes, with rungs both ways between them: there are
// two disjoint paths to every node.
TEST(DominatorsShapesTest, LadderOfAMillion) {
  const Adjacency graph = MakeGraph(kMillion, [](uint32_t node, Edges* edges) {
    if (node == 0) *edges = {1, 2};
    if (node == 0) return;
    if (node + 2 < kMillion) edges->push_back(node + 2);
    const uint32_t other = node % 2 == 1 ? node + 1 : node - 1;
    if (other < kMillion) edges->push_back(other);
  });
  // The last node has only its own rail.
  ExpectIdoms(
      graph, [](uint32_t node) { return node == kMillion - 1 ? node - 2 : 0; });
}

// A list of nodes 1 .. n; each also refers to one of the payloads behind them,
// before or after its next node.  Plain SEMI-NCA takes quadratic time for it.
Adjacency ListWithSharedPayloads(uint32_t num_payloads, bool next_first) {
  const uint32_t num_list_nodes = kMillion - num_payloads - 1;
  return MakeGraph(kMillion, [=](uint32_t node, Edges* edges) {
    if (node > num_list_nodes) return;
    if (node < num_list_nodes) edges->push_back(node + 1);
    if (node > 0) {
      edges->push_back(num_list_nodes + 1 + node % num_payloads);
    }
    if (!next_first && node > 0 && node < num_list_nodes) {
      std::reverse(edges->end() - 2, edges->end());
    }
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
    ExpectIdoms(ListWithSharedPayloads(num_payloads, true),
                [num_payloads](uint32_t node) {
                  return IdomInSharingList(node, num_payloads);
                });
  }
}

TEST(DominatorsShapesTest, ListWithSharedPayloadsAndNextLast) {
  ExpectIdoms(ListWithSharedPayloads(100, false),
              [](uint32_t node) { return IdomInSharingList(node, 100); });
}

TEST(DominatorsShapesTest, ChainOfTenMillion) {
  constexpr uint32_t kNodes = 10 * kMillion;
  const Adjacency graph = MakeGraph(kNodes, [](uint32_t node, Edges* edges) {
    if (node + 1 < kNodes) edges->push_back(node + 1);
  });
  ExpectIdoms(graph, [](uint32_t node) { return node - 1; });
}

TEST(DominatorsShapesTest, CompleteGraphOfTwoThousand) {
  constexpr uint32_t kNodes = 2000;
  const Adjacency graph = MakeGraph(kNodes, [](uint32_t, Edges* edges) {
    for (uint32_t i = 0; i < kNodes; ++i) edges->push_back(i);
  });
  ExpectIdoms(graph, [](uint32_t) { return 0u; });
}

// Every node of a chain but the first is also entered from one far below it, so
// that paths to compress are long: the worst of path compression.
TEST(DominatorsShapesTest, ChainWhoseEndRefersToAllOfIt) {
  const Adjacency graph = MakeGraph(kMillion, [](uint32_t node, Edges* edges) {
    if (node + 1 < kMillion) edges->push_back(node + 1);
    for (uint32_t i = 2; node + 1 == kMillion && i < kMillion; ++i) {
      edges->push_back(i);
    }
  });
  ExpectIdoms(graph, [](uint32_t node) { return node - 1; });
}

TEST(DominatorsShapesTest, CycleOfAMillion) {
  const Adjacency graph = MakeGraph(kMillion, [](uint32_t node, Edges* edges) {
    edges->push_back((node + 1) % kMillion);
  });
  ExpectIdoms(graph, [](uint32_t node) { return node - 1; });
}

}  // namespace
}  // namespace heapgrind
