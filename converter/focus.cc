#include "converter/focus.h"

#include <algorithm>
#include <string>

#include "converter/path_names.h"

namespace heapgrind {

std::vector<bool> FindObjectsNamed(std::string_view text,
                                   const HeapGraph& graph,
                                   const Profile& profile) {
  const std::vector<std::string> paths = MakePaths(profile.tree, graph.strings);
  std::vector<bool> is_match(profile.tree.nodes.size());
  for (uint32_t i = 1; i < is_match.size(); ++i) {
    const std::string name = MakeName(profile.tree, i, paths, graph.strings);
    is_match[i] = name.find(text) != std::string::npos;
  }
  std::vector<bool> is_focused(graph.num_nodes());
  for (NodeId node = 0; node < graph.num_nodes(); ++node) {
    is_focused[node] = is_match[profile.function_of_node[node]];
  }
  return is_focused;
}

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
