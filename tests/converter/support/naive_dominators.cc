#include "tests/converter/support/naive_dominators.h"

#include "converter/graph/dominators.h"

namespace heapgrind {

std::vector<bool> ReachedWithout(const Adjacency& graph, uint32_t root,
                                 uint32_t removed) {
  std::vector<bool> reached(graph.num_nodes());
  std::vector<uint32_t> waiting;
  const auto enter = [&](uint32_t node) {
    if (node == removed || reached[node]) return;
    reached[node] = true;
    waiting.push_back(node);
  };
  enter(root);
  while (!waiting.empty()) {
    const uint32_t node = waiting.back();
    waiting.pop_back();
    for (const uint32_t target : graph.Edges(node)) enter(target);
  }
  return reached;
}

std::vector<uint32_t> NaiveIdoms(const Adjacency& graph, uint32_t root) {
  const uint32_t n = graph.num_nodes();
  const std::vector<bool> reached = ReachedWithout(graph, root, n);
  std::vector<std::vector<uint32_t>> dominators(n);
  for (uint32_t removed = 0; removed < n; ++removed) {
    const std::vector<bool> still = ReachedWithout(graph, root, removed);
    for (uint32_t node = 0; node < n; ++node) {
      if (node != removed && reached[node] && reached[removed] &&
          !still[node]) {
        dominators[node].push_back(removed);
      }
    }
  }
  std::vector<uint32_t> idom(n, kNoDominator);
  for (uint32_t node = 0; node < n; ++node) {
    for (const uint32_t d : dominators[node]) {
      if (idom[node] == kNoDominator ||
          dominators[d].size() > dominators[idom[node]].size()) {
        idom[node] = d;
      }
    }
  }
  return idom;
}

}  // namespace heapgrind
