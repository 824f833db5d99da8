// Compares dominator trees with the naive oracle: all graphs of five nodes, and
// random graphs.

#include "converter/graph/dominators.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <random>

#include "tests/converter/support/naive_dominators.h"

namespace heapgrind {
namespace {

using ::testing::ElementsAre;

constexpr uint32_t kNone = kNoDominator;

Adjacency GraphOf(const std::vector<std::vector<uint32_t>>& targets_of_node) {
  Adjacency graph;
  for (const std::vector<uint32_t>& targets : targets_of_node) {
    graph.edges.insert(graph.edges.end(), targets.begin(), targets.end());
    graph.first.push_back(graph.edges.size());
  }
  return graph;
}

DominatorTree Dominators(const Adjacency& graph, uint32_t root = 0) {
  return ComputeDominators(graph.first, graph.edges, root);
}

// Whether the preorder begins with the root and holds every node that has an
// immediate dominator once, and after it.
bool IsOrdered(const DominatorTree& tree, uint32_t root) {
  std::vector<bool> seen(tree.idom.size());
  for (const uint32_t node : tree.preorder) {
    if (seen[node]) return false;
    if (node != root && (tree.idom[node] == kNone || !seen[tree.idom[node]])) {
      return false;
    }
    seen[node] = true;
  }
  const auto num_without =
      std::count(tree.idom.begin(), tree.idom.end(), kNone);
  return tree.preorder.front() == root &&
         tree.preorder.size() + num_without == tree.idom.size() + 1;
}

// Bit i of `edges`: the root's edge to node i + 1 for the first 4, then the 12
// edges among the others.
Adjacency FiveNodeGraph(uint32_t edges) {
  std::vector<std::vector<uint32_t>> targets(5);
  uint32_t bit = 0;
  for (uint32_t to = 1; to < 5; ++to) {
    if (edges >> bit++ & 1) targets[0].push_back(to);
  }
  for (uint32_t from = 1; from < 5; ++from) {
    for (uint32_t to = 1; to < 5; ++to) {
      if (from != to && (edges >> bit++ & 1)) targets[from].push_back(to);
    }
  }
  return GraphOf(targets);
}

Adjacency RandomGraph(uint32_t num_nodes, uint32_t num_edges, uint32_t seed) {
  std::mt19937 random(seed);
  std::vector<std::vector<uint32_t>> targets(num_nodes);
  for (uint32_t i = 0; i < num_edges; ++i) {
    const uint32_t from = random() % num_nodes;
    // Half of the edges stay near their source: deep trees and long cycles.
    const uint32_t to = random() % 2 == 0
                            ? random() % num_nodes
                            : (from + 1 + random() % 4) % num_nodes;
    targets[from].push_back(to);
  }
  return GraphOf(targets);
}

TEST(DominatorsTest, TopOfDiamondDominatesItsBottom) {
  const DominatorTree tree = Dominators(GraphOf({{1, 2}, {3}, {3}, {}}));
  EXPECT_THAT(tree.idom, ElementsAre(kNone, 0, 0, 0));
  EXPECT_THAT(tree.preorder, ElementsAre(0, 1, 3, 2));
}

TEST(DominatorsTest, GraphOfTheRootAloneHasNoDominators) {
  const DominatorTree tree = Dominators(GraphOf({{}}));
  EXPECT_THAT(tree.idom, ElementsAre(kNone));
  EXPECT_THAT(tree.preorder, ElementsAre(0));
}

TEST(DominatorsTest, NodesThatTheRootDoesNotReachAreLeftOut) {
  const DominatorTree tree = Dominators(GraphOf({{1}, {}, {1, 3}, {2}}));
  EXPECT_THAT(tree.idom, ElementsAre(kNone, 0, kNone, kNone));
  EXPECT_THAT(tree.preorder, ElementsAre(0, 1));
}

TEST(DominatorsTest, RootNeedNotBeTheFirstNode) {
  const DominatorTree tree = Dominators(GraphOf({{}, {0}, {1, 1}}), 2);
  EXPECT_THAT(tree.idom, ElementsAre(1, 2, kNone));
  EXPECT_THAT(tree.preorder, ElementsAre(2, 1, 0));
}

TEST(DominatorsTest, EdgesToTheRootToOneselfAndRepeatsDoNotCount) {
  const DominatorTree tree =
      Dominators(GraphOf({{0, 1, 1}, {1, 0, 2, 2}, {2, 1, 0}}));
  EXPECT_THAT(tree.idom, ElementsAre(kNone, 0, 1));
}

TEST(DominatorsTest, GraphOfTheLengauerTarjanPaperHasItsTree) {
  // Lengauer and Tarjan 1979, figures 1 and 2: nodes R, A to L.
  enum { R, A, B, C, D, E, F, G, H, I, J, K, L };
  const DominatorTree tree = Dominators(GraphOf({{A, B, C},
                                                 {D},
                                                 {A, D, E},
                                                 {F, G},
                                                 {L},
                                                 {H},
                                                 {I},
                                                 {I, J},
                                                 {E, K},
                                                 {K},
                                                 {I},
                                                 {I, R},
                                                 {H}}));
  EXPECT_THAT(tree.idom,
              ElementsAre(kNone, R, R, R, R, R, C, C, R, R, G, R, D));
}

TEST(DominatorsTest, AllGraphsOfFiveNodesAgreeWithTheOracle) {
  for (uint32_t edges = 0; edges < 1 << 16; ++edges) {
    const Adjacency graph = FiveNodeGraph(edges);
    const DominatorTree tree = Dominators(graph);
    ASSERT_EQ(tree.idom, NaiveIdoms(graph, 0)) << "edges " << edges;
    ASSERT_TRUE(IsOrdered(tree, 0)) << "edges " << edges;
  }
}

TEST(DominatorsTest, RandomGraphsAgreeWithTheOracle) {
  for (uint32_t seed = 1; seed <= 40; ++seed) {
    const uint32_t num_nodes = 20 + 10 * (seed % 20);
    const Adjacency graph =
        RandomGraph(num_nodes, num_nodes * (5 + seed % 7) / 4, seed);
    const uint32_t root = seed % num_nodes;
    const DominatorTree tree = Dominators(graph, root);
    ASSERT_EQ(tree.idom, NaiveIdoms(graph, root)) << "seed " << seed;
    ASSERT_TRUE(IsOrdered(tree, root)) << "seed " << seed;
  }
}

}  // namespace
}  // namespace heapgrind
