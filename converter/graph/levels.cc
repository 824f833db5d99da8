#include "converter/graph/levels.h"

#include "converter/graph/components.h"

namespace heapgrind {

Levels::Levels(uint32_t num_nodes,
               const std::vector<std::pair<uint32_t, uint32_t>>& edges,
               uint32_t deep)
    : deep_(deep) {
  Adjacency adjacency;
  for (uint32_t node = 0, i = 0; node < num_nodes; ++node) {
    for (; i < edges.size() && edges[i].first == node; ++i) {
      adjacency.edges.push_back(edges[i].second);
    }
    adjacency.first.push_back(adjacency.edges.size());
  }
  component_ = FindComponents(adjacency).component_of_node;
}

NodeAtLevel Levels::Below(NodeAtLevel above, uint32_t node) const {
  if (above.first == deep_ || above.first == node) return above;
  if (component_[above.first] != component_[node]) return {node, 0};
  const uint32_t level = above.second + (above.first > node ? 1 : 0);
  return level <= kMaxLevel ? NodeAtLevel(node, level) : NodeAtLevel(deep_, 0);
}

}  // namespace heapgrind
