// Which nodes a node of a dominator tree dominates, in constant time.
//
// The nodes get consecutive places, so that each subtree is an interval.

#ifndef HEAPGRIND_CONVERTER_GRAPH_SUBTREE_PLACES_H_
#define HEAPGRIND_CONVERTER_GRAPH_SUBTREE_PLACES_H_

#include <cstdint>
#include <vector>

#include "converter/graph/dominators.h"

namespace heapgrind {

struct SubtreePlaces {
  // By node: the places of its subtree, from its own on.  Unreached nodes have
  // none: begin == end.
  std::vector<uint32_t> begin;
  std::vector<uint32_t> end;

  // Whether `top` is `node` or dominates it.
  bool IsBelow(uint32_t node, uint32_t top) const {
    return begin[top] <= begin[node] && end[node] <= end[top] &&
           begin[node] < end[node];
  }
};

// Linear in the nodes.
SubtreePlaces PlaceSubtrees(const DominatorTree& tree);

// The nodes that the tree reaches so that each subtree is a run of them, in
// which its root is first.
struct SubtreeOrder {
  // By place.
  std::vector<uint32_t> node;
  std::vector<uint32_t> end;  // Behind the last place of the node's subtree.
};

// Linear in the nodes.
SubtreeOrder OrderSubtrees(const DominatorTree& tree);

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_GRAPH_SUBTREE_PLACES_H_
