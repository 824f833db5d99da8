// Leaves: the last step of the path to each object, as its owner names it.
//
// The leaf of `app.CACHE['a']` is the key 'a'.  It is what the immediate
// dominator calls the object; where that does not refer to it, because several
// owners share it, the best of what the others call it (shared_names.h).
//
// A label (labels.h) is made of the leaf, the type and the sharers.

#ifndef HEAPGRIND_CONVERTER_PROFILE_LEAF_NAMES_H_
#define HEAPGRIND_CONVERTER_PROFILE_LEAF_NAMES_H_

#include <vector>

#include "converter/graph/dominators.h"
#include "converter/graph/subtree_places.h"
#include "converter/heap/heap_graph.h"
#include "converter/owners/owned_heap.h"
#include "converter/owners/ownership.h"
#include "converter/profile/ranked_set.h"
#include "converter/profile/reference_leaves.h"

namespace heapgrind {

// Of nodes that others name: the one whose reference is the leaf, of several
// the lowest.
struct Namers {
  RankedSet nodes;              // That may be named so.
  std::vector<NodeId> by_rank;  // kNoNode: nothing names it.

  NodeId Of(NodeId node) const {
    return nodes.Contains(node) ? by_rank[nodes.RankOf(node)] : kNoNode;
  }
};

struct Leaves {
  std::vector<Leaf> leaf_of_node;  // By node of the ownership graph.
  // By node: its leaf is a reference from its immediate dominator.
  std::vector<bool> is_named_by_owner;
  Namers namers;
};

// By node: whether its immediate dominator does not own it directly.  Blocks of
// native code are not, if all are below one that owns a block: how they refer
// to each other is the library's matter.  Linear in the references.
std::vector<bool> FindShared(const HeapGraph& graph,
                             const OwnershipGraph& ownership,
                             const DominatorTree& tree);

// `is_shared` and `subtrees` are those of the heap.  Linear in the references.
Leaves FindLeaves(const OwnedHeap& heap, const std::vector<bool>& is_shared,
                  const SubtreePlaces& subtrees);

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_PROFILE_LEAF_NAMES_H_
