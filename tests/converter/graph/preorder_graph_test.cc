#include "converter/graph/preorder_graph.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdint>
#include <vector>

#include "converter/graph/components.h"

namespace heapgrind {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

struct Searched {
  PreorderGraph graph;
  std::vector<uint32_t> visited;
  std::vector<uint32_t> place;
};

Searched Search(const std::vector<std::vector<uint32_t>>& targets_of_node) {
  Adjacency graph;
  for (const std::vector<uint32_t>& targets : targets_of_node) {
    graph.edges.insert(graph.edges.end(), targets.begin(), targets.end());
    graph.first.push_back(graph.edges.size());
  }
  Searched result;
  result.graph = SearchDepthFirst(graph.first, graph.edges, 0, &result.visited,
                                  &result.place);
  return result;
}

std::vector<uint32_t> Predecessors(const PreorderGraph& graph,
                                   PreorderNumber number) {
  const auto begin = graph.predecessors.begin();
  return {begin + graph.first_predecessor[number],
          begin + graph.first_predecessor[number + 1]};
}

TEST(PreorderGraphTest, GraphOfTheHeaderIsAsDrawnThere) {
  const Searched found = Search({{1}, {2, 3}, {4, 3}, {1}, {}});
  EXPECT_THAT(found.visited, ElementsAre(0, 1, 2, 4, 3));
  EXPECT_THAT(found.place, ElementsAre(0, 1, 2, 3, 2));
  EXPECT_THAT(found.graph.node, ElementsAre(0, 1, 2, 3));
  EXPECT_THAT(found.graph.parent, ElementsAre(0, 0, 1, 2));
  EXPECT_EQ(found.graph.first_predecessor.num_rows(), 4u);
  EXPECT_THAT(Predecessors(found.graph, 1), ElementsAre(3));
  EXPECT_THAT(Predecessors(found.graph, 2), IsEmpty());
  EXPECT_THAT(Predecessors(found.graph, 3), ElementsAre(1));
}

TEST(PreorderGraphTest, LeavesOfSeveralReferrersAreNotFolded) {
  const Searched found = Search({{1, 2, 1}, {}, {}});
  EXPECT_THAT(found.visited, ElementsAre(0, 1, 2));
  EXPECT_THAT(found.place, ElementsAre(0, 1, 0));
  EXPECT_THAT(found.graph.node, ElementsAre(0, 1));
  EXPECT_THAT(Predecessors(found.graph, 1), ElementsAre(0));
}

TEST(PreorderGraphTest, EdgesToTheRootAndToOneselfAreLeftOut) {
  const Searched found = Search({{1}, {1, 0}});
  EXPECT_THAT(found.graph.node, ElementsAre(0, 1));
  EXPECT_THAT(found.graph.predecessors, IsEmpty());
}

TEST(PreorderGraphTest, WhatTheRootDoesNotReachHasNoPlace) {
  const Searched found = Search({{}, {2}, {1, 0}});
  EXPECT_THAT(found.visited, ElementsAre(0));
  EXPECT_THAT(found.place, ElementsAre(0, UINT32_MAX, UINT32_MAX));
}

}  // namespace
}  // namespace heapgrind
