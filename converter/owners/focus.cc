#include "converter/owners/focus.h"

namespace heapgrind {

OwnershipGraph Focus(const OwnershipGraph& graph,
                     const std::vector<bool>& is_focused) {
  OwnershipGraph result = graph;
  for (NodeId& target : result.edges) {
    if (result.IsObject(target) && is_focused[target]) target = result.focus();
  }
  for (NodeId node = 0; node < result.num_objects; ++node) {
    if (is_focused[node]) result.edges.push_back(node);
  }
  // The anchor is the last node, so its edges are the last.
  result.first_edge.ExtendLastRow(result.edges.size());
  return result;
}

DominatorTree Subtree(const DominatorTree& tree, NodeId node) {
  DominatorTree result;
  result.idom.assign(tree.idom.size(), kNoDominator);
  const uint32_t root = tree.preorder.front();
  result.preorder = {root};
  for (const uint32_t next : tree.preorder) {
    const uint32_t owner = tree.idom[next];
    const bool is_below = next != root && owner != kNoDominator &&
                          owner != root &&
                          (owner == node || result.idom[owner] != kNoDominator);
    if (next != node && !is_below) continue;
    result.idom[next] = next == node ? root : owner;
    result.preorder.push_back(next);
  }
  return result;
}

}  // namespace heapgrind
