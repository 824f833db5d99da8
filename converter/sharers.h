// Who shares an object that no single owner holds.
//
// An object whose immediate dominator does not refer to it is reached through
// several of that dominator's other children: those are its sharers.
//
//     d --> a --> x       x is owned by d and shared by a and b.
//     d --> b --> x
//           b --> y
//
// To find the child of d that a referrer is below, the dominator tree's nodes
// get consecutive places, each subtree an interval.

#ifndef HEAPGRIND_CONVERTER_SHARERS_H_
#define HEAPGRIND_CONVERTER_SHARERS_H_

#include <vector>

#include "absl/container/flat_hash_map.h"
#include "converter/dominators.h"
#include "converter/heap_graph.h"
#include "converter/leaves.h"
#include "converter/ownership.h"

namespace heapgrind {

// More sharers than this are not told apart.
inline constexpr size_t kMaxSharers = 3;

// For each shared node its sharers, distinct, in ascending order; at most
// kMaxSharers + 1 of them.
using Sharers = absl::flat_hash_map<NodeId, std::vector<NodeId>>;

// O(r log c) for r references to shared objects and c children of an owner.
Sharers FindSharers(const OwnershipGraph& ownership, const DominatorTree& tree,
                    const std::vector<bool>& is_shared);

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_SHARERS_H_
