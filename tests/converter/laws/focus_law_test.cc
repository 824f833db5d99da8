// Tests what a set of objects retains together against a walk without it.

#include <gtest/gtest.h>

#include <random>
#include <vector>

#include "converter/owners/focus.h"
#include "tests/converter/support/heap_of_text.h"
#include "tests/converter/support/random_dump.h"
#include "tests/converter/support/stages.h"

namespace heapgrind {
namespace {

// By object: whether a walk from main reaches it that enters no focused one.
std::vector<bool> ReachedWithoutSet(const OwnershipGraph& graph,
                                    const std::vector<bool>& is_focused) {
  std::vector<bool> reached(graph.num_nodes());
  std::vector<NodeId> waiting = {graph.main()};
  reached[graph.main()] = true;
  while (!waiting.empty()) {
    const NodeId node = waiting.back();
    waiting.pop_back();
    for (const NodeId target : graph.Edges(node)) {
      const bool is_closed = graph.IsObject(target) && is_focused[target];
      if (is_closed || reached[target]) continue;
      reached[target] = true;
      waiting.push_back(target);
    }
  }
  reached.resize(graph.num_objects);
  return reached;
}

TEST(FocusLawTest, WhatTheSetRetainsIsWhatAWalkWithoutItMisses) {
  for (uint32_t seed = 1; seed <= 40; ++seed) {
    const Stages stages(MeliaeHeapOf(JoinLines(RandomDump(seed, 20 * seed))));
    std::mt19937 random(seed);
    std::vector<bool> is_focused(stages.graph.num_nodes());
    for (uint32_t i = 1 + random() % 20; i > 0; --i) {
      is_focused[random() % is_focused.size()] = true;
    }
    const OwnershipGraph graph = Focus(stages.ownership, is_focused);
    const DominatorTree tree =
        Subtree(ComputeDominators(graph.first_edge, graph.edges, graph.main()),
                graph.focus());
    std::vector<bool> is_kept(stages.graph.num_nodes(), true);
    for (const NodeId node : tree.preorder) {
      if (graph.IsObject(node)) is_kept[node] = false;
    }
    ASSERT_EQ(is_kept, ReachedWithoutSet(stages.ownership, is_focused))
        << "seed " << seed;
  }
}

}  // namespace
}  // namespace heapgrind
