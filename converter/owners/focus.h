// What a set of objects retains together.
//
// Each of them may keep little alive alone and all of them much.  To see it,
// the set becomes one owner: every edge into it leads to the anchor `focus`,
// which owns all of its objects.
//
//     a --> s1 --> x          a --> focus --> s1 --> x
//     b --> s2 --> x          b --> focus --> s2 --> x
//
// Whatever `focus` dominates would be gone without the set.

#ifndef HEAPGRIND_CONVERTER_OWNERS_FOCUS_H_
#define HEAPGRIND_CONVERTER_OWNERS_FOCUS_H_

#include <vector>

#include "converter/graph/dominators.h"
#include "converter/heap/heap_graph.h"
#include "converter/owners/ownership.h"

namespace heapgrind {

// `graph` with the objects of `is_focused` (by node) below graph.focus().
// Linear.
OwnershipGraph Focus(const OwnershipGraph& graph,
                     const std::vector<bool>& is_focused);

// The part of a dominator tree that is below `node`, directly under the root.
// The other nodes become unreached.  Linear.
DominatorTree Subtree(const DominatorTree& tree, NodeId node);

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_OWNERS_FOCUS_H_
