#include "converter/graph/subtree_places.h"

namespace heapgrind {

SubtreePlaces PlaceSubtrees(const DominatorTree& tree) {
  SubtreePlaces places;
  std::vector<uint32_t>& begin = places.begin;
  std::vector<uint32_t>& end = places.end;
  begin.resize(tree.idom.size());
  end.resize(tree.idom.size());
  // First `end` has sizes.
  for (auto node = tree.preorder.rbegin(); node != tree.preorder.rend();
       ++node) {
    const uint32_t size = ++end[*node];
    if (tree.idom[*node] != kNoDominator) end[tree.idom[*node]] += size;
  }
  // Then where the next child's subtree begins: at last, behind the last one.
  for (const uint32_t node : tree.preorder) {
    const uint32_t size = end[node];
    if (tree.idom[node] != kNoDominator) {
      begin[node] = end[tree.idom[node]];
      end[tree.idom[node]] += size;
    }
    end[node] = begin[node] + 1;
  }
  return places;
}

SubtreeOrder OrderSubtrees(const DominatorTree& tree) {
  const SubtreePlaces places = PlaceSubtrees(tree);
  SubtreeOrder order;
  order.node.resize(tree.preorder.size());
  order.end.resize(tree.preorder.size());
  for (uint32_t node = 0; node < places.begin.size(); ++node) {
    if (places.begin[node] == places.end[node]) continue;
    order.node[places.begin[node]] = node;
    order.end[places.begin[node]] = places.end[node];
  }
  return order;
}

}  // namespace heapgrind
