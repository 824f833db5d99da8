// Tests strongly connected components against reachability.

#include "converter/graph/components.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>

#include "tests/converter/support/naive_dominators.h"
#include "tests/converter/support/small_stack.h"

namespace heapgrind {
namespace {

using ::testing::ElementsAre;

Adjacency RandomGraph(uint32_t num_nodes, uint32_t num_edges, uint32_t seed) {
  std::mt19937 random(seed);
  std::vector<std::vector<uint32_t>> targets(num_nodes);
  for (uint32_t i = 0; i < num_edges; ++i) {
    const uint32_t from = random() % num_nodes;
    targets[from].push_back(random() % num_nodes);
  }
  Adjacency graph;
  for (const std::vector<uint32_t>& edges : targets) {
    graph.edges.insert(graph.edges.end(), edges.begin(), edges.end());
    graph.first.push_back(graph.edges.size());
  }
  return graph;
}

TEST(ComponentsTest, GraphWithoutNodesHasNone) {
  EXPECT_EQ(FindComponents(Adjacency()).num_components, 0u);
}

TEST(ComponentsTest, EdgeLeadsToALowerNumber) {
  // 0 <-> 1 -> 2
  const Adjacency graph = {RowStarts::OfSizes({0, 1, 2, 0}), {1, 0, 2}};
  const Components components = FindComponents(graph);
  EXPECT_EQ(components.num_components, 2u);
  EXPECT_THAT(components.component_of_node, ElementsAre(1, 1, 0));
  EXPECT_THAT(ComponentsEntered(graph, components), ElementsAre(true, false));
}

TEST(ComponentsTest, NodesOfAComponentAreThoseThatReachEachOther) {
  for (uint32_t seed = 1; seed <= 40; ++seed) {
    const uint32_t num_nodes = 5 + seed;
    const Adjacency graph =
        RandomGraph(num_nodes, num_nodes * (2 + seed % 6) / 3, seed);
    const Components components = FindComponents(graph);
    const std::vector<uint32_t>& component = components.component_of_node;
    std::vector<std::vector<bool>> reached;
    for (uint32_t node = 0; node < num_nodes; ++node) {
      reached.push_back(ReachedWithout(graph, node, num_nodes));
    }
    std::vector<bool> entered(components.num_components);
    for (uint32_t a = 0; a < num_nodes; ++a) {
      for (uint32_t b = 0; b < num_nodes; ++b) {
        ASSERT_EQ(component[a] == component[b], reached[a][b] && reached[b][a])
            << "seed " << seed << ", nodes " << a << " and " << b;
        if (!reached[a][b] || component[a] == component[b]) continue;
        ASSERT_GT(component[a], component[b]) << "seed " << seed;
        entered[component[b]] = true;
      }
    }
    ASSERT_EQ(ComponentsEntered(graph, components), entered) << "seed " << seed;
  }
}

TEST(ComponentsTest, CycleAndChainOfAMillionNodes) {
  constexpr uint32_t kMillion = 1000000;
  Adjacency cycle;
  for (uint32_t node = 0; node < kMillion; ++node) {
    cycle.edges.push_back((node + 1) % kMillion);
    cycle.first.push_back(node + 1);
  }
  Adjacency chain = cycle;
  chain.edges.back() = kMillion - 1;
  RunOnSmallStack([&] {
    EXPECT_EQ(FindComponents(cycle).num_components, 1u);
    EXPECT_EQ(FindComponents(chain).num_components, kMillion);
  });
}

}  // namespace
}  // namespace heapgrind
